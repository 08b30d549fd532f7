// SPDX-License-Identifier: MIT

using Npgsql;
using NpgsqlTypes;

namespace PgCloud.Engine.Sql.Privileges.Writing;

/// <summary>Reads objects, who owns them, and what some grantees may do with them.</summary>
internal static class AclQuery
{
    // The owner pg_database_owner has one member, the database's owner, and cannot be granted: act as that one.
    private const string ActingOwner =
        $"""
        (SELECT CASE WHEN own.rolname {SqlText.Eq} 'pg_database_owner' THEN
            (SELECT d.datdba FROM pg_catalog.pg_database d WHERE d.datname {SqlText.Eq} pg_catalog.current_database()) ELSE own.oid END)
        """;

    // REVOKE on a table takes the same privileges on its columns back, too.
    private const string OfColumns =
        $"""
            UNION ALL
            SELECT t.attname::pg_catalog.text, e.grantor, e.grantee, e.privilege_type, e.is_grantable
            FROM pg_catalog.pg_attribute t CROSS JOIN LATERAL pg_catalog.aclexplode(t.attacl) e
            WHERE t.attrelid {SqlText.Eq} o.oid AND t.attacl IS NOT NULL AND NOT t.attisdropped AND o.code OPERATOR(pg_catalog.<>) ''
        """;

    /// <summary>The query for selectors of one family that are all by name, or all of a schema.</summary>
    /// <param name="selectors">The selectors; rows answer with their position.</param>
    /// <param name="grantees">The roles whose privileges are read; those of PUBLIC always are.</param>
    /// <param name="withColumns">Whether the privileges on a table's columns belong to it.</param>
    /// <param name="server">The server's version.</param>
    internal static NpgsqlBatchCommand Query(
        IReadOnlyList<ObjectSelector> selectors, IReadOnlyCollection<string> grantees, bool withColumns, Version server)
    {
        var command = new NpgsqlBatchCommand(
            $"""
            WITH {Wanted(selectors[0])},
            {RoleAccess.Source(server)},
            grantees AS (
                SELECT r.oid, r.rolname::pg_catalog.text AS name FROM pg_catalog.pg_roles r
                WHERE r.rolname::pg_catalog.text {SqlText.Eq} ANY ($6)
                UNION ALL SELECT 0, '')
            SELECT {ObjectRow.Columns}, own.rolname::pg_catalog.text, {RoleAccess.Select("act")},
                   ARRAY(SELECT DISTINCT e.privilege_type FROM pg_catalog.aclexplode(COALESCE(o.optionacl, o.acl)) e
                         WHERE e.is_grantable AND pg_catalog.pg_has_role(e.grantee, 'USAGE')),
                   {AclColumns}
            FROM objects o
            LEFT JOIN pg_catalog.pg_roles own ON own.oid {SqlText.Eq} o.owner
            LEFT JOIN acting act ON act.oid {SqlText.Eq} {ActingOwner}
            {AclOf("o.acl", "o.owner", withColumns ? OfColumns : string.Empty)}
            ORDER BY o.ordinal, o.schema, o.name, o.arguments, o.col
            """);
        AddWanted(command, selectors);
        command.Parameters.Add(SqlText.Array(grantees));
        return command;
    }

    /// <summary>The columns of <see cref="AclOf"/>.</summary>
    internal static string AclColumns =>
        $"a.privilege_type, a.name, a.grantee {SqlText.Eq} 0, a.is_grantable, gr.rolname::pg_catalog.text, a.col, a.is_owners, {RoleAccess.Select("ga")}";

