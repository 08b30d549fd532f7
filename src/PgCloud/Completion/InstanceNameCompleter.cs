// SPDX-License-Identifier: MIT

using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace PgCloud.Completion;

/// <summary>Completes the names of the default session's instances. Never throws, and gives up after two seconds.</summary>
public sealed class InstanceNameCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        IReadOnlyList<PgInstance> instances = CloudQuestion.Ask(
            fakeBoundParameters, (session, cancellation) => session.Cloud.GetInstancesAsync(new Silence(), cancellation)) ?? [];
        return Completions.Matching(wordToComplete, instances.Select(i => (i.Name, $"{i.Status}, PostgreSQL {i.Version}")));
    }
}
