// SPDX-License-Identifier: MIT

namespace PgCloud.Contracts;

/// <summary>Instances that were removed and can still be had back, at a provider that keeps them for a while.</summary>
public interface IReclaimedInstances
{
    /// <summary>Reads them.</summary>
    Task<IReadOnlyList<PgReclaimedInstance>> GetAsync(IReporter reporter, CancellationToken cancellation);

    /// <summary>One of them by its name or id; waits for one that was removed a moment ago and is not among them yet.</summary>
    Task<PgReclaimedInstance?> FindAsync(string nameOrId, IReporter reporter, CancellationToken cancellation);

    /// <summary>Has one back.</summary>
    /// <param name="reclaimed">Which.</param>
    /// <param name="patience">How long to wait until it is listed again; with none it is answered while that is under way.</param>
    /// <param name="reporter">Hears of it.</param>
    /// <param name="cancellation">Ends the waiting only.</param>
    Task<PgInstance> RestoreAsync(PgReclaimedInstance reclaimed, TimeSpan patience, IReporter reporter, CancellationToken cancellation);

    /// <summary>Ends one for good.</summary>
    Task PurgeAsync(PgReclaimedInstance reclaimed, IReporter reporter, CancellationToken cancellation);
}
