// SPDX-License-Identifier: MIT

using Npgsql;

namespace PgCloud.Engine.Sql.Privileges.Writing;

/// <summary>How far the session can act as a role.</summary>
/// <param name="Name">The role.</param>
/// <param name="Uses">Whether the session has the role's rights as it is.</param>
/// <param name="Sets">Whether it may SET ROLE to it.</param>
/// <param name="IsBorrowable">Whether it may grant the role to itself.</param>
/// <param name="Inherit">INHERIT of the session's own grant of the role, from 16 on, where there is one.</param>
/// <param name="Set">SET of the same.</param>
internal sealed record RoleAccess(string Name, bool Uses, bool Sets, bool IsBorrowable, bool? Inherit, bool? Set)
{
    /// <summary>How many columns <see cref="Read"/> reads: name, uses, sets, borrowable, inherit_option, set_option.</summary>
    internal const int Columns = 6;

    // Not materialised: it is joined by OID to the few roles that matter.
    private const string Source16 =
        $"""
        acting AS NOT MATERIALIZED (
            SELECT r.oid, r.rolname::pg_catalog.text AS name, pg_catalog.pg_has_role(r.oid, 'USAGE') AS uses,
                   pg_catalog.pg_has_role(r.oid, 'SET') AS sets,
                   NOT r.rolsuper AND pg_catalog.pg_has_role(r.oid, 'MEMBER WITH ADMIN OPTION') AS borrowable,
                   m.inherit_option, m.set_option
            FROM pg_catalog.pg_roles r
            LEFT JOIN pg_catalog.pg_auth_members m ON m.roleid {SqlText.Eq} r.oid AND m.grantor {SqlText.Eq} m.member
                AND m.member {SqlText.Eq} (SELECT s.oid FROM pg_catalog.pg_roles s WHERE s.rolname {SqlText.Eq} CURRENT_USER))
        """;

    private const string SourceBefore16 =
        $"""
        acting AS NOT MATERIALIZED (
            SELECT r.oid, r.rolname::pg_catalog.text AS name, pg_catalog.pg_has_role(r.oid, 'USAGE') AS uses,
                   pg_catalog.pg_has_role(r.oid, 'MEMBER') AS sets,
                   NOT r.rolsuper AND (pg_catalog.pg_has_role(r.oid, 'MEMBER WITH ADMIN OPTION')
                       OR (SELECT s.rolcreaterole FROM pg_catalog.pg_roles s WHERE s.rolname {SqlText.Eq} CURRENT_USER)) AS borrowable,
                   NULL::pg_catalog.bool AS inherit_option, NULL::pg_catalog.bool AS set_option
            FROM pg_catalog.pg_roles r)
        """;

    /// <summary>A common table expression "acting" with one row a role: oid, and the columns that <see cref="Read"/> reads.</summary>
    internal static string Source(Version server) => server.Major >= 16 ? Source16 : SourceBefore16;

    /// <summary>The columns, of an alias.</summary>
    internal static string Select(string alias) =>
        $"{alias}.name, {alias}.uses, {alias}.sets, {alias}.borrowable, {alias}.inherit_option, {alias}.set_option";

    /// <summary>Reads the columns from a position on; <see langword="null"/> where there is no such role.</summary>
    internal static RoleAccess? Read(NpgsqlDataReader reader, int first) => reader.IsDBNull(first)
        ? null
        : new RoleAccess(
            reader.GetString(first), reader.GetBoolean(first + 1), reader.GetBoolean(first + 2), reader.GetBoolean(first + 3),
            reader.IsDBNull(first + 4) ? null : reader.GetBoolean(first + 4),
            reader.IsDBNull(first + 5) ? null : reader.GetBoolean(first + 5));
}
