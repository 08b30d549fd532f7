// SPDX-License-Identifier: MIT

using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace PgCloud.Completion;

/// <summary>Completes the ids of an instance's maintenance; the list shows what each is.</summary>
public sealed class MaintenanceCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        IReadOnlyList<PgMaintenance> all = InstanceQuestion.Ask(
            fakeBoundParameters,
            "Instance",
            (cloud, instance, cancellation) => cloud.Maintenances.GetAsync(instance, new Silence(), cancellation)) ?? [];
        return Completions.OfIds(wordToComplete, all.Select(m => (m.Id, $"{m.Status}: {m.Description}", $"{m.Status}: {m.Description}")));
    }
}
