// SPDX-License-Identifier: MIT

using System.ComponentModel;
using PgCloud.Pipeline;

namespace PgCloud;

/// <summary>
///   A session of a client and its query when it was read, as the provider's API tells it (OVHcloud: currentQueries). The words are those of
///   <see cref="PgActivity"/>, which tells more and needs a database user.
/// </summary>
[TypeConverter(typeof(DeserializedObjectConverter))]
public sealed class PgCurrentQuery
{
    /// <summary>The process that serves the session.</summary>
    public required int ProcessId { get; init; }

    /// <summary>The user.</summary>
    public string? User { get; init; }

    /// <summary>The database.</summary>
    public string? Database { get; init; }

    /// <summary>What the client calls itself.</summary>
    public string? Application { get; init; }

    /// <summary>The client's address.</summary>
    public string? ClientAddress { get; init; }

    /// <summary>The client's host name, where the server looks it up.</summary>
    public string? ClientHostName { get; init; }

    /// <summary>The client's TCP port.</summary>
    public int? ClientPort { get; init; }

    /// <summary>What kind of process it is: client backend …</summary>
    public string? BackendType { get; init; }

    /// <summary>
    ///   active, idle, idle in transaction … as PostgreSQL calls it (its documentation, 27.2.3). A state that is not known here is told in the
    ///   API's own word.
    /// </summary>
    public string State { get; init; } = string.Empty;

    /// <summary>What kind of thing it waits for: Lock, LWLock, IO, Client …; <c>$null</c> where it does not wait.</summary>
    public string? WaitEventType { get; init; }

    /// <summary>What it waits for.</summary>
    public string? WaitEvent { get; init; }

    /// <summary>Both in one text.</summary>
    public string? Wait => WaitEventType is null ? null : $"{WaitEventType}:{WaitEvent}";

    /// <summary>When it connected (UTC). With the process id it tells the session from every other one.</summary>
    public DateTimeOffset? ConnectedAt { get; init; }

    /// <summary>When its transaction began (UTC); <c>$null</c> where there is none.</summary>
    public DateTimeOffset? TransactionStartedAt { get; init; }

    /// <summary>When its query began, or the last one did where it is idle (UTC).</summary>
    public DateTimeOffset? QueryStartedAt { get; init; }

    /// <summary>When its state last changed (UTC).</summary>
    public DateTimeOffset? StateChangedAt { get; init; }

    /// <summary>How long its query has been running, or ran where it is idle.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>The same in whole seconds.</summary>
    public string Elapsed => QueryText.Elapsed(Duration);

    /// <summary>The query, or the last one where it is idle.</summary>
    public string Query { get; init; } = string.Empty;

    /// <summary>The beginning of the query on one line.</summary>
    public string ShortQuery => QueryText.Shorten(Query);

    /// <summary>The process that it helps, where it is a parallel worker.</summary>
    public int? LeaderProcessId { get; init; }

    /// <summary>The transaction's id, where it has written (backend_xid).</summary>
    public long? TransactionId { get; init; }

    /// <summary>The oldest transaction whose rows it may still see, which keeps them from being vacuumed (backend_xmin).</summary>
    public long? OldestTransactionId { get; init; }

    /// <summary>The instance it belongs to.</summary>
    public PgInstance? Instance { get; internal set; }

    /// <summary>What the cmdlet that wrote this object did: Removed the session, or Updated what it was doing.</summary>
    public PgChange Change { get; internal set; }

    /// <summary>Why nothing was done, in a sentence; empty where there is nothing to say.</summary>
    public string ChangeDetail { get; internal set; } = string.Empty;

    /// <summary>The process, the user and the database.</summary>
    public override string ToString() => User is null ? $"{ProcessId}" : $"{ProcessId} {User}@{Database}";
}
