// SPDX-License-Identifier: MIT

namespace PgCloud.Engine.Sql.Privileges.Writing;

/// <summary>
///   Kinds that are looked up alike. Both queries read "wanted" (ordinal, schema, name, col, kinds) and answer ordinal, oid, code (the
///   catalog's letter for the kind), schema, name, arguments, identity, col, title, extension, owner, acl and optionacl (where the right to
///   grant is).
/// </summary>
/// <param name="HasSchema">Whether the objects are in schemas.</param>
/// <param name="Named">Finds objects by name.</param>
/// <param name="InSchema">Finds all; <see langword="null"/> where that has no meaning.</param>
internal sealed record ObjectFamily(bool HasSchema, string Named, string? InSchema)
{
    private const string OfRelation =
        """
        SELECT w.ordinal, c.oid, c.relkind::pg_catalog.text AS code, n.nspname::pg_catalog.text AS schema, c.relname::pg_catalog.text AS name,
               NULL::pg_catalog.text AS arguments, NULL::pg_catalog.text AS identity, NULL::pg_catalog.text AS col,
               pg_catalog.format('%I.%I', n.nspname, c.relname) AS title, c.relowner AS owner,
        """;

    private const string AclOfRelation =
        $"""
        COALESCE(c.relacl, pg_catalog.acldefault(
            (CASE WHEN c.relkind {SqlText.Eq} 'S' THEN 's' ELSE 'r' END)::pg_catalog."char", c.relowner))
        """;

    private const string NotSystem = "n.nspname::pg_catalog.text OPERATOR(pg_catalog.!~) '^(pg_|information_schema$)'";

    private const string SchemasOfWanted =
        $"FROM wanted w JOIN pg_catalog.pg_namespace n ON n.nspname::pg_catalog.text {SqlText.Eq} w.schema OR (w.schema IS NULL AND {NotSystem})";

    private const string IsKind = "pg_catalog.strpos(w.kinds, ";

    private static readonly ObjectFamily Relation = new(
        true,
        $"""
        {OfRelation} false AS extension, {AclOfRelation} AS acl, NULL::pg_catalog.aclitem[] AS optionacl
        FROM wanted w JOIN pg_catalog.pg_namespace n ON n.nspname {SqlText.Eq} w.schema::pg_catalog.name
        JOIN pg_catalog.pg_class c ON c.relnamespace {SqlText.Eq} n.oid AND c.relname {SqlText.Eq} w.name::pg_catalog.name
        WHERE {IsKind} c.relkind::pg_catalog.text) {SqlText.Gt} 0
        """,
        $"""
        {OfRelation} {IsOfExtension("pg_class", "c.oid")}, {AclOfRelation} AS acl, NULL::pg_catalog.aclitem[] AS optionacl
        {SchemasOfWanted}
        JOIN pg_catalog.pg_class c ON c.relnamespace {SqlText.Eq} n.oid
        WHERE {IsKind} c.relkind::pg_catalog.text) {SqlText.Gt} 0
        """);

    // The right to grant on a table is the right to grant on its columns, too. A column has no built-in privileges.
    private static readonly ObjectFamily Column = new(
        true,
        $"""
        SELECT w.ordinal, c.oid, c.relkind::pg_catalog.text AS code, n.nspname::pg_catalog.text AS schema, c.relname::pg_catalog.text AS name,
               NULL::pg_catalog.text AS arguments, NULL::pg_catalog.text AS identity, t.attname::pg_catalog.text AS col,
               pg_catalog.format('%I.%I.%I', n.nspname, c.relname, t.attname) AS title, c.relowner AS owner,
               false AS extension, t.attacl AS acl,
               pg_catalog.array_cat({AclOfRelation}, t.attacl) AS optionacl
        FROM wanted w JOIN pg_catalog.pg_namespace n ON n.nspname {SqlText.Eq} w.schema::pg_catalog.name
        JOIN pg_catalog.pg_class c ON c.relnamespace {SqlText.Eq} n.oid AND c.relname {SqlText.Eq} w.name::pg_catalog.name
        JOIN pg_catalog.pg_attribute t ON t.attrelid {SqlText.Eq} c.oid AND t.attname {SqlText.Eq} w.col::pg_catalog.name AND NOT t.attisdropped
        WHERE {IsKind} c.relkind::pg_catalog.text) {SqlText.Gt} 0
        """,
        null);

