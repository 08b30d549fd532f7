// SPDX-License-Identifier: MIT

using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using PgCloud.Errors;
using PgCloud.Pipeline;

namespace PgCloud.Completion;

/// <summary>Completes the names of the default session's instances. Never throws, and gives up after two seconds.</summary>
public sealed class InstanceNameCompleter : IArgumentCompleter
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        object? given = fakeBoundParameters?["Session"];
        PgCloudSession? session = (given is PSObject wrapped ? wrapped.BaseObject : given) as PgCloudSession
            ?? SessionTable.Current.All.FirstOrDefault(s =>
                given is null ? s.IsDefault : string.Equals(s.Name, given.ToString(), StringComparison.OrdinalIgnoreCase));
        if (session is null)
        {
            return [];
        }

        using var patience = new CancellationTokenSource(Patience);
        try
        {
            IReadOnlyList<PgInstance> instances = Task
                .Run(() => session.Cloud.GetInstancesAsync(new Silence(), patience.Token), patience.Token)
                .WaitAsync(Patience)
                .GetAwaiter().GetResult();
            return Completions.Matching(wordToComplete, instances.Select(i => (i.Name, $"{i.Status}, PostgreSQL {i.Version}")));
        }
        catch (Exception exception) when (exception is PgCloudException or OperationCanceledException or TimeoutException or IOException)
        {
            return [];
        }
    }
}
