// SPDX-License-Identifier: MIT

using PgCloud.Contracts;

namespace PgCloud.Completion;

/// <summary>Completes the names of the metrics of the instance on the line.</summary>
public sealed class MetricNameCompleter : InstancePartCompleter
{
    private protected override async Task<IEnumerable<(string Name, string ToolTip)>> ReadAsync(
        ICloudProvider cloud, PgInstance instance, CancellationToken cancellation) =>
        (await cloud.Metrics.GetNamesAsync(instance, isExtended: true, new Silence(), cancellation)).Select(n => (n, n));
}
