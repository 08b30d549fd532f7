// SPDX-License-Identifier: MIT

namespace PgCloud.Engine.Sql.Queries;

/// <summary>
///   What statements are called in PostgreSQL's answers (PostgreSQL documentation, "Event Trigger Firing Matrix" and CommandComplete), told
///   from their first words. For an audit trail: nothing but words of SQL comes out.
/// </summary>
internal static class StatementTags
{
    private static readonly HashSet<string> Reading =
    [
        "SELECT", "VALUES", "TABLE", "SHOW", "EXPLAIN", "WITH", "BEGIN", "START", "COMMIT", "END", "ROLLBACK", "ABORT", "SAVEPOINT", "RELEASE",
        "DECLARE", "FETCH", "MOVE", "CLOSE", "SET", "RESET", "LISTEN", "UNLISTEN", "DISCARD", "PREPARE", "DEALLOCATE", "LOCK", "LOAD",
    ];

    private static readonly HashSet<string> Writing =
    [
        "INSERT", "UPDATE", "DELETE", "MERGE", "COPY", "TRUNCATE", "CREATE", "ALTER", "DROP", "GRANT", "REVOKE", "COMMENT", "SECURITY", "REASSIGN",
        "REINDEX", "REFRESH", "CLUSTER", "VACUUM", "ANALYZE", "ANALYSE", "CALL", "DO", "EXECUTE", "IMPORT", "NOTIFY", "CHECKPOINT",
    ];

    private static readonly HashSet<string> Kinds =
    [
        "ACCESS", "AGGREGATE", "CAST", "COLLATION", "CONVERSION", "DATABASE", "DEFAULT", "DOMAIN", "EVENT", "EXTENSION", "FOREIGN", "FUNCTION", "GROUP",
        "INDEX", "LANGUAGE", "LARGE", "MATERIALIZED", "OPERATOR", "OWNED", "POLICY", "PROCEDURE", "PUBLICATION", "ROLE", "ROUTINE", "RULE", "SCHEMA",
        "SEQUENCE", "SERVER", "STATISTICS", "SUBSCRIPTION", "SYSTEM", "TABLE", "TABLESPACE", "TEXT", "TRANSFORM", "TRIGGER", "TYPE", "USER", "VIEW",
    ];

    // Between CREATE and the kind there are at most OR REPLACE, and UNIQUE, TEMPORARY and their like.
    private const int FarthestKind = 5;

    /// <summary>The tags of those statements that may change something.</summary>
    internal static IReadOnlyList<string> ChangesOf(string text) =>
        [.. new SqlScript(text, withWords: true).Words.Select(TagOf).OfType<string>()];

    private static string? TagOf(IReadOnlyList<string> words)
    {
        string? first = words.Count > 0 ? words[0] : null;
        return first switch
        {
            null => null,
            "WITH" or "PREPARE" => words.FirstOrDefault(word => word is "INSERT" or "UPDATE" or "DELETE" or "MERGE"),
            "EXPLAIN" => words.Any(word => word is "ANALYZE" or "ANALYSE") ? words.FirstOrDefault(word => word is "INSERT" or "UPDATE" or "DELETE" or "MERGE") : null,
            "SELECT" => words.Contains("INTO") ? "SELECT INTO" : null,
            "CREATE" or "ALTER" or "DROP" => words.Skip(1).Take(FarthestKind).FirstOrDefault(Kinds.Contains) is { } kind ? $"{first} {kind}" : first,
            _ when Reading.Contains(first) => null,
            _ when Writing.Contains(first) => first,
            // A word that is none of SQL's may be anything.
            _ => "OTHER",
        };
    }
}
