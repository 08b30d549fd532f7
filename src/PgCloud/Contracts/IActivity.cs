// SPDX-License-Identifier: MIT

namespace PgCloud.Contracts;

/// <summary>What the sessions of the server do.</summary>
public interface IActivity
{
    /// <summary>
    ///   Reads the sessions: whoever blocks others first, each followed by those that wait for it, then the rest by process id.
    /// </summary>
    /// <param name="includeOwn">Whether to show this session too.</param>
    /// <param name="includeBackground">Whether to show the server's own processes too, besides those that block a session.</param>
    /// <param name="cancellation">Ends it.</param>
    Task<IReadOnlyList<PgActivity>> GetAsync(bool includeOwn, bool includeBackground, CancellationToken cancellation);

    /// <summary>
    ///   Cancels a session's query or ends the session. Answers <see langword="null"/> where its approval was refused; a session that is not
    ///   there is <c>PgCloud.Activity.BackendNotFound</c>.
    /// </summary>
    Task<PgActivity?> StopAsync(StopRequest request, IChangeApproval approval, CancellationToken cancellation);
}

/// <summary>What to stop.</summary>
/// <param name="ProcessId">The process that serves the session.</param>
/// <param name="ConnectedAt">When that session connected; another one, to which the server gave the same process id since, is left alone.</param>
/// <param name="Terminate">Whether to end the session, and not only what it is doing.</param>
/// <param name="Timeout">How long to wait for the end of the session.</param>
public sealed record StopRequest(int ProcessId, DateTimeOffset? ConnectedAt, bool Terminate, TimeSpan Timeout);
