// SPDX-License-Identifier: MIT

using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace PgCloud.Completion;

/// <summary>Completes PostgreSQL's words for privileges.</summary>
public sealed class PrivilegeCompleter : IArgumentCompleter
{
    // PostgreSQL 18 documentation, 5.8 Privileges, table 5.1.
    private static readonly string[] Words =
    [
        "ALL", "ALTER SYSTEM", "CONNECT", "CREATE", "DELETE", "EXECUTE", "INSERT", "MAINTAIN", "REFERENCES", "SELECT", "SET", "TEMPORARY",
        "TRIGGER", "TRUNCATE", "UPDATE", "USAGE",
    ];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completions.Matching(wordToComplete, Words.Select(word => (word, word)));
}
