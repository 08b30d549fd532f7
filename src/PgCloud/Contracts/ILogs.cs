// SPDX-License-Identifier: MIT

namespace PgCloud.Contracts;

/// <summary>What the servers of an account write to their logs.</summary>
public interface ILogs
{
    /// <summary>Reads entries, oldest first.</summary>
    Task<IReadOnlyList<PgLogEntry>> GetAsync(PgInstance instance, LogFilter filter, IReporter reporter, CancellationToken cancellation);

    /// <summary>
    ///   Reads entries as <see cref="GetAsync"/> does, then those that come, each once, until it is cancelled. Whoever does not read on is
    ///   not overrun: nothing is asked for meanwhile.
    /// </summary>
    IAsyncEnumerable<IReadOnlyList<PgLogEntry>> FollowAsync(
        PgInstance instance, LogFilter filter, IReporter reporter, CancellationToken cancellation);
}

/// <summary>Which entries of a log to read.</summary>
public sealed record LogFilter
{
    /// <summary>How many are read where neither this nor a beginning is given: as many as OVHcloud keeps.</summary>
    public const int DefaultLast = 1000;

    /// <summary>Not those before; this moment is within.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Not those after; this moment is within.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Only those whose message it takes.</summary>
    public Func<string, bool>? IncludesMessage { get; init; }

    /// <summary>Only the last ones of those that the rest leaves.</summary>
    public int? Last { get; init; }

    /// <summary>How many at most; <see langword="null"/> for all.</summary>
    public int? Most => Last ?? (Since is null ? DefaultLast : null);

    /// <summary>Whether an entry is within, apart from <see cref="Last"/>.</summary>
    public bool Includes(DateTimeOffset timestamp, string message) =>
        !(timestamp < Since) && !(timestamp > Until) && IncludesMessage?.Invoke(message) != false;
}
