// SPDX-License-Identifier: MIT

namespace PgCloud.Engine.Sql.Privileges.Reading;

/// <summary>Who is let past the ACLs (PostgreSQL documentation, 22.5 Predefined Roles, and pg_class_aclmask in aclchk.c).</summary>
/// <param name="Role">The OID of the role that gives it.</param>
/// <param name="Via">Why, in the words that are shown.</param>
/// <param name="SparesCatalogs">Whether it does not reach the system catalogs.</param>
/// <param name="PrivilegesOn">Which privileges on objects of a kind.</param>
internal sealed record BypassRule(
    uint Role, IReadOnlyList<string> Via, bool SparesCatalogs, Func<ObjectKind, Version, IReadOnlyList<string>> PrivilegesOn)
{
    private static readonly (string Role, bool SparesCatalogs, string[] OnRelations, string[] OnSchemas)[] Predefined =
    [
        ("pg_read_all_data", false, ["SELECT"], ["USAGE"]),
        ("pg_write_all_data", true, ["INSERT", "UPDATE", "DELETE"], ["USAGE"]),
        ("pg_maintain", false, ["MAINTAIN"], []),
    ];

    /// <summary>The rules that hold for a role that has these rights.</summary>
    internal static IReadOnlyList<BypassRule> For(uint role, RoleGraph graph, IReadOnlyDictionary<uint, IReadOnlyList<string>> rights)
    {
        if (graph.IsSuperuser(role))
        {
            return [new BypassRule(role, [graph.NameOf(role), "superuser"], SparesCatalogs: false, (kind, server) => kind.AllFor(server))];
        }

        var rules = new List<BypassRule>();
        foreach ((string name, bool sparesCatalogs, string[] onRelations, string[] onSchemas) in Predefined)
        {
            if (graph.Find(name) is { } oid && rights.TryGetValue(oid, out IReadOnlyList<string>? way))
            {
                rules.Add(new BypassRule(oid, way, sparesCatalogs, (kind, server) => On(kind, server, onRelations, onSchemas)));
            }
        }

        return rules;
    }

    // Of a sequence, which is a relation too, only what there is on sequences.
    private static string[] On(ObjectKind kind, Version server, string[] onRelations, string[] onSchemas) => kind switch
    {
        { Type: PgObjectType.Schema } => onSchemas,
        { Catalog: "pg_class" } => [.. onRelations.Intersect(kind.AllFor(server))],
        _ => [],
    };
}
