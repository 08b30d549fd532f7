// SPDX-License-Identifier: MIT

using Npgsql;

namespace PgCloud.Engine.Sql.Privileges.Reading;

/// <summary>Makes privileges of the rows of <see cref="PrivilegeQueries"/>.</summary>
/// <param name="graph">The roles' names.</param>
/// <param name="ways">How the role that was asked about comes by each grantee's rights; <see langword="null"/> where none was.</param>
internal sealed class PrivilegeRow(RoleGraph graph, IReadOnlyDictionary<uint, IReadOnlyList<string>>? ways)
{
    // Many rows in turn are about one object, and there are few words for privileges. Default privileges are on none.
    private string? _schema;
    private string? _name;
    private string _object = string.Empty;

    internal PgPrivilege Read(NpgsqlDataReader reader)
    {
        string identifier = reader.GetString(4);
        string? name = Text(reader, 2);
        bool isDefault = reader.GetBoolean(7);
        if (isDefault || !string.Equals(identifier, _object, StringComparison.Ordinal) || !string.Equals(name, _name, StringComparison.Ordinal))
        {
            _object = identifier;
            _name = name;
            _schema = Text(reader, 1);
        }

        var type = (PgObjectType)reader.GetInt32(0);
        uint owner = reader.GetFieldValue<uint>(5);
        uint grantee = reader.GetFieldValue<uint>(8);
        return new PgPrivilege
        {
            ObjectType = type,
            Schema = _schema,
            Name = _name,
            Column = Text(reader, 3),
            ObjectName = isDefault ? DefaultPrivileges.Describe(type, graph.NameOf(owner), _schema) : _object,
            Owner = graph.NameOf(owner),
            IsBuiltIn = reader.GetBoolean(6),
            IsDefault = isDefault,
            Grantee = grantee == RoleGraph.Public ? RoleGraph.PublicName : graph.NameOf(grantee),
            IsPublic = grantee == RoleGraph.Public,
            Grantor = reader.IsDBNull(9) ? null : graph.NameOf(reader.GetFieldValue<uint>(9)),
            Privilege = string.Intern(reader.GetString(10)),
            // The owner may grant on whatever there is, without being told so.
            IsGrantable = reader.GetBoolean(11) || (ways is not null && ways.ContainsKey(owner)),
            Via = ways?.GetValueOrDefault(grantee) ?? [],
        };
    }

    private static string? Text(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}
