// SPDX-License-Identifier: MIT

using System.Globalization;
using PgCloud.Contracts;
using PgCloud.Errors;

namespace PgCloud.Engine.Sql.Privileges.Writing;

/// <summary>Which objects of a kind: one by its name, or all in a schema.</summary>
/// <param name="Type">The kind. A table may be any relation that holds rows, as in GRANT … ON TABLE.</param>
/// <param name="Schema">The schema; <see langword="null"/> for kinds without, and with <paramref name="All"/> for every schema that is not the system's.</param>
/// <param name="Name">The name; <see langword="null"/> for all, and for the database of the connection.</param>
/// <param name="Column">The column of a table.</param>
/// <param name="All">Whether all are meant. Those that belong to an extension are left out.</param>
internal sealed record ObjectSelector(PgObjectType Type, string? Schema, string? Name, string? Column, bool All)
{
    // A signature is longer than a name.
    private const int MaxSignature = 16384;

    /// <summary>Where the kind is looked for.</summary>
    internal ObjectFamily Family => ObjectFamily.Of(Type);

    /// <summary>What is asked for as selectors, checked.</summary>
    /// <exception cref="PgCloudException"><c>PgCloud.Privilege.ArgumentInvalid</c>, <c>NameInvalid</c>.</exception>
    internal static IReadOnlyList<ObjectSelector> Of(ObjectRequest request)
    {
        PgObjectType type = request.Column.Count > 0 && request.Type == PgObjectType.Table ? PgObjectType.Column : request.Type;
        Check(request, type);
        IEnumerable<string?> schemas = OrNone(request.Schema);
        if (request.All)
        {
            return [.. schemas.Select(schema => new ObjectSelector(type, schema, null, null, All: true))];
        }

        IEnumerable<string?> names = OrNone(request.Name);
        IEnumerable<string?> columns = OrNone(request.Column);
        return [.. schemas.SelectMany(schema => names.SelectMany(name => columns.Select(
            column => new ObjectSelector(type, schema, Canonical(type, name), column, All: false))))];
    }

    /// <summary>The names, or none for once.</summary>
    internal static IEnumerable<string?> OrNone(IReadOnlyList<string> names)
    {
        IEnumerable<string?> some = names;
        return names.Count > 0 ? some : [null];
    }

    private static void Check(ObjectRequest request, PgObjectType type)
    {
        bool hasSchema = ObjectFamily.Of(type).HasSchema;
        string? wrong = request switch
        {
            { All: true, Name.Count: > 0 } => "-All and -Name exclude each other.",
            { All: true, Column.Count: > 0 } => "-All and -Column exclude each other.",
            { All: true } when !hasSchema && type != PgObjectType.Schema => $"A {type} is in no schema, so that -All has no meaning.",
            { All: false, Name.Count: 0 } when type != PgObjectType.Database => $"The name of the {type} is missing.",
            { All: false, Schema.Count: 0 } when hasSchema => $"The schema of the {type} is missing.",
            { Schema.Count: > 0 } when !hasSchema => $"A {type} is in no schema.",
            { Column.Count: 0 } when type == PgObjectType.Column => "The column is missing.",
            { Column.Count: > 0 } when type != PgObjectType.Column => $"A {type} has no columns.",
            _ => null,
        };
        if (wrong is not null)
        {
            throw PgErrors.PrivilegeArgumentInvalid(
                wrong, "Give -ObjectType, -Schema and -Name apart, as in: -ObjectType Table -Schema app -Name orders -Column price; or -All.");
        }

        foreach (string schema in request.Schema)
        {
            CheckName(schema, PgObjectType.Schema);
        }

        foreach (string column in request.Column)
        {
            CheckName(column, PgObjectType.Column);
        }

        foreach (string name in request.Name)
        {
            CheckName(name, type);
        }
    }

    private static void CheckName(string name, PgObjectType type)
    {
        bool isRoutine = type is PgObjectType.Function or PgObjectType.Procedure or PgObjectType.Routine;
        if (PgNames.FlawOf(name, isRoutine ? MaxSignature : PgNames.MaxBytes) is { } flaw)
        {
            throw PgErrors.PrivilegeNameInvalid(name, type, flaw);
        }

        if (type == PgObjectType.LargeObject && !uint.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            throw PgErrors.PrivilegeNameInvalid(name, type, "it is no OID");
        }
    }

    // PostgreSQL keeps parameters' ACLs under lower-case names, and an OID has no leading zeros.
    private static string? Canonical(PgObjectType type, string? name) => type switch
    {
        PgObjectType.Parameter => name?.ToLowerInvariant(),
        PgObjectType.LargeObject => name is null ? null : uint.Parse(name, NumberStyles.None, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture),
        _ => name,
    };
}
