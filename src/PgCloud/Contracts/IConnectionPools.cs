// SPDX-License-Identifier: MIT

namespace PgCloud.Contracts;

/// <summary>The connection pools of an instance.</summary>
public interface IConnectionPools
{
    /// <summary>Reads all.</summary>
    Task<IReadOnlyList<PgConnectionPool>> GetAsync(PgInstance instance, IReporter reporter, CancellationToken cancellation);

    /// <summary>Makes one, and ends when it is there. One of that name that differs is an error: <c>PgCloud.Pool.Differs</c>.</summary>
    Task<PgConnectionPool> CreateAsync(PgInstance instance, NewPoolRequest request, IReporter reporter, CancellationToken cancellation);

    /// <summary>Changes one; only what differs is sent.</summary>
    Task<PgConnectionPool> SetAsync(
        PgInstance instance, string name, PoolChangeRequest request, IReporter reporter, CancellationToken cancellation);

    /// <summary>Removes one, and ends when it is gone.</summary>
    Task<PgConnectionPool> RemoveAsync(PgInstance instance, string name, IReporter reporter, CancellationToken cancellation);
}
