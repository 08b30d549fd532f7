// SPDX-License-Identifier: MIT

using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using PgCloud.Contracts;
using PgCloud.Pipeline;

namespace PgCloud.Completion;

/// <summary>Completes names of what an instance has, which is given with -Instance. Never throws, and gives up after two seconds.</summary>
public abstract class InstanceDetailCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        object? given = fakeBoundParameters?["Instance"];
        given = given is PSObject wrapped ? wrapped.BaseObject : given;
        InstanceArgument? argument = given switch
        {
            PgInstance instance => new InstanceArgument(instance),
            string name => new InstanceArgument(name),
            _ => given as InstanceArgument,
        };
        return argument is null ? [] : Completions.Matching(wordToComplete, CloudQuestion.Ask(
            fakeBoundParameters,
            async (session, cancellation) =>
            {
                ICloudProvider cloud = (argument.Instance?.Session ?? session).Cloud;
                return await cloud.FindInstanceAsync(argument.NameOrId, new Silence(), cancellation) is { } found
                    ? await ReadAsync(cloud, found, cancellation)
                    : [];
            }) ?? []);
    }

    private protected abstract Task<IEnumerable<(string Name, string ToolTip)>> ReadAsync(
        ICloudProvider cloud, PgInstance instance, CancellationToken cancellation);
}
