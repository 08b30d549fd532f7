// SPDX-License-Identifier: MIT

using PgCloud.Contracts;

namespace PgCloud.Pipeline;

/// <summary>
///   The open sessions of one cmdlet, one for each connection. A session is used by one record at a time; one that is not in use stays open for
///   the records to come, until its place is needed for another.
/// </summary>
internal sealed class SqlSessions
{
    private readonly Dictionary<SqlTarget, Entry> _entries = [];
    private long _clock;

    /// <summary>The session of a connection, opened where it is not.</summary>
    /// <param name="target">The connection.</param>
    /// <param name="most">How many sessions to keep at most; those in use are kept in any case.</param>
    /// <param name="open">Opens it.</param>
    internal async Task<ISqlSession> UseAsync(SqlTarget target, int most, Func<Task<ISqlSession>> open)
    {
        List<ISqlSession> idle;
        lock (_entries)
        {
            if (_entries.TryGetValue(target, out Entry? found))
            {
                found.IsInUse = true;
                return found.Session;
            }

            idle = TakeIdle(_entries.Count - most + 1);
        }

        foreach (ISqlSession session in idle)
        {
            await session.DisposeAsync();
        }

        var entry = new Entry(await open());
        lock (_entries)
        {
            _entries.Add(target, entry);
        }

        return entry.Session;
    }

    /// <summary>The record is done.</summary>
    internal void Release(SqlTarget target)
    {
        lock (_entries)
        {
            if (_entries.TryGetValue(target, out Entry? entry))
            {
                entry.IsInUse = false;
                entry.UsedAt = ++_clock;
            }
        }
    }

    /// <summary>Closes all sessions.</summary>
    internal Task CloseAsync()
    {
        ISqlSession[] all;
        lock (_entries)
        {
            all = [.. _entries.Values.Select(e => e.Session)];
            _entries.Clear();
        }

        return Task.WhenAll(all.Select(session => session.DisposeAsync().AsTask()));
    }

    private List<ISqlSession> TakeIdle(int count)
    {
        SqlTarget[] longest = [.. _entries.Where(e => !e.Value.IsInUse).OrderBy(e => e.Value.UsedAt).Take(Math.Max(0, count)).Select(e => e.Key)];
        List<ISqlSession> sessions = [];
        foreach (SqlTarget target in longest)
        {
            _entries.Remove(target, out Entry? entry);
            sessions.Add(entry!.Session);
        }

        return sessions;
    }

    private sealed class Entry(ISqlSession session)
    {
        internal ISqlSession Session => session;

        internal bool IsInUse { get; set; } = true;

        internal long UsedAt { get; set; }
    }
}
