// SPDX-License-Identifier: MIT

using Npgsql;
using NpgsqlTypes;

namespace PgCloud.Engine.Sql.Databases;

/// <summary>Who and what uses a database, so that it cannot be dropped.</summary>
internal sealed class DatabaseUse
{
    // Of other roles' sessions everybody may see user and application; the address only with pg_read_all_stats. What has no user is the
    // server's own and gives way by itself.
    private const string SessionsQuery =
        """
        SELECT a.usename::pg_catalog.text, a.application_name, pg_catalog.host(a.client_addr), pg_catalog.count(*)::pg_catalog.int4
        FROM pg_catalog.pg_stat_activity a
        WHERE a.datname::pg_catalog.text OPERATOR(pg_catalog.=) $1 AND a.usesysid IS NOT NULL
            AND a.pid OPERATOR(pg_catalog.<>) pg_catalog.pg_backend_pid()
        GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
        """;

    // These hold the database even against FORCE (PostgreSQL documentation, DROP DATABASE).
    private const string HoldersQuery =
        """
        SELECT 'the prepared transaction ''' || p.gid || ''' of ' || p.owner::pg_catalog.text FROM pg_catalog.pg_prepared_xacts p
        WHERE p.database::pg_catalog.text OPERATOR(pg_catalog.=) $1
        UNION ALL
        SELECT 'the active replication slot ''' || s.slot_name::pg_catalog.text || '''' FROM pg_catalog.pg_replication_slots s
        WHERE s.database::pg_catalog.text OPERATOR(pg_catalog.=) $1 AND s.active
        UNION ALL
        SELECT 'the subscription ''' || s.subname::pg_catalog.text || '''' FROM pg_catalog.pg_subscription s
        JOIN pg_catalog.pg_database d ON d.oid OPERATOR(pg_catalog.=) s.subdbid
        WHERE d.datname::pg_catalog.text OPERATOR(pg_catalog.=) $1
        """;

    private readonly List<string> _sessions = [];
    private readonly List<string> _holders = [];

    /// <summary>Whether anybody is connected.</summary>
    internal bool HasSessions => _sessions.Count > 0;

    /// <summary>Whether something holds it that FORCE does not end.</summary>
    internal bool IsHeld => _holders.Count > 0;

    /// <summary>All of it, in words.</summary>
    internal IReadOnlyList<string> All => [.. _sessions, .. _holders];

    /// <summary>What to do about it.</summary>
    internal string Action => IsHeld
        ? "Finish a prepared transaction (COMMIT or ROLLBACK PREPARED), drop a subscription or slot, or stop what reads it; -Force does not end these."
        : "Have the sessions ended, or give -Force, which ends them; Get-PgActivity shows what they do. Ending another role's session needs "
        + "membership in that role or in pg_signal_backend, and a superuser's only a superuser may end.";

    /// <summary>Adds the queries that <see cref="ReadAsync"/> reads.</summary>
    internal static void AddQueries(NpgsqlBatchCommandCollection commands, string database)
    {
        foreach (string query in new[] { SessionsQuery, HoldersQuery })
        {
            var command = new NpgsqlBatchCommand(query);
            command.Parameters.Add(new NpgsqlParameter { Value = database, NpgsqlDbType = NpgsqlDbType.Text });
            commands.Add(command);
        }
    }

    /// <summary>Reads the present result set and the next.</summary>
    internal async Task ReadAsync(NpgsqlDataReader reader, CancellationToken cancellation)
    {
        while (await reader.ReadAsync(cancellation))
        {
            int count = reader.GetInt32(3);
            string application = reader.IsDBNull(1) || reader.GetString(1).Length == 0 ? string.Empty : $" with {reader.GetString(1)}";
            string address = reader.IsDBNull(2) ? string.Empty : $" from {reader.GetString(2)}";
            _sessions.Add($"{count} {(count == 1 ? "session" : "sessions")} of {reader.GetString(0)}{application}{address}");
        }

        await reader.NextResultAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            _holders.Add(reader.GetString(0));
        }
    }
}
