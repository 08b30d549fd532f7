// SPDX-License-Identifier: MIT

using System.Globalization;
using Npgsql;
using PgCloud.Contracts;

namespace PgCloud.Engine.Sql.Privileges.Reading;

/// <summary>
///   Builds the one query for privileges. It has a row for each object: kind, schema, name, col, object, owner, built in, default, and of
///   its ACL grantees, grantors (0 for none), privileges (joined by commas) and grantables. As rows of their own the server would repeat the object for each privilege, and could
///   not keep what an ACL means for the next object with the same one. An ACL that is NULL is read as what it means (PostgreSQL
///   documentation, 5.8 and acldefault).
/// </summary>
/// <param name="filter">Which privileges.</param>
/// <param name="server">The server's version.</param>
internal sealed class PrivilegeQueries(PrivilegeFilter filter, Version server)
{
    private const string Columns = "o.kind, o.schema, o.name, o.col, o.object, o.owner";

    // What only superusers make, and types, whose USAGE everybody has and nobody misses, are read when they are asked for.
    private static readonly PgObjectType[] ByRequestOnly =
        [PgObjectType.Type, PgObjectType.Domain, PgObjectType.Language, PgObjectType.Tablespace];

    private readonly FilterParameters _parameters = new();

    /// <summary>What was granted, or is so without being granted, to these grantees; <see langword="null"/> for all.</summary>
    internal NpgsqlCommand Granted(NpgsqlConnection connection, IReadOnlyCollection<uint>? grantees)
    {
        var objects = new ObjectQueries(filter, _parameters);
        var parts = new List<string>();
        if (!filter.DefaultOnly)
        {
            parts.AddRange(Kinds().Select(kind => Explode(objects.Of(kind), grantees, isDefault: false)));
            if (Includes(PgObjectType.Column))
            {
                parts.Add(Explode(objects.OfColumns(), grantees, isDefault: false));
            }
        }

        if (filter.EffectiveFor is null && filter.Names.Count == 0)
        {
            parts.Add(Explode(objects.OfDefaults(), grantees, isDefault: true));
        }

        return Command(connection, parts);
    }

    /// <summary>What a role may do past all ACLs, as far as these privileges exist on an object.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="rules">The rules; each says on what, and which privileges.</param>
    internal NpgsqlCommand Bypassing(NpgsqlConnection connection, IEnumerable<BypassRule> rules)
    {
        var objects = new ObjectQueries(filter, _parameters);
        var parts = new List<string>();
        foreach (BypassRule rule in rules)
        {
            foreach (ObjectKind kind in Kinds())
            {
                string[] privileges = [.. rule.PrivilegesOn(kind, server).Where(p => filter.Privileges.Count == 0 || filter.Privileges.Contains(p))];
                if (privileges.Length > 0)
                {
                    parts.Add(
                        $"""
                        SELECT {Columns}, false, false, {Repeat(rule.Role.ToString(CultureInfo.InvariantCulture), privileges.Length)}::pg_catalog.oid[],
                               {Repeat("0", privileges.Length)}::pg_catalog.oid[],
                               {SqlText.Literal(string.Join(',', privileges))}, {Repeat("false", privileges.Length)}
                        FROM ({objects.Of(kind)}) o
                        {(rule.SparesCatalogs ? "WHERE COALESCE(o.schema, '') OPERATOR(pg_catalog.<>) 'pg_catalog'" : string.Empty)}
                        """);
                }
            }
        }

        return Command(connection, parts);
    }

    private IEnumerable<ObjectKind> Kinds() => ObjectKind.Every.Where(kind =>
        Includes(kind.Type) && (kind.Type != PgObjectType.Parameter || server.Major >= 15));

    private bool Includes(PgObjectType type) => filter.ObjectTypes.Count == 0
        ? !ByRequestOnly.Contains(type)
        : filter.ObjectTypes.Contains(type)
            || (type is PgObjectType.Function or PgObjectType.Procedure && filter.ObjectTypes.Contains(PgObjectType.Routine));

    private string Explode(string objects, IReadOnlyCollection<uint>? grantees, bool isDefault)
    {
        string?[] conditions =
        [
            grantees is null ? null : _parameters.IsOneOf(grantees, "a.grantee"),
            _parameters.IsOneOf(filter.Privileges, "a.privilege_type"),
        ];
        string where = string.Join(" AND ", conditions.Where(condition => condition is not null));
        return
            $"""
            SELECT {Columns}, o.acl IS NULL, {(isDefault ? "true" : "false")}, a.grantees, a.grantors, a.privileges, a.grantables
            FROM ({objects}) o
            CROSS JOIN LATERAL (
                SELECT pg_catalog.array_agg(a.grantee) AS grantees, pg_catalog.array_agg(a.grantor) AS grantors,
                       pg_catalog.string_agg(a.privilege_type, ',') AS privileges, pg_catalog.array_agg(a.is_grantable) AS grantables
                FROM pg_catalog.aclexplode(COALESCE(o.acl, o.default_acl)) a
                {(where.Length == 0 ? string.Empty : "WHERE " + where)}) a
            WHERE a.grantees IS NOT NULL
            """;
    }

    private static string Repeat(string value, int count) => $"ARRAY[{string.Join(", ", Enumerable.Repeat(value, count))}]";

    private NpgsqlCommand Command(NpgsqlConnection connection, List<string> parts)
    {
        // A query without parts still has an answer.
        string text = parts.Count == 0 ? "SELECT WHERE false" : string.Join("\nUNION ALL\n", parts);
        var command = new NpgsqlCommand(text, connection) { CommandTimeout = 0 };
        command.Parameters.AddRange(_parameters.All.ToArray());
        return command;
    }
}
