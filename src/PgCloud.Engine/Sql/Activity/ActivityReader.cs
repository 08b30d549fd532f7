// SPDX-License-Identifier: MIT

using Npgsql;

namespace PgCloud.Engine.Sql.Activity;

/// <summary>Reads pg_stat_activity, which is the same from PostgreSQL 14 to 18.</summary>
internal static class ActivityReader
{
    // What other roles' sessions do is shown to who has pg_read_all_stats; to others this stands in the place of the query, in every
    // language, and the rest is NULL.
    private const string Hidden = "<insufficient privilege>";

    // Who blocks whom costs a look at all locks, so it is asked only for who waits for one, or where that is hidden.
    private const string Select =
        $"""
        SELECT a.pid, a.usename::pg_catalog.text, a.datname::pg_catalog.text, a.application_name, pg_catalog.host(a.client_addr),
               a.backend_type, a.state, a.wait_event_type, a.wait_event, a.query, a.query_id, a.backend_start, a.xact_start, a.query_start,
               a.state_change, pg_catalog.clock_timestamp(),
               CASE WHEN a.wait_event_type OPERATOR(pg_catalog.=) 'Lock' OR a.query OPERATOR(pg_catalog.=) '{Hidden}'
                    THEN pg_catalog.pg_blocking_pids(a.pid) END,
               a.pid OPERATOR(pg_catalog.=) pg_catalog.pg_backend_pid(), coalesce(r.rolsuper, false)
        FROM pg_catalog.pg_stat_activity a
        LEFT JOIN pg_catalog.pg_roles r ON r.oid OPERATOR(pg_catalog.=) a.usesysid
        """;

    /// <summary>Reads all sessions, or the one of a process.</summary>
    internal static async Task<List<PgActivity>> ReadAsync(NpgsqlConnection connection, int? processId, CancellationToken cancellation)
    {
        string where = processId is null ? "\nORDER BY a.pid" : "\nWHERE a.pid OPERATOR(pg_catalog.=) $1";
        await using var command = new NpgsqlCommand(Select + where, connection) { CommandTimeout = 0 };
        if (processId is { } id)
        {
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = id });
        }

        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellation);
        var sessions = new List<PgActivity>();
        while (await reader.ReadAsync(cancellation))
        {
            sessions.Add(Read(reader));
        }

        return sessions;
    }

    private static PgActivity Read(NpgsqlDataReader reader)
    {
        string? state = Text(reader, 6);
        DateTimeOffset? queryStarted = Moment(reader, 13);
        DateTimeOffset? changed = Moment(reader, 14);
        DateTimeOffset? since = state is "active" or "fastpath function call" ? queryStarted : changed;
        bool isHidden = Text(reader, 9) == Hidden && reader.IsDBNull(11);
        return new PgActivity
        {
            ProcessId = reader.GetInt32(0),
            User = Text(reader, 1),
            Database = Text(reader, 2),
            Application = Text(reader, 3),
            ClientAddress = Text(reader, 4),
            BackendType = Text(reader, 5),
            State = state,
            WaitEventType = Text(reader, 7),
            WaitEvent = Text(reader, 8),
            Query = isHidden ? null : Text(reader, 9),
            IsHidden = isHidden,
            QueryId = reader.IsDBNull(10) ? null : reader.GetInt64(10),
            ConnectedAt = Moment(reader, 11),
            TransactionStartedAt = Moment(reader, 12),
            QueryStartedAt = queryStarted,
            StateChangedAt = changed,
            // The snapshot may be older than the clock, never younger, but for a clock that was set back.
            Duration = since is { } begun && Moment(reader, 15) - begun is { } elapsed ? (elapsed < TimeSpan.Zero ? TimeSpan.Zero : elapsed) : null,
            BlockedBy = reader.IsDBNull(16) ? [] : [.. reader.GetFieldValue<int[]>(16).Distinct()],
            IsOwn = reader.GetBoolean(17),
            IsSuperuser = reader.GetBoolean(18),
        };
    }

    private static string? Text(NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) || reader.GetString(column) is not { Length: > 0 } text ? null : text;

    private static DateTimeOffset? Moment(NpgsqlDataReader reader, int column) => reader.IsDBNull(column)
        ? null
        : new DateTimeOffset(DateTime.SpecifyKind(reader.GetDateTime(column), DateTimeKind.Utc));
}
