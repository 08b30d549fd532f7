// SPDX-License-Identifier: MIT

namespace PgCloud.Contracts;

/// <summary>Instances that were removed and can still be had back, at a provider that keeps them for a while.</summary>
public interface IReclaimedInstances
{
    /// <summary>Reads them.</summary>
    Task<IReadOnlyList<PgReclaimedInstance>> GetAsync(IReporter reporter, CancellationToken cancellation);

    /// <summary>Has one back. It is answered while that is under way.</summary>
    Task<PgInstance> RestoreAsync(PgReclaimedInstance reclaimed, IReporter reporter, CancellationToken cancellation);

    /// <summary>Ends one for good.</summary>
    Task PurgeAsync(PgReclaimedInstance reclaimed, IReporter reporter, CancellationToken cancellation);
}
