// SPDX-License-Identifier: MIT

using PgCloud.Contracts;

namespace PgCloud.Completion;

/// <summary>Completes the kinds of log of the instance on the line.</summary>
public sealed class LogKindCompleter : InstancePartCompleter
{
    private protected override async Task<IEnumerable<(string Name, string ToolTip)>> ReadAsync(
        ICloudProvider cloud, PgInstance instance, CancellationToken cancellation) =>
        (await cloud.LogSubscriptions.GetKindsAsync(instance, new Silence(), cancellation))
            .Select(k => (k.Kind, k.DisplayName.Length > 0 ? k.DisplayName : k.Kind));
}
