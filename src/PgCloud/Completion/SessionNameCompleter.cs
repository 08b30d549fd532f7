// SPDX-License-Identifier: MIT

using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using PgCloud.Pipeline;

namespace PgCloud.Completion;

/// <summary>Completes the names of the sessions of this runspace.</summary>
public sealed class SessionNameCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completions.Matching(wordToComplete, SessionTable.Current.All.Select(s => (s.Name, $"{s.Provider} {s.Account}")));
}
