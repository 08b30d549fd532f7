// SPDX-License-Identifier: MIT

using PgCloud.Contracts;

namespace PgCloud.Completion;

/// <summary>Completes the names of the databases that an instance's provider knows.</summary>
public sealed class CloudDatabaseNameCompleter : InstancePartCompleter
{
    private protected override async Task<IEnumerable<(string Name, string ToolTip)>> ReadAsync(
        ICloudProvider cloud, PgInstance instance, CancellationToken cancellation) =>
        (await cloud.Databases.GetAsync(instance, new Silence(), cancellation)).Select(d => (d.Name, d.IsDefault ? "there from the start" : d.Name));
}
