// SPDX-License-Identifier: MIT

using PgCloud.Contracts;

namespace PgCloud.Completion;

/// <summary>Completes the names of an instance's connection pools.</summary>
public sealed class PoolNameCompleter : InstancePartCompleter
{
    private protected override async Task<IEnumerable<(string Name, string ToolTip)>> ReadAsync(
        ICloudProvider cloud, PgInstance instance, CancellationToken cancellation) =>
        (await cloud.ConnectionPools.GetAsync(instance, new Silence(), cancellation)).Select(p => (p.Name, $"{p.Database}, {p.Mode} mode, size {p.Size}"));
}
