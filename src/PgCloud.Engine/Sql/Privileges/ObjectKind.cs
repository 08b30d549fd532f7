// SPDX-License-Identifier: MIT

namespace PgCloud.Engine.Sql.Privileges;

/// <summary>Where the catalog keeps objects of one kind, and what GRANT calls them (PostgreSQL documentation, 5.8, 52 and GRANT).</summary>
/// <param name="Type">The kind.</param>
/// <param name="Keyword">GRANT's word for it.</param>
/// <param name="Catalog">The catalog.</param>
/// <param name="NameColumn">The column of the name.</param>
/// <param name="SchemaColumn">The column of the schema's OID; <see langword="null"/> where the kind has none.</param>
/// <param name="OwnerColumn">The column of the owner's OID; <see langword="null"/> for parameters, which the bootstrap superuser (OID 10) owns.</param>
/// <param name="AclColumn">The column of the ACL; NULL in it means what acldefault says.</param>
/// <param name="DefaultKind">acldefault's letter for it.</param>
/// <param name="Filter">Which rows of the catalog are of the kind; <see langword="null"/> for all.</param>
/// <param name="All">What ALL means below version 17, in the order of the documentation's table.</param>
internal sealed record ObjectKind(
    PgObjectType Type,
    string Keyword,
    string Catalog,
    string NameColumn,
    string? SchemaColumn,
    string? OwnerColumn,
    string AclColumn,
    char DefaultKind,
    string? Filter,
    IReadOnlyList<string> All)
{
    private static readonly string[] OfRelation = ["SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER"];

    /// <summary>Every kind but <see cref="PgObjectType.Column"/>, whose privileges hang on its table, and <see cref="PgObjectType.Routine"/>, which is two.</summary>
    internal static IReadOnlyList<ObjectKind> Every { get; } =
    [
        Relation(PgObjectType.Table, "IN ('r', 'p')"),
        Relation(PgObjectType.View, "= 'v'"),
        Relation(PgObjectType.MaterializedView, "= 'm'"),
        Relation(PgObjectType.ForeignTable, "= 'f'"),
        new(PgObjectType.Sequence, "SEQUENCE", "pg_class", "relname", "relnamespace", "relowner", "relacl", 's', "relkind = 'S'", ["USAGE", "SELECT", "UPDATE"]),
        Routine(PgObjectType.Function, "FUNCTION", "prokind <> 'p'"),
        Routine(PgObjectType.Procedure, "PROCEDURE", "prokind = 'p'"),
        DataType(PgObjectType.Type, "TYPE", "typtype <> 'd'"),
        DataType(PgObjectType.Domain, "DOMAIN", "typtype = 'd'"),
        new(PgObjectType.Schema, "SCHEMA", "pg_namespace", "nspname", null, "nspowner", "nspacl", 'n', null, ["USAGE", "CREATE"]),
        new(PgObjectType.Database, "DATABASE", "pg_database", "datname", null, "datdba", "datacl", 'd', null, ["CREATE", "CONNECT", "TEMPORARY"]),
        new(PgObjectType.Language, "LANGUAGE", "pg_language", "lanname", null, "lanowner", "lanacl", 'l', null, ["USAGE"]),
        new(PgObjectType.ForeignDataWrapper, "FOREIGN DATA WRAPPER", "pg_foreign_data_wrapper", "fdwname", null, "fdwowner", "fdwacl", 'F', null, ["USAGE"]),
        new(PgObjectType.ForeignServer, "FOREIGN SERVER", "pg_foreign_server", "srvname", null, "srvowner", "srvacl", 'S', null, ["USAGE"]),
        new(PgObjectType.Tablespace, "TABLESPACE", "pg_tablespace", "spcname", null, "spcowner", "spcacl", 't', null, ["CREATE"]),
        new(PgObjectType.LargeObject, "LARGE OBJECT", "pg_largeobject_metadata", "oid", null, "lomowner", "lomacl", 'L', null, ["SELECT", "UPDATE"]),
        new(PgObjectType.Parameter, "PARAMETER", "pg_parameter_acl", "parname", null, null, "paracl", 'p', null, ["SET", "ALTER SYSTEM"]),
    ];

    /// <summary>The privileges there are on a column.</summary>
    internal static IReadOnlyList<string> OfColumn { get; } = ["SELECT", "INSERT", "UPDATE", "REFERENCES"];

    /// <summary>What ALL means on a server; MAINTAIN came with 17.</summary>
    internal IReadOnlyList<string> AllFor(Version server) =>
        ReferenceEquals(All, OfRelation) && server.Major >= 17 ? [.. All, "MAINTAIN"] : All;

    private static ObjectKind Relation(PgObjectType type, string relkind) =>
        new(type, "TABLE", "pg_class", "relname", "relnamespace", "relowner", "relacl", 'r', $"relkind {relkind}", OfRelation);

    private static ObjectKind Routine(PgObjectType type, string keyword, string filter) =>
        new(type, keyword, "pg_proc", "proname", "pronamespace", "proowner", "proacl", 'f', filter, ["EXECUTE"]);

    private static ObjectKind DataType(PgObjectType type, string keyword, string filter) =>
        new(type, keyword, "pg_type", "typname", "typnamespace", "typowner", "typacl", 'T', filter, ["USAGE"]);
}
