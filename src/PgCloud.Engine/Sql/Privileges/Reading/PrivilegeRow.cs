// SPDX-License-Identifier: MIT

using Npgsql;

namespace PgCloud.Engine.Sql.Privileges.Reading;

/// <summary>Makes privileges of the rows of <see cref="PrivilegeQueries"/>: several of each.</summary>
/// <param name="graph">The roles' names.</param>
/// <param name="ways">How the role that was asked about comes by each grantee's rights; <see langword="null"/> where none was.</param>
internal sealed class PrivilegeRow(RoleGraph graph, IReadOnlyDictionary<uint, IReadOnlyList<string>>? ways)
{
    private readonly Dictionary<string, string[]> _words = new(StringComparer.Ordinal);

    // Many objects in turn are in one schema.
    private string? _schema;

    internal void Read(NpgsqlDataReader reader, List<PgPrivilege> privileges)
    {
        var type = (PgObjectType)reader.GetInt32(0);
        string? schema = Text(reader, 1);
        _schema = schema == _schema ? _schema : schema;
        string? name = Text(reader, 2);
        string? column = Text(reader, 3);
        uint owner = reader.GetFieldValue<uint>(5);
        string ownerName = graph.NameOf(owner);
        bool isBuiltIn = reader.GetBoolean(6);
        bool isDefault = reader.GetBoolean(7);
        string objectName = isDefault ? DefaultPrivileges.Describe(type, ownerName, schema) : reader.GetString(4);
        uint[] grantees = reader.GetFieldValue<uint[]>(8);
        uint[] grantors = reader.GetFieldValue<uint[]>(9);
        string[] words = Words(reader.GetString(10));
        bool[] grantables = reader.GetFieldValue<bool[]>(11);
        // The owner may grant on whatever there is, without being told so.
        bool isOwner = ways is not null && ways.ContainsKey(owner);
        for (int i = 0; i < grantees.Length; i++)
        {
            bool isPublic = grantees[i] == RoleGraph.Public;
            privileges.Add(new PgPrivilege
            {
                ObjectType = type,
                Schema = _schema,
                Name = name,
                Column = column,
                ObjectName = objectName,
                Owner = ownerName,
                IsBuiltIn = isBuiltIn,
                IsDefault = isDefault,
                Grantee = isPublic ? RoleGraph.PublicName : graph.NameOf(grantees[i]),
                IsPublic = isPublic,
                Grantor = grantors[i] == 0 ? null : graph.NameOf(grantors[i]),
                Privilege = words[i],
                IsGrantable = grantables[i] || isOwner,
                Via = ways?.GetValueOrDefault(grantees[i]) ?? [],
            });
        }
    }

    /// <summary>Many objects have the same ACL, and there are few words for privileges.</summary>
    private string[] Words(string joined)
    {
        if (!_words.TryGetValue(joined, out string[]? words))
        {
            _words.Add(joined, words = Array.ConvertAll(joined.Split(','), string.Intern));
        }

        return words;
    }

    private static string? Text(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}
