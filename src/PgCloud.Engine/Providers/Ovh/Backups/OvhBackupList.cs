// SPDX-License-Identifier: MIT

using PgCloud.Contracts;

namespace PgCloud.Engine.Providers.Ovh.Backups;

/// <summary>The backups that OVHcloud makes every day. There is no route to make one, to download one or to delete one.</summary>
internal sealed class OvhBackupList(OvhProject project) : IBackups
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<PgBackup>> GetAsync(PgInstance instance, IReporter reporter, CancellationToken cancellation)
    {
        IReadOnlyList<OvhBackup> backups = await project.Client.ListAsync<OvhBackup>(project.PathOf(instance, "/backup"), reporter, cancellation);
        return [.. backups.OrderByDescending(b => b.CreatedAt).Select(b => b.Describe(instance))];
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> GetRegionsAsync(PgInstance instance, IReporter reporter, CancellationToken cancellation) =>
        await project.Client.GetAsync<string[]>(project.PathOf(instance, "/capabilities/backupRegions"), reporter, cancellation);
}
