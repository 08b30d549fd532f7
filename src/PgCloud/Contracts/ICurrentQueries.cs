// SPDX-License-Identifier: MIT

namespace PgCloud.Contracts;

/// <summary>What the sessions of an instance do, as the provider's own API tells it: no database user is needed.</summary>
public interface ICurrentQueries
{
    /// <summary>Reads the sessions of clients, in the provider's order.</summary>
    Task<IReadOnlyList<PgCurrentQuery>> GetAsync(PgInstance instance, IReporter reporter, CancellationToken cancellation);

    /// <summary>
    ///   Cancels a query or ends its session. What is gone already is answered as <see cref="PgChange.Unchanged"/>, with the reason; so is
    ///   another query or session that has taken the place of the one that was meant.
    /// </summary>
    Task<PgCurrentQuery> StopAsync(
        PgInstance instance, StopQueryRequest request, IReporter reporter, CancellationToken cancellation);
}

/// <summary>Which query to stop.</summary>
/// <param name="ProcessId">The process that serves the session.</param>
/// <param name="ConnectedAt">When that session connected; one that connected at another time is left alone.</param>
/// <param name="QueryStartedAt">When the query began; a later one of the same session is not cancelled.</param>
/// <param name="Terminate">Whether to end the session, and not only what it is doing.</param>
public sealed record StopQueryRequest(int ProcessId, DateTimeOffset? ConnectedAt, DateTimeOffset? QueryStartedAt, bool Terminate);
