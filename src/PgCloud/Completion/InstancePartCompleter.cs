// SPDX-License-Identifier: MIT

using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using PgCloud.Contracts;
using PgCloud.Pipeline;

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
        object? given = First(fakeBoundParameters?["Instance"]);
        IEnumerable<(string Name, string ToolTip)>? names = given switch
        {
            PgInstance { Session: { } session } instance when fakeBoundParameters?["Session"] is null =>
                CloudQuestion.Ask(cancellation => ReadAsync(session.Cloud, instance, cancellation)),
            PgInstance instance => CloudQuestion.Ask(
                fakeBoundParameters, (session, cancellation) => ReadAsync(session.Cloud, instance, cancellation)),
            string { Length: > 0 } name => CloudQuestion.Ask(
                fakeBoundParameters,
                async (session, cancellation) => await session.Cloud.FindInstanceAsync(name, new Silence(), cancellation) is { } instance
                    ? await ReadAsync(session.Cloud, instance, cancellation)
                    : []),
            _ => null,
        };
        return Completions.Matching(wordToComplete, names ?? []);
    }

    private protected abstract Task<IEnumerable<(string Name, string ToolTip)>> ReadAsync(
        ICloudProvider cloud, PgInstance instance, CancellationToken cancellation);

    private static object? First(object? given)
    {
        object? value = given is PSObject wrapped ? wrapped.BaseObject : given;
        return value switch
        {
            string => value,
            InstanceArgument argument => argument.Instance ?? (object)argument.NameOrId,
            IEnumerable several => First(several.Cast<object?>().FirstOrDefault()),
            _ => value,
        };
    }
}
