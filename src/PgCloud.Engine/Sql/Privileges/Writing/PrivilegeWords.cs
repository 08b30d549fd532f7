// SPDX-License-Identifier: MIT

using PgCloud.Errors;

namespace PgCloud.Engine.Sql.Privileges.Writing;

/// <summary>Privileges in the words of the user and of the catalog, and what ALL means.</summary>
internal static class PrivilegeWords
{
    /// <summary>The privileges in the catalog's words, each once, in the order of PostgreSQL's documentation.</summary>
    /// <exception cref="PgCloudException"><c>PgCloud.Privilege.NotApplicable</c>, <c>VersionTooOld</c>.</exception>
    internal static IReadOnlyList<string> Of(IEnumerable<string> words, PgObjectType type, Version server)
    {
        IReadOnlyList<string> all = AllOf(type, server);
        var asked = new HashSet<string>(StringComparer.Ordinal);
        foreach (string word in words)
        {
            string privilege = Canonical(word);
            if (privilege == "ALL")
            {
                asked.UnionWith(all);
            }
            else if (all.Contains(privilege))
            {
                asked.Add(privilege);
            }
            else if (privilege == "MAINTAIN" && all.Contains("TRIGGER"))
            {
                throw PgErrors.PrivilegeVersionTooOld("MAINTAIN", 17, server);
            }
            else
            {
                throw PgErrors.PrivilegeNotApplicable(word, type.ToString(), all);
            }
        }

        return [.. all.Where(asked.Contains)];
    }

    /// <summary>GRANT's word for a kind.</summary>
    internal static string KeywordOf(PgObjectType type) => type switch
    {
        PgObjectType.Routine => "ROUTINE",
        PgObjectType.Column => "TABLE",
        _ => KindOf(type).Keyword,
    };

    private static IReadOnlyList<string> AllOf(PgObjectType type, Version server) => type switch
    {
        PgObjectType.Column => ObjectKind.OfColumn,
        PgObjectType.Routine => KindOf(PgObjectType.Function).AllFor(server),
        _ => KindOf(type).AllFor(server),
    };

    private static ObjectKind KindOf(PgObjectType type) => ObjectKind.Every.First(kind => kind.Type == type);

    private static string Canonical(string word) => word.Trim().ToUpperInvariant() switch
    {
        "ALL PRIVILEGES" => "ALL",
        "TEMP" => "TEMPORARY",
        var privilege => privilege,
    };
}