    /// <summary>The grantees' entries of an ACL, by grantor. The rows of "acting" and "grantees" must be there.</summary>
    internal static string AclOf(string acl, string owner, string union = "") =>
        $"""
        LEFT JOIN LATERAL (
            SELECT x.*, g.name, pg_catalog.pg_has_role(x.grantor, {owner}, 'USAGE') AS is_owners FROM (
                SELECT NULL::pg_catalog.text AS col, e.grantor, e.grantee, e.privilege_type, e.is_grantable
                FROM pg_catalog.aclexplode({acl}) e{union}) x
            JOIN grantees g ON g.oid {SqlText.Eq} x.grantee) a ON true
        LEFT JOIN pg_catalog.pg_roles gr ON gr.oid {SqlText.Eq} a.grantor
        LEFT JOIN acting ga ON ga.oid {SqlText.Eq} a.grantor AND a.grantor OPERATOR(pg_catalog.<>) {owner}
        """;

    /// <summary>Reads the columns of <see cref="AclColumns"/>; <see langword="null"/> where no grantee has anything.</summary>
    internal static AclEntry? ReadEntry(NpgsqlDataReader reader, int first) => reader.IsDBNull(first)
        ? null
        : new AclEntry(
            reader.GetBoolean(first + 2) ? Grantee.Public : new Grantee(reader.GetString(first + 1), false),
            reader.GetString(first),
            reader.GetBoolean(first + 3),
            reader.IsDBNull(first + 4) ? string.Empty : reader.GetString(first + 4),
            RoleAccess.Read(reader, first + 7),
            !reader.IsDBNull(first + 6) && reader.GetBoolean(first + 6),
            reader.IsDBNull(first + 5) ? null : reader.GetString(first + 5));

    /// <summary>Reads the answer: what each selector found, routines that are only like it included.</summary>
    internal static async Task<ILookup<ObjectSelector, (ObjectRow Row, AclHolder Holder)>> ReadAsync(
        NpgsqlDataReader reader, IReadOnlyList<ObjectSelector> selectors, CancellationToken cancellation)
    {
        const int Owner = ObjectRow.Count;
        const int Grantable = Owner + 1 + RoleAccess.Columns;
        var found = new List<(int Ordinal, ObjectRow Row, AclHolder Holder)>();
        while (await reader.ReadAsync(cancellation))
        {
            ObjectRow row = ObjectRow.Read(reader);
            if (found.Count == 0 || found[^1].Row != row)
            {
                found.Add((row.Ordinal, row, row.ToHolder(
                    selectors[row.Ordinal].Type,
                    reader.IsDBNull(Owner) ? string.Empty : reader.GetString(Owner),
                    RoleAccess.Read(reader, Owner + 1),
                    reader.GetFieldValue<string[]>(Grantable))));
            }

            if (ReadEntry(reader, Grantable + 1) is { } entry)
            {
                found[^1].Holder.Entries.Add(entry);
            }
        }

        return found.ToLookup(f => selectors[f.Ordinal], f => (f.Row, f.Holder));
    }

    /// <summary>The table expressions "wanted" and "objects"; parameters 1 to 5.</summary>
    internal static string Wanted(ObjectSelector like) =>
        $"""
        wanted AS (
            SELECT * FROM ROWS FROM (pg_catalog.unnest($1), pg_catalog.unnest($2), pg_catalog.unnest($3), pg_catalog.unnest($4),
                pg_catalog.unnest($5)) AS w (ordinal, schema, name, col, kinds)),
        objects AS (
        {(like.All ? like.Family.InSchema : like.Family.Named)})
        """;

    /// <summary>Adds the parameters of <see cref="Wanted"/>.</summary>
    internal static void AddWanted(NpgsqlBatchCommand command, IReadOnlyList<ObjectSelector> selectors)
    {
        command.Parameters.Add(new NpgsqlParameter
        {
            Value = Enumerable.Range(0, selectors.Count).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer,
        });
        command.Parameters.Add(SqlText.Array([.. selectors.Select(s => s.Schema!)]));
        command.Parameters.Add(SqlText.Array([.. selectors.Select(s => s.Name!)]));
        command.Parameters.Add(SqlText.Array([.. selectors.Select(s => s.Column!)]));
        command.Parameters.Add(SqlText.Array([.. selectors.Select(s => ObjectRow.CodesOf(s.Type))]));
    }
}
