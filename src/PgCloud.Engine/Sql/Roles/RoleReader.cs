// SPDX-License-Identifier: MIT

using Npgsql;

namespace PgCloud.Engine.Sql.Roles;

/// <summary>Reads roles from pg_roles, which every role may read (pg_authid is for superusers).</summary>
internal static class RoleReader
{
    private const string Select =
        """
        SELECT r.rolname::pg_catalog.text, r.rolsuper, r.rolinherit, r.rolcreaterole, r.rolcreatedb, r.rolcanlogin, r.rolreplication,
               r.rolbypassrls, r.rolconnlimit, r.rolvaliduntil,
               ARRAY(SELECT DISTINCT g.rolname::pg_catalog.text
                     FROM pg_catalog.pg_auth_members m JOIN pg_catalog.pg_roles g ON g.oid OPERATOR(pg_catalog.=) m.roleid
                     WHERE m.member OPERATOR(pg_catalog.=) r.oid ORDER BY 1),
               pg_catalog.shobj_description(r.oid, 'pg_authid'), s.databases, s.settings
        FROM pg_catalog.pg_roles r
        LEFT JOIN (SELECT s.setrole, pg_catalog.array_agg(coalesce(d.datname::pg_catalog.text, '') ORDER BY d.datname NULLS FIRST, c.position),
                          pg_catalog.array_agg(c.setting ORDER BY d.datname NULLS FIRST, c.position)
                   FROM pg_catalog.pg_db_role_setting s
                   LEFT JOIN pg_catalog.pg_database d ON d.oid OPERATOR(pg_catalog.=) s.setdatabase
                   CROSS JOIN LATERAL pg_catalog.unnest(s.setconfig) WITH ORDINALITY c (setting, position)
                   GROUP BY s.setrole) s (role, databases, settings) ON s.role OPERATOR(pg_catalog.=) r.oid
        """;

    /// <summary>The query for all roles, or for those of the given names.</summary>
    internal static NpgsqlBatchCommand Query(IReadOnlyCollection<string>? names)
    {
        if (names is null)
        {
            return new NpgsqlBatchCommand(Select + "\nORDER BY r.rolname");
        }

        var command = new NpgsqlBatchCommand(
            Select + "\nWHERE r.rolname::pg_catalog.text OPERATOR(pg_catalog.=) ANY ($1) ORDER BY r.rolname");
        command.Parameters.Add(SqlText.Array(names));
        return command;
    }

    /// <summary>Reads the present result set.</summary>
    internal static async Task<List<PgRole>> ReadAsync(NpgsqlDataReader reader, PgChange change, CancellationToken cancellation)
    {
        var roles = new List<PgRole>();
        while (await reader.ReadAsync(cancellation))
        {
            roles.Add(new PgRole
            {
                Name = reader.GetString(0),
                Superuser = reader.GetBoolean(1),
                Inherit = reader.GetBoolean(2),
                CreateRole = reader.GetBoolean(3),
                CreateDatabase = reader.GetBoolean(4),
                Login = reader.GetBoolean(5),
                Replication = reader.GetBoolean(6),
                BypassRls = reader.GetBoolean(7),
                ConnectionLimit = reader.GetInt32(8),
                ValidUntil = ValidUntil(reader, 9),
                MemberOf = reader.GetFieldValue<string[]>(10),
                Comment = reader.IsDBNull(11) ? null : reader.GetString(11),
                Setting = reader.IsDBNull(12) ? [] : Settings(reader.GetFieldValue<string[]>(12), reader.GetFieldValue<string[]>(13)),
                Change = change,
            });
        }

        return roles;
    }

    // A setting is kept as "name=value"; no parameter's name has an equals sign in it.
    private static List<PgRoleSetting> Settings(string[] databases, string[] settings)
    {
        var result = new List<PgRoleSetting>(settings.Length);
        for (int i = 0; i < settings.Length; i++)
        {
            int equals = settings[i].IndexOf('=', StringComparison.Ordinal);
            result.Add(new PgRoleSetting
            {
                Database = databases[i].Length == 0 ? null : databases[i],
                Name = settings[i][..equals],
                Value = settings[i][(equals + 1)..],
            });
        }

        return result;
    }

    // "infinity" comes as the largest DateTime, and means what NULL means.
    private static DateTimeOffset? ValidUntil(NpgsqlDataReader reader, int column) =>
        !reader.IsDBNull(column) && reader.GetDateTime(column) is var moment && moment != DateTime.MaxValue
            ? new DateTimeOffset(DateTime.SpecifyKind(moment, DateTimeKind.Utc))
            : null;
}
