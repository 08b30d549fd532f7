// SPDX-License-Identifier: MIT

using Npgsql;

namespace PgCloud.Engine.Sql.Roles;

/// <summary>Reads what depends on a role (pg_shdepend), named as far as the database it is in is the session's own.</summary>
internal static class RoleDependents
{
    private const string Source =
        """
        FROM pg_catalog.pg_shdepend s
        JOIN pg_catalog.pg_roles r ON r.oid OPERATOR(pg_catalog.=) s.refobjid
        JOIN pg_catalog.pg_class c ON c.oid OPERATOR(pg_catalog.=) s.classid
        LEFT JOIN pg_catalog.pg_database d ON d.oid OPERATOR(pg_catalog.=) s.dbid
        """;

    private const string OfRole =
        """
        WHERE s.refclassid OPERATOR(pg_catalog.=) 'pg_catalog.pg_authid'::pg_catalog.regclass
            AND r.rolname::pg_catalog.text OPERATOR(pg_catalog.=) ANY ($1)
        """;

    private const string Columns = "SELECT r.rolname::pg_catalog.text, d.datname::pg_catalog.text, c.relname::pg_catalog.text, s.deptype::pg_catalog.text, ";

    // Without a row in pg_database, it is shared by all.
    private const string Named =
        Columns + "i.type, i.identity\n" + Source
        + "\nCROSS JOIN LATERAL pg_catalog.pg_identify_object(s.classid, s.objid, s.objsubid) i\n" + OfRole;

    private const string Here = "\n    AND d.datname OPERATOR(pg_catalog.=) pg_catalog.current_database()";
    private const string HereOrShared = "\n    AND (d.datname OPERATOR(pg_catalog.=) pg_catalog.current_database() OR d.oid IS NULL)";
    private const string Order = "\nORDER BY d.datname NULLS FIRST, s.deptype DESC, 5, 6";

    private const string Elsewhere = Columns + "c.relname::pg_catalog.text, NULL\n" + Source + "\n" + OfRole
        + "\n    AND d.datname::pg_catalog.text OPERATOR(pg_catalog.=) ANY ($2) ORDER BY d.datname, c.relname, s.deptype";

    /// <summary>What there is in this database.</summary>
    /// <param name="role">The role's name.</param>
    /// <param name="includesShared">Whether to add what all databases share.</param>
    internal static NpgsqlBatchCommand Query(string role, bool includesShared)
    {
        var command = new NpgsqlBatchCommand(Named + (includesShared ? HereOrShared : Here) + Order);
        command.Parameters.Add(SqlText.Array([role]));
        return command;
    }

    /// <summary>What there is in other databases, which cannot be named from here.</summary>
    internal static NpgsqlBatchCommand QueryElsewhere(string role, IReadOnlyCollection<string> databases)
    {
        var command = new NpgsqlBatchCommand(Elsewhere);
        command.Parameters.Add(SqlText.Array([role]));
        command.Parameters.Add(SqlText.Array(databases));
        return command;
    }

    /// <summary>Reads the present result set.</summary>
    internal static async Task<List<PgRoleDependent>> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellation)
    {
        var dependents = new List<PgRoleDependent>();
        while (await reader.ReadAsync(cancellation))
        {
            dependents.Add(new PgRoleDependent
            {
                Role = reader.GetString(0),
                Database = reader.IsDBNull(1) ? null : reader.GetString(1),
                Kind = Kind(reader.GetString(2), reader.GetString(3)),
                // Of what another session drops meanwhile PostgreSQL tells nothing any more.
                ObjectType = reader.IsDBNull(4) ? reader.GetString(2) : reader.GetString(4),
                ObjectName = reader.IsDBNull(5) ? string.Empty : reader.GetString(5),
            });
        }

        return dependents;
    }

    private static PgRoleDependentKind Kind(string catalog, string dependency) => (catalog, dependency) switch
    {
        ("pg_default_acl", _) => PgRoleDependentKind.DefaultPrivilege,
        ("pg_auth_members", _) => PgRoleDependentKind.Membership,
        (_, "o") => PgRoleDependentKind.Owner,
        (_, "r") => PgRoleDependentKind.Policy,
        _ => PgRoleDependentKind.Privilege,
    };
}
