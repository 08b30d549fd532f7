// SPDX-License-Identifier: MIT

namespace PgCloud.Contracts;

/// <summary>The databases of an instance as its provider knows them: made and removed through its API, without an SQL login.</summary>
public interface ICloudDatabases
{
    /// <summary>Reads all.</summary>
    Task<IReadOnlyList<PgCloudDatabase>> GetAsync(PgInstance instance, IReporter reporter, CancellationToken cancellation);

    /// <summary>Makes one, and ends when it is there.</summary>
    Task<PgCloudDatabase> CreateAsync(PgInstance instance, string name, IReporter reporter, CancellationToken cancellation);

    /// <summary>Removes one with all that is in it, and ends when it is gone.</summary>
    Task<PgCloudDatabase> RemoveAsync(PgInstance instance, string name, IReporter reporter, CancellationToken cancellation);
}
