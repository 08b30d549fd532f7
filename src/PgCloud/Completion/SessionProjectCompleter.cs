// SPDX-License-Identifier: MIT

using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace PgCloud.Completion;

/// <summary>Completes the projects, or the resource groups, of the session's account.</summary>
public sealed class SessionProjectCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        IReadOnlyList<PgCloudProject> projects = CloudQuestion.Ask(
            fakeBoundParameters, (session, cancellation) => session.Cloud.GetProjectsAsync(new Silence(), cancellation)) ?? [];
        return Completions.Matching(wordToComplete, projects.Select(p => (p.Name.Length == 0 ? p.Id : p.Name, p.Id)));
    }
}
