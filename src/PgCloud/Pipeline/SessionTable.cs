// SPDX-License-Identifier: MIT

using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using PgCloud.Errors;

namespace PgCloud.Pipeline;

/// <summary>
///   The sessions of one runspace. Each runspace has its own, so that parallel runbooks in one process do not change each other's default.
/// </summary>
internal sealed class SessionTable
{
    private static readonly ConditionalWeakTable<Runspace, SessionTable> Tables = [];

    private readonly List<PgCloudSession> _sessions = [];
    private int _made;

    /// <summary>The table of the runspace this thread runs in. Call it from the pipeline thread.</summary>
    internal static SessionTable Current => Tables.GetOrCreateValue(Runspace.DefaultRunspace);

    /// <summary>All sessions, in the order in which they were opened: a copy, so that those found can be closed one by one.</summary>
    internal IReadOnlyList<PgCloudSession> All => [.. _sessions];

    /// <summary>The session that is used where none is given.</summary>
    /// <exception cref="PgCloudException"><c>PgCloud.Cloud.NotConnected</c>.</exception>
    internal PgCloudSession Default => _sessions.Find(s => s.IsDefault) ?? throw PgErrors.NotConnected();

    /// <summary>A name that no session of this runspace has had.</summary>
    internal string NextName(PgProviderName provider) => $"{provider}{++_made}";

    /// <summary>Adds a session and makes it the default; one of the same name is replaced.</summary>
    internal void Add(PgCloudSession session)
    {
        _sessions.RemoveAll(s => string.Equals(s.Name, session.Name, StringComparison.OrdinalIgnoreCase));
        _sessions.ForEach(s => s.IsDefault = false);
        session.IsDefault = true;
        _sessions.Add(session);
    }

    /// <summary>Takes a session out; the one opened last becomes the default where it was.</summary>
    internal bool Remove(PgCloudSession session)
    {
        bool removed = _sessions.Remove(session);
        if (session.IsDefault && _sessions.Count > 0)
        {
            _sessions[^1].IsDefault = true;
        }

        session.IsDefault = false;
        return removed;
    }

    /// <summary>Takes all sessions out.</summary>
    internal void Clear() => _sessions.Clear();
}
