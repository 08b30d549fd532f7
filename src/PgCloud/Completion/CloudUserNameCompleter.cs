// SPDX-License-Identifier: MIT

using PgCloud.Contracts;

namespace PgCloud.Completion;

/// <summary>Completes the names of the users that an instance's provider made.</summary>
public sealed class CloudUserNameCompleter : InstancePartCompleter
{
    private protected override async Task<IEnumerable<(string Name, string ToolTip)>> ReadAsync(
        ICloudProvider cloud, PgInstance instance, CancellationToken cancellation) =>
        (await cloud.GetUsersAsync(instance, new Silence(), cancellation)).Select(u => (u.Name, $"{u.Kind} user"));
}
