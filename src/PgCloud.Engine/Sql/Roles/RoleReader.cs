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
                     WHERE m.member OPERATOR(pg_catalog.=) r.oid ORDER BY 1)
        FROM pg_catalog.pg_roles r
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
                Change = change,
            });
        }

        return roles;
    }

    // "infinity" comes as the largest DateTime, and means what NULL means.
    private static DateTimeOffset? ValidUntil(NpgsqlDataReader reader, int column) =>
        !reader.IsDBNull(column) && reader.GetDateTime(column) is var moment && moment != DateTime.MaxValue
            ? new DateTimeOffset(DateTime.SpecifyKind(moment, DateTimeKind.Utc))
            : null;
}
