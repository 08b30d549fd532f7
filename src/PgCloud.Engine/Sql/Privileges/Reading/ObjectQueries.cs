// SPDX-License-Identifier: MIT

using PgCloud.Contracts;

namespace PgCloud.Engine.Sql.Privileges.Reading;

/// <summary>
///   Builds the queries for objects with their ACLs. All have the columns kind, schema, name, col, object, owner, acl and default_acl, and
///   are ordered, so that nothing has to be sorted once each object has become many privileges.
/// </summary>
/// <param name="filter">Which objects.</param>
/// <param name="parameters">Takes the filter's values.</param>
internal sealed class ObjectQueries(PrivilegeFilter filter, FilterParameters parameters)
{
    private const string IsOfUsers =
        "n.nspname OPERATOR(pg_catalog.<>) 'information_schema' AND n.nspname OPERATOR(pg_catalog.!~) '^pg_'";

    private const string RoutineArguments = "'(' OPERATOR(pg_catalog.||) pg_catalog.oidvectortypes(o.proargtypes) OPERATOR(pg_catalog.||) ')'";

    // The types of tables' rows and of arrays follow their table or element, and those of multiranges their range.
    private const string IsTypeOfItsOwn =
        """
        o.typtype OPERATOR(pg_catalog.<>) 'm'
            AND NOT EXISTS (SELECT FROM pg_catalog.pg_type e WHERE e.typarray OPERATOR(pg_catalog.=) o.oid)
            AND NOT EXISTS (SELECT FROM pg_catalog.pg_class c
                            WHERE c.oid OPERATOR(pg_catalog.=) o.typrelid AND c.relkind OPERATOR(pg_catalog.<>) 'c')
        """;

    /// <summary>The objects of one kind.</summary>
    internal string Of(ObjectKind kind)
    {
        string name = $"o.{kind.NameColumn}::pg_catalog.text";
        string identifier = kind.Type switch
        {
            PgObjectType.LargeObject or PgObjectType.Parameter => name,
            _ => $"pg_catalog.quote_ident({name})",
        };
        string arguments = kind.Catalog == "pg_proc" ? $" OPERATOR(pg_catalog.||) {RoutineArguments}" : string.Empty;
        string owner = kind.OwnerColumn is null ? "10::pg_catalog.oid" : $"o.{kind.OwnerColumn}";
        bool hasSchema = kind.SchemaColumn is not null;
        return Compose(
            $"""
            SELECT {(int)kind.Type} AS kind, {(hasSchema ? "n.nspname::pg_catalog.text" : "NULL::pg_catalog.text")} AS schema,
                   {name}{arguments} AS name, NULL::pg_catalog.text AS col,
                   {(hasSchema ? "pg_catalog.quote_ident(n.nspname) OPERATOR(pg_catalog.||) '.' OPERATOR(pg_catalog.||) " : string.Empty)}{identifier}{arguments} AS object,
                   {owner} AS owner, o.{kind.AclColumn} AS acl, pg_catalog.acldefault('{kind.DefaultKind}', {owner}) AS default_acl
            FROM pg_catalog.{kind.Catalog} o
            {(hasSchema ? $"JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) o.{kind.SchemaColumn}" : string.Empty)}
            """,
            [.. Conditions(kind, name)]);
    }

    /// <summary>The columns that have an ACL of their own.</summary>
    internal string OfColumns() => Compose(
        $"""
        SELECT {(int)PgObjectType.Column} AS kind, n.nspname::pg_catalog.text AS schema, o.relname::pg_catalog.text AS name,
               a.attname::pg_catalog.text AS col,
               pg_catalog.quote_ident(n.nspname) OPERATOR(pg_catalog.||) '.' OPERATOR(pg_catalog.||) pg_catalog.quote_ident(o.relname)
                   OPERATOR(pg_catalog.||) '.' OPERATOR(pg_catalog.||) pg_catalog.quote_ident(a.attname) AS object,
               o.relowner AS owner, a.attacl AS acl, a.attacl AS default_acl
        FROM pg_catalog.pg_attribute a
        JOIN pg_catalog.pg_class o ON o.oid OPERATOR(pg_catalog.=) a.attrelid
        JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) o.relnamespace
        """,
        [
            "a.attacl IS NOT NULL AND NOT a.attisdropped",
            parameters.Matches(filter.Schemas, "n.nspname::pg_catalog.text"),
            parameters.Matches(filter.Names, "o.relname::pg_catalog.text"),
            filter.IncludeSystem ? null : IsOfUsers,
        ]);

    /// <summary>The default privileges, as if each entry were an object.</summary>
    internal string OfDefaults()
    {
        string kind =
            $"""
            CASE o.defaclobjtype WHEN 'r' THEN {(int)PgObjectType.Table} WHEN 'S' THEN {(int)PgObjectType.Sequence}
                WHEN 'f' THEN {(int)PgObjectType.Routine} WHEN 'T' THEN {(int)PgObjectType.Type}
                WHEN 'n' THEN {(int)PgObjectType.Schema} ELSE {(int)PgObjectType.LargeObject} END
            """;
        string kinds = string.Join(", ", filter.ObjectTypes.Select(type => (int)(type is PgObjectType.Function or PgObjectType.Procedure ? PgObjectType.Routine : type)));
        return Compose(
            $"""
            SELECT {kind} AS kind, n.nspname::pg_catalog.text AS schema, NULL::pg_catalog.text AS name, NULL::pg_catalog.text AS col,
                   ''::pg_catalog.text AS object, o.defaclrole AS owner, o.defaclacl AS acl, o.defaclacl AS default_acl
            FROM pg_catalog.pg_default_acl o
            LEFT JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) o.defaclnamespace
            """,
            [
                kinds.Length == 0 ? null : $"{kind} IN ({kinds})",
                parameters.Matches(filter.Schemas, "n.nspname::pg_catalog.text"),
            ]);
    }

    private IEnumerable<string?> Conditions(ObjectKind kind, string name)
    {
        yield return kind.Filter is null ? null : "o." + kind.Filter;
        yield return parameters.Matches(filter.Names, name);
        switch (kind.Type)
        {
            case PgObjectType.Schema:
                yield return parameters.Matches(filter.Schemas, name);
                yield return filter.IncludeSystem ? null : IsOfUsers.Replace("n.nspname", "o.nspname", StringComparison.Ordinal);
                break;
            case PgObjectType.Database:
                yield return filter.IncludeSystem ? null : "NOT o.datistemplate";
                break;
            case PgObjectType.Type:
                yield return IsTypeOfItsOwn;
                break;
        }

        if (kind.SchemaColumn is not null)
        {
            yield return parameters.Matches(filter.Schemas, "n.nspname::pg_catalog.text");
            yield return filter.IncludeSystem ? null : IsOfUsers;
        }
        else if (filter.Schemas.Count > 0 && kind.Type != PgObjectType.Schema)
        {
            // What is in no schema is in none of these.
            yield return "false";
        }
    }

    private static string Compose(string select, IReadOnlyList<string?> conditions)
    {
        string where = string.Join("\n    AND ", conditions.Where(condition => condition is not null));
        return $"{select}\n{(where.Length == 0 ? string.Empty : $"WHERE {where}\n")}ORDER BY schema, name, col";
    }
}
