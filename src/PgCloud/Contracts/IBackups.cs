// SPDX-License-Identifier: MIT

namespace PgCloud.Contracts;

/// <summary>The backups that a provider makes of its instances. Restoring one makes a new instance: <see cref="NewInstanceRequest"/>.</summary>
public interface IBackups
{
    /// <summary>Reads the backups of an instance, the newest first.</summary>
    Task<IReadOnlyList<PgBackup>> GetAsync(PgInstance instance, IReporter reporter, CancellationToken cancellation);

    /// <summary>Reads the regions in which backups of an instance can be kept.</summary>
    Task<IReadOnlyList<string>> GetRegionsAsync(PgInstance instance, IReporter reporter, CancellationToken cancellation);
}
