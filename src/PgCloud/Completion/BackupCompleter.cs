// SPDX-License-Identifier: MIT

using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace PgCloud.Completion;

/// <summary>Completes the ids of an instance's backups, the newest first; the list shows when each was made.</summary>
public sealed class BackupCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string instance = parameterName.Equals("FromBackup", StringComparison.OrdinalIgnoreCase) ? "FromInstance" : "Instance";
        IReadOnlyList<PgBackup> backups = InstanceQuestion.Ask(
            fakeBoundParameters, instance, (cloud, found, cancellation) => cloud.Backups.GetAsync(found, new Silence(), cancellation)) ?? [];
        return Completions.OfIds(wordToComplete, backups.Select(b => (
            b.Id,
            string.Create(CultureInfo.InvariantCulture, $"{b.CreatedAt:u} {b.Id}"),
            string.Create(CultureInfo.InvariantCulture, $"{b.CreatedAt:u}, {b.Type}, {b.Status}"))));
    }
}
