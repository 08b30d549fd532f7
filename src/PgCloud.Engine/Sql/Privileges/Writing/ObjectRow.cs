// SPDX-License-Identifier: MIT

using Npgsql;

namespace PgCloud.Engine.Sql.Privileges.Writing;

/// <summary>One object that a selector found, or a routine that is like the wanted one.</summary>
internal sealed record ObjectRow(
    int Ordinal, uint Oid, string Code, string? Schema, string Name, string? Arguments, string? Identity, string? Column, string Title, bool IsOfExtension)
{
    /// <summary>The columns that <see cref="Read"/> reads, of the alias o.</summary>
    internal const string Columns = "o.ordinal, o.oid, o.code, o.schema, o.name, o.arguments, o.identity, o.col, o.title, o.extension";

    /// <summary>How many they are.</summary>
    internal const int Count = 10;

    /// <summary>The name as PgPrivilege has it.</summary>
    internal string FullName => Arguments is null ? Name : $"{Name}({Arguments})";

    /// <summary>Reads a row.</summary>
    internal static ObjectRow Read(NpgsqlDataReader reader) => new(
        reader.GetInt32(0), reader.GetFieldValue<uint>(1), reader.GetString(2), Text(reader, 3), reader.GetString(4), Text(reader, 5),
        Text(reader, 6), Text(reader, 7), reader.GetString(8), reader.GetBoolean(9));

    /// <summary>The catalog's letters for a kind. ON TABLE means any relation with rows, as in GRANT.</summary>
    internal static string CodesOf(PgObjectType type) => type switch
    {
        PgObjectType.Table or PgObjectType.Column => "rpvmf",
        PgObjectType.View => "v",
        PgObjectType.MaterializedView => "m",
        PgObjectType.ForeignTable => "f",
        PgObjectType.Sequence => "S",
        PgObjectType.Function => "faw",
        PgObjectType.Procedure => "p",
        PgObjectType.Routine => "fawp",
        PgObjectType.Type => "bcemr",
        PgObjectType.Domain => "d",
        _ => string.Empty,
    };

    /// <summary>What kind of object it is, among those that were asked for.</summary>
    internal PgObjectType TypeOf(PgObjectType asked) => (asked, Code) switch
    {
        (PgObjectType.Table, "v") => PgObjectType.View,
        (PgObjectType.Table, "m") => PgObjectType.MaterializedView,
        (PgObjectType.Table, "f") => PgObjectType.ForeignTable,
        (PgObjectType.Routine, "p") => PgObjectType.Procedure,
        (PgObjectType.Routine, _) => PgObjectType.Function,
        _ => asked,
    };

    /// <summary>The object as SQL names it, always quoted.</summary>
    internal string Reference(PgObjectType type)
    {
        string name = type switch
        {
            PgObjectType.LargeObject => Name,
            // A customised parameter's name is several identifiers with dots between.
            PgObjectType.Parameter => string.Join('.', Name.Split('.').Select(PgNames.Quote)),
            _ => PgNames.Quote(Name),
        };
        string qualified = Schema is null ? name : $"{PgNames.Quote(Schema)}.{name}";
        return Arguments is null ? qualified : $"{qualified}({Arguments})";
    }

    /// <summary>The same with its ACL.</summary>
    internal AclHolder ToHolder(PgObjectType asked, string owner, RoleAccess? ownerAccess, IReadOnlyList<string> grantable) => new()
    {
        Type = TypeOf(asked),
        Schema = Schema,
        Name = FullName,
        Column = Column,
        Title = Title,
        Owner = owner,
        Keyword = PrivilegeWords.KeywordOf(asked),
        Reference = Reference(asked),
        IsOfExtension = IsOfExtension,
        OwnerAccess = ownerAccess,
        Grantable = grantable,
    };

    private static string? Text(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}
