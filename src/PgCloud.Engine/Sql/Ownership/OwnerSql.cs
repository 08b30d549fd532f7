// SPDX-License-Identifier: MIT

using PgCloud.Engine.Sql.Privileges.Writing;

namespace PgCloud.Engine.Sql.Ownership;

/// <summary>Builds statements about owners.</summary>
internal static class OwnerSql
{
    /// <summary>ALTER … OWNER TO.</summary>
    internal static string Alter(AclHolder holder, string owner) => $"ALTER {Keyword(holder.Type)} {holder.Reference} OWNER TO {PgNames.Quote(owner)}";

    // ALTER tells the kinds of relations apart, which GRANT does not.
    private static string Keyword(PgObjectType type) => type switch
    {
        PgObjectType.View => "VIEW",
        PgObjectType.MaterializedView => "MATERIALIZED VIEW",
        PgObjectType.ForeignTable => "FOREIGN TABLE",
        PgObjectType.ForeignServer => "SERVER",
        _ => PrivilegeWords.KeywordOf(type),
    };
}