    private const string OfRoutine =
        """
        SELECT w.ordinal, p.oid, p.prokind::pg_catalog.text AS code, n.nspname::pg_catalog.text AS schema, p.proname::pg_catalog.text AS name,
               pg_catalog.oidvectortypes(p.proargtypes) AS arguments, pg_catalog.pg_get_function_identity_arguments(p.oid) AS identity,
               NULL::pg_catalog.text AS col,
               pg_catalog.format('%I.%I(%s)', n.nspname, p.proname, pg_catalog.oidvectortypes(p.proargtypes)) AS title, p.proowner AS owner,
               COALESCE(p.proacl, pg_catalog.acldefault('f', p.proowner)) AS acl, NULL::pg_catalog.aclitem[] AS optionacl,
        """;

    // Also those whose name is how the wanted one begins: they may be meant with their argument types.
    private static readonly ObjectFamily Routine = new(
        true,
        $"""
        {OfRoutine} false AS extension
        FROM wanted w JOIN pg_catalog.pg_namespace n ON n.nspname {SqlText.Eq} w.schema::pg_catalog.name
        JOIN pg_catalog.pg_proc p ON p.pronamespace {SqlText.Eq} n.oid
        WHERE {IsKind} p.prokind::pg_catalog.text) {SqlText.Gt} 0
            AND (p.proname::pg_catalog.text {SqlText.Eq} w.name OR pg_catalog.starts_with(w.name, pg_catalog.concat(p.proname, '(')))
        """,
        $"""
        {OfRoutine} {IsOfExtension("pg_proc", "p.oid")}
        {SchemasOfWanted}
        JOIN pg_catalog.pg_proc p ON p.pronamespace {SqlText.Eq} n.oid
        WHERE {IsKind} p.prokind::pg_catalog.text) {SqlText.Gt} 0
        """);

    private const string OfType =
        """
        SELECT w.ordinal, t.oid, t.typtype::pg_catalog.text AS code, n.nspname::pg_catalog.text AS schema, t.typname::pg_catalog.text AS name,
               NULL::pg_catalog.text AS arguments, NULL::pg_catalog.text AS identity, NULL::pg_catalog.text AS col,
               pg_catalog.format('%I.%I', n.nspname, t.typname) AS title, t.typowner AS owner,
               COALESCE(t.typacl, pg_catalog.acldefault('T', t.typowner)) AS acl, NULL::pg_catalog.aclitem[] AS optionacl,
        """;

    // Arrays and multiranges have the privileges of what they are made of, and the row type of a table belongs to the table.
    private static readonly ObjectFamily DataType = new(
        true,
        $"""
        {OfType} false AS extension
        FROM wanted w JOIN pg_catalog.pg_namespace n ON n.nspname {SqlText.Eq} w.schema::pg_catalog.name
        JOIN pg_catalog.pg_type t ON t.typnamespace {SqlText.Eq} n.oid AND t.typname {SqlText.Eq} w.name::pg_catalog.name
        WHERE {IsKind} t.typtype::pg_catalog.text) {SqlText.Gt} 0
        """,
        $"""
        {OfType} {IsOfExtension("pg_type", "t.oid")}
        {SchemasOfWanted}
        JOIN pg_catalog.pg_type t ON t.typnamespace {SqlText.Eq} n.oid
        WHERE {IsKind} t.typtype::pg_catalog.text) {SqlText.Gt} 0 AND t.typtype OPERATOR(pg_catalog.<>) 'm'
            AND NOT EXISTS (SELECT FROM pg_catalog.pg_type e WHERE e.typarray {SqlText.Eq} t.oid)
            AND NOT EXISTS (SELECT FROM pg_catalog.pg_class c WHERE c.oid {SqlText.Eq} t.typrelid AND c.relkind OPERATOR(pg_catalog.<>) 'c')
        """);

    private static readonly ObjectFamily Schema = Plain(
        "pg_namespace", "nspname", "nspowner", "nspacl", 'n',
        $"""
        {Columns("n", "nspname", "nspowner", "nspacl", 'n')} {IsOfExtension("pg_namespace", "n.oid")}
        FROM wanted w JOIN pg_catalog.pg_namespace n ON w.name IS NULL AND {NotSystem}
        """);

