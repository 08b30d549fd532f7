// SPDX-License-Identifier: MIT

using Npgsql;
using PgCloud.Contracts;
using PgCloud.Errors;

namespace PgCloud.Engine.Sql.Privileges.Writing;

/// <summary>The default privileges of one owner for one kind of object.</summary>
/// <param name="Owner">Who makes the objects.</param>
/// <param name="Schema">In which schema; <see langword="null"/> for every one.</param>
/// <param name="Type">The kind.</param>
internal sealed record DefaultSelector(string Owner, string? Schema, PgObjectType Type)
{
    /// <summary>What is asked for as selectors, checked.</summary>
    /// <exception cref="PgCloudException"><c>PgCloud.Privilege.ArgumentInvalid</c>, <c>VersionTooOld</c>.</exception>
    internal static IReadOnlyList<DefaultSelector> Of(PrivilegeRequest request, Version server)
    {
        ObjectRequest objects = request.Objects!;
        PgObjectType type = Canonical(objects.Type);
        string? wrong = objects switch
        {
            _ when request.Owner.Count == 0 => "Default privileges are for the objects that somebody will make, and nobody is named.",
            { Name.Count: > 0 } or { Column.Count: > 0 } => "Default privileges are for objects to come, which have no name yet.",
            { Schema.Count: > 0 } when type is PgObjectType.Schema or PgObjectType.LargeObject => $"A {type} is in no schema.",
            _ => null,
        };
        if (wrong is not null)
        {
            throw PgErrors.PrivilegeArgumentInvalid(
                wrong, "Give -Default -Owner with the roles that will make the objects, -ObjectType, and -Schema for one schema only.");
        }

        if (type == PgObjectType.LargeObject && server.Major < 18)
        {
            throw PgErrors.PrivilegeVersionTooOld("Default privileges for large objects", 18, server);
        }

        foreach (string schema in objects.Schema.Where(name => PgNames.FlawOf(name) is not null))
        {
            throw PgErrors.PrivilegeNameInvalid(schema, PgObjectType.Schema, PgNames.FlawOf(schema)!);
        }

        IEnumerable<string?> schemas = ObjectSelector.OrNone(objects.Schema);
        return [.. request.Owner.SelectMany(owner => schemas.Select(schema => new DefaultSelector(owner, schema, type)))];
    }

    /// <summary>The query for several.</summary>
    internal static NpgsqlBatchCommand Query(
        IReadOnlyList<DefaultSelector> selectors, IReadOnlyCollection<string> grantees, Version server)
    {
        // Without an entry for every schema what holds is what is built in; an entry for one schema only adds to it.
        var command = new NpgsqlBatchCommand(
            $"""
            WITH {RoleAccess.Source(server)},
            grantees AS (
                SELECT r.oid, r.rolname::pg_catalog.text AS name FROM pg_catalog.pg_roles r
                WHERE r.rolname::pg_catalog.text {SqlText.Eq} ANY ($5)
                UNION ALL SELECT 0, '')
            SELECT w.ordinal - 1, {RoleAccess.Select("act")}, {AclQuery.AclColumns}
            FROM ROWS FROM (pg_catalog.unnest($1), pg_catalog.unnest($2), pg_catalog.unnest($3), pg_catalog.unnest($4))
                WITH ORDINALITY AS w (owner, schema, code, kind, ordinal)
            JOIN acting act ON act.name {SqlText.Eq} w.owner
            LEFT JOIN pg_catalog.pg_namespace n ON n.nspname::pg_catalog.text {SqlText.Eq} w.schema
            LEFT JOIN pg_catalog.pg_default_acl d ON d.defaclrole {SqlText.Eq} act.oid AND d.defaclobjtype::pg_catalog.text {SqlText.Eq} w.code
                AND d.defaclnamespace {SqlText.Eq} COALESCE(n.oid, 0::pg_catalog.oid)
            {AclQuery.AclOf(
                """COALESCE(d.defaclacl, CASE WHEN w.schema IS NULL THEN pg_catalog.acldefault(w.kind::pg_catalog."char", act.oid) END)""",
                "act.oid")}
            ORDER BY w.ordinal
            """);
        command.Parameters.Add(SqlText.Array([.. selectors.Select(s => s.Owner)]));
        command.Parameters.Add(SqlText.Array([.. selectors.Select(s => s.Schema!)]));
        command.Parameters.Add(SqlText.Array([.. selectors.Select(s => Codes(s.Type).Catalog)]));
        command.Parameters.Add(SqlText.Array([.. selectors.Select(s => Codes(s.Type).Default)]));
        command.Parameters.Add(SqlText.Array(grantees));
        return command;
    }

    /// <summary>Reads the answer.</summary>
    internal static async Task<Dictionary<DefaultSelector, AclHolder>> ReadAsync(
        NpgsqlDataReader reader, IReadOnlyList<DefaultSelector> selectors, CancellationToken cancellation)
    {
        var found = new Dictionary<DefaultSelector, AclHolder>();
        while (await reader.ReadAsync(cancellation))
        {
            DefaultSelector selector = selectors[(int)reader.GetInt64(0)];
            if (!found.TryGetValue(selector, out AclHolder? holder))
            {
                found.Add(selector, holder = selector.ToHolder(RoleAccess.Read(reader, 1)!));
            }

            if (AclQuery.ReadEntry(reader, 1 + RoleAccess.Columns) is { } entry)
            {
                holder.Entries.Add(entry);
            }
        }

        return found;
    }

    private AclHolder ToHolder(RoleAccess owner) => new()
    {
        Type = Type,
        Schema = Schema,
        Title = DefaultPrivileges.Describe(Type, Owner, Schema),
        Owner = Owner,
        Prefix = $"ALTER DEFAULT PRIVILEGES FOR ROLE {PgNames.Quote(Owner)}{(Schema is null ? string.Empty : $" IN SCHEMA {PgNames.Quote(Schema)}")} ",
        Keyword = DefaultPrivileges.Plural(Type),
        OwnerAccess = owner,
    };

    // Default privileges tell no more kinds apart than these.
    private static PgObjectType Canonical(PgObjectType type) => type switch
    {
        PgObjectType.Table or PgObjectType.View or PgObjectType.MaterializedView or PgObjectType.ForeignTable => PgObjectType.Table,
        PgObjectType.Function or PgObjectType.Procedure or PgObjectType.Routine => PgObjectType.Routine,
        PgObjectType.Type or PgObjectType.Domain => PgObjectType.Type,
        PgObjectType.Sequence or PgObjectType.Schema or PgObjectType.LargeObject => type,
        _ => throw PgErrors.PrivilegeArgumentInvalid(
            $"There are no default privileges for a {type}.",
            "There are some for Table, Sequence, Routine, Type, Schema and, from PostgreSQL 18 on, LargeObject."),
    };

    // pg_default_acl's letter and acldefault's.
    private static (string Catalog, string Default) Codes(PgObjectType type) => type switch
    {
        PgObjectType.Sequence => ("S", "s"),
        PgObjectType.Routine => ("f", "f"),
        PgObjectType.Type => ("T", "T"),
        PgObjectType.Schema => ("n", "n"),
        PgObjectType.LargeObject => ("L", "L"),
        _ => ("r", "r"),
    };
}
