// SPDX-License-Identifier: MIT

using Npgsql;

namespace PgCloud.Engine.Sql.Roles;

/// <summary>
///   Finds the roles whose rights it takes to revoke what a role was granted in a database: DROP OWNED revokes in the name of who runs it,
///   who must be able to act for the owner of each object. Those that this session cannot have granted to it are left out.
/// </summary>
internal static class RoleLenders
{
    // The owner of the schema public is pg_database_owner, which nobody can be granted: the owner of the database acts for it.
    private const string Select =
        """
        WITH dependent AS (
            SELECT s.dbid, s.classid, s.objid, s.deptype
            FROM pg_catalog.pg_shdepend s
            JOIN pg_catalog.pg_roles r ON r.oid OPERATOR(pg_catalog.=) s.refobjid
            LEFT JOIN pg_catalog.pg_database d ON d.oid OPERATOR(pg_catalog.=) s.dbid
            WHERE s.refclassid OPERATOR(pg_catalog.=) 'pg_catalog.pg_authid'::pg_catalog.regclass
                AND r.rolname::pg_catalog.text OPERATOR(pg_catalog.=) ANY ($1)
                AND s.deptype OPERATOR(pg_catalog.<>) 'o'
                AND (d.datname OPERATOR(pg_catalog.=) pg_catalog.current_database() OR d.oid IS NULL)),
        lender (role) AS (
            SELECT o.refobjid
            FROM dependent s
            JOIN pg_catalog.pg_shdepend o ON o.dbid OPERATOR(pg_catalog.=) s.dbid AND o.classid OPERATOR(pg_catalog.=) s.classid
                AND o.objid OPERATOR(pg_catalog.=) s.objid AND o.deptype OPERATOR(pg_catalog.=) 'o'
            UNION
            SELECT c.relowner
            FROM dependent s
            JOIN pg_catalog.pg_policy p ON p.oid OPERATOR(pg_catalog.=) s.objid AND s.deptype OPERATOR(pg_catalog.=) 'r'
            JOIN pg_catalog.pg_class c ON c.oid OPERATOR(pg_catalog.=) p.polrelid
            UNION
            SELECT d.datdba
            FROM dependent s
            JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) s.objid
                AND s.classid OPERATOR(pg_catalog.=) 'pg_catalog.pg_namespace'::pg_catalog.regclass
            JOIN pg_catalog.pg_roles r ON r.oid OPERATOR(pg_catalog.=) n.nspowner AND r.rolname OPERATOR(pg_catalog.=) 'pg_database_owner'
            JOIN pg_catalog.pg_database d ON d.datname OPERATOR(pg_catalog.=) pg_catalog.current_database())
        SELECT r.rolname::pg_catalog.text
        FROM lender
        JOIN pg_catalog.pg_roles r ON r.oid OPERATOR(pg_catalog.=) lender.role
        WHERE NOT r.rolsuper AND NOT r.rolname::pg_catalog.text OPERATOR(pg_catalog.=) ANY ($1)
        """;

    private const string Administers = "\n    AND pg_catalog.pg_has_role(r.oid, 'MEMBER WITH ADMIN OPTION')";

    // Before 16 whoever may make roles may grant every role that is no superuser.
    private const string AdministersBefore16 =
        """

            AND (pg_catalog.pg_has_role(r.oid, 'MEMBER WITH ADMIN OPTION')
                OR EXISTS (SELECT 1 FROM pg_catalog.pg_roles u WHERE u.rolname OPERATOR(pg_catalog.=) CURRENT_USER AND u.rolcreaterole))
        """;

    /// <summary>Their names.</summary>
    internal static async Task<IReadOnlyList<string>> ReadAsync(SqlContext context, string role, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            Select + (context.ServerVersion.Major >= 16 ? Administers : AdministersBefore16) + "\nORDER BY 1", context.Connection);
        command.Parameters.Add(SqlText.Array([role]));
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellation);
        var names = new List<string>();
        while (await reader.ReadAsync(cancellation))
        {
            names.Add(reader.GetString(0));
        }

        return names;
    }
}
