// SPDX-License-Identifier: MIT

using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using PgCloud.Contracts;

namespace PgCloud.Completion;

/// <summary>
///   Completes the names of what an instance has, once the line names the instance. Never throws, and gives up after two seconds.
/// </summary>
public abstract class InstancePartCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        IEnumerable<(string Name, string ToolTip)>? names = InstanceQuestion.Ask(fakeBoundParameters, "Instance", ReadAsync);
        return Completions.Matching(wordToComplete, names ?? []);
    }

    private protected abstract Task<IEnumerable<(string Name, string ToolTip)>> ReadAsync(
        ICloudProvider cloud, PgInstance instance, CancellationToken cancellation);
}
