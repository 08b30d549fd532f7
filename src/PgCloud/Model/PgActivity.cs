// SPDX-License-Identifier: MIT

using System.ComponentModel;
using PgCloud.Pipeline;

namespace PgCloud;

/// <summary>A session of the server and what it was doing when it was read (pg_stat_activity).</summary>
[TypeConverter(typeof(DeserializedObjectConverter))]
public sealed class PgActivity
{
    /// <summary>The process that serves the session (pid).</summary>
    public int ProcessId { get; init; }

    /// <summary>The user; <c>$null</c> for a process of the server's own.</summary>
    public string? User { get; init; }

    /// <summary>The database; <c>$null</c> for a process of the server's own.</summary>
    public string? Database { get; init; }

    /// <summary>What the client calls itself (application_name).</summary>
    public string? Application { get; init; }

    /// <summary>The client's address; <c>$null</c> over a Unix socket.</summary>
    public string? ClientAddress { get; init; }

    /// <summary>What kind of process it is: client backend, autovacuum worker, walsender …</summary>
    public string? BackendType { get; init; }

    /// <summary>
    ///   Whether the server keeps from this user what the session does: other roles' sessions are shown in full only to who has
    ///   pg_read_all_stats, which pg_monitor brings. All that is kept back is <c>$null</c>.
    /// </summary>
    public bool IsHidden { get; init; }

    /// <summary>active, idle, idle in transaction … (PostgreSQL documentation, 27.2.3).</summary>
    public string? State { get; init; }

    /// <summary>What kind of thing it waits for: Lock, LWLock, IO, Client …; <c>$null</c> where it does not wait.</summary>
    public string? WaitEventType { get; init; }

    /// <summary>What it waits for.</summary>
    public string? WaitEvent { get; init; }

    /// <summary>Both in one text.</summary>
    public string? Wait => WaitEventType is null ? null : $"{WaitEventType}:{WaitEvent}";

    /// <summary>When it connected (backend_start). With the process id it tells the session from every other one.</summary>
    public DateTimeOffset? ConnectedAt { get; init; }

    /// <summary>When its transaction began; <c>$null</c> where there is none.</summary>
    public DateTimeOffset? TransactionStartedAt { get; init; }

    /// <summary>When its query began, or the last one did where it is idle.</summary>
    public DateTimeOffset? QueryStartedAt { get; init; }

    /// <summary>When its state last changed.</summary>
    public DateTimeOffset? StateChangedAt { get; init; }

    /// <summary>How long its query has been running, or how long it has been idle, by the server's clock.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>The same in whole seconds.</summary>
    public string? Elapsed => Duration is { } duration ? QueryText.Elapsed(duration) : null;

    /// <summary>The query's id (compute_query_id), where the server makes one.</summary>
    public long? QueryId { get; init; }

    /// <summary>The query, or the last one where it is idle; the server cuts it off after track_activity_query_size bytes.</summary>
    public string? Query { get; init; }

    /// <summary>The beginning of the query on one line.</summary>
    public string? ShortQuery => Query is null ? null : QueryText.Shorten(Query);

    /// <summary>The processes it waits for, of all that hold or want before it what it needs; 0 stands for a prepared transaction.</summary>
    public IReadOnlyList<int> BlockedBy { get; internal set => field = Lists.Indexable(value); } = [];

    /// <summary>The processes that wait for it.</summary>
    public IReadOnlyList<int> Blocking { get; internal set => field = Lists.Indexable(value); } = [];

    /// <summary>The processes at the beginning of the chains it waits in: they wait for nobody.</summary>
    public IReadOnlyList<int> RootBlocker { get; internal set => field = Lists.Indexable(value); } = [];

    /// <summary>How long the longest of those chains is; 0 where it waits for nobody.</summary>
    public int BlockingDepth { get; internal set; }

    /// <summary>The processes it waits for, as one text.</summary>
    public string BlockedByText => string.Join(", ", BlockedBy);

    /// <summary>The processes that wait for it, as one text.</summary>
    public string BlockingText => string.Join(", ", Blocking);

    /// <summary>The processes at the beginning of the chains, as one text.</summary>
    public string RootBlockerText => string.Join(", ", RootBlocker);

    /// <summary>The connection through which it was read.</summary>
    public PgConnection? Connection { get; internal set; }

    /// <summary>What the cmdlet that wrote this object did: Removed the session, or Updated what it was doing.</summary>
    public PgChange Change { get; internal set; }

    /// <summary>Whether it is the session that read this.</summary>
    internal bool IsOwn { get; init; }

    /// <summary>Whether its user is a superuser.</summary>
    internal bool IsSuperuser { get; init; }

    /// <summary>The process, the user and the database.</summary>
    public override string ToString() => User is null ? $"{ProcessId} {BackendType}" : $"{ProcessId} {User}@{Database}";
}