    private static readonly ObjectFamily Database = new(
        false,
        $"""
        {Columns("o", "datname", "datdba", "datacl", 'd')} false AS extension
        FROM wanted w JOIN pg_catalog.pg_database o ON o.datname {SqlText.Eq} COALESCE(w.name::pg_catalog.name, pg_catalog.current_database())
        """,
        null);

    private static readonly ObjectFamily LargeObject = new(
        false,
        $"""
        {Columns("o", "oid", "lomowner", "lomacl", 'L')} false AS extension
        FROM wanted w JOIN pg_catalog.pg_largeobject_metadata o ON o.oid {SqlText.Eq} w.name::pg_catalog.oid
        """,
        null);

    // A parameter has a row only once a privilege on it was granted; it always belongs to the bootstrap superuser.
    private static readonly ObjectFamily Parameter = new(
        false,
        $"""
        SELECT w.ordinal, 0::pg_catalog.oid AS oid, '' AS code, NULL::pg_catalog.text AS schema, w.name,
               NULL::pg_catalog.text AS arguments, NULL::pg_catalog.text AS identity, NULL::pg_catalog.text AS col, w.name AS title,
               10::pg_catalog.oid AS owner, COALESCE(p.paracl, pg_catalog.acldefault('p', 10::pg_catalog.oid)) AS acl,
               NULL::pg_catalog.aclitem[] AS optionacl, false AS extension
        FROM wanted w LEFT JOIN pg_catalog.pg_parameter_acl p ON p.parname {SqlText.Eq} w.name
        WHERE p.parname IS NOT NULL OR pg_catalog.strpos(w.name, '.') {SqlText.Gt} 0
            OR w.name {SqlText.Eq} ANY (SELECT pg_catalog.lower(s.name) FROM pg_catalog.pg_settings s)
        """,
        null);

    private static readonly ObjectFamily Language = Plain("pg_language", "lanname", "lanowner", "lanacl", 'l');
    private static readonly ObjectFamily Wrapper = Plain("pg_foreign_data_wrapper", "fdwname", "fdwowner", "fdwacl", 'F');
    private static readonly ObjectFamily Server = Plain("pg_foreign_server", "srvname", "srvowner", "srvacl", 'S');
    private static readonly ObjectFamily Tablespace = Plain("pg_tablespace", "spcname", "spcowner", "spcacl", 't');

    /// <summary>Where a kind is looked for.</summary>
    internal static ObjectFamily Of(PgObjectType type) => type switch
    {
        PgObjectType.Column => Column,
        PgObjectType.Function or PgObjectType.Procedure or PgObjectType.Routine => Routine,
        PgObjectType.Type or PgObjectType.Domain => DataType,
        PgObjectType.Schema => Schema,
        PgObjectType.Database => Database,
        PgObjectType.LargeObject => LargeObject,
        PgObjectType.Parameter => Parameter,
        PgObjectType.Language => Language,
        PgObjectType.ForeignDataWrapper => Wrapper,
        PgObjectType.ForeignServer => Server,
        PgObjectType.Tablespace => Tablespace,
        _ => Relation,
    };

    private static ObjectFamily Plain(string catalog, string name, string owner, string acl, char kind, string? inSchema = null) => new(
        false,
        $"""
        {Columns("o", name, owner, acl, kind)} false AS extension
        FROM wanted w JOIN pg_catalog.{catalog} o ON o.{name} {SqlText.Eq} w.name::pg_catalog.name
        """,
        inSchema);

    private static string Columns(string alias, string name, string owner, string acl, char kind) =>
        $"""
        SELECT w.ordinal, {alias}.oid, '' AS code, NULL::pg_catalog.text AS schema, {alias}.{name}::pg_catalog.text AS name,
               NULL::pg_catalog.text AS arguments, NULL::pg_catalog.text AS identity, NULL::pg_catalog.text AS col,
               pg_catalog.quote_ident({alias}.{name}::pg_catalog.text) AS title, {alias}.{owner} AS owner,
               COALESCE({alias}.{acl}, pg_catalog.acldefault('{kind}', {alias}.{owner})) AS acl, NULL::pg_catalog.aclitem[] AS optionacl,
        """;

    private static string IsOfExtension(string catalog, string oid) =>
        $"""
        EXISTS (SELECT FROM pg_catalog.pg_depend d WHERE d.classid {SqlText.Eq} 'pg_catalog.{catalog}'::pg_catalog.regclass
            AND d.objid {SqlText.Eq} {oid} AND d.deptype {SqlText.Eq} 'e') AS extension
        """;
}
