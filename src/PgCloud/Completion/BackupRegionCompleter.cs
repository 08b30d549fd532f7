// SPDX-License-Identifier: MIT

using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace PgCloud.Completion;

/// <summary>Completes the regions in which backups can be kept: those of the instance on the line, or for a new one all there are.</summary>
public sealed class BackupRegionCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        IEnumerable<string> regions = fakeBoundParameters.Contains("Instance")
            ? InstanceQuestion.Ask(
                fakeBoundParameters,
                "Instance",
                (cloud, instance, cancellation) => cloud.Backups.GetRegionsAsync(instance, new Silence(), cancellation)) ?? []
            : (CloudQuestion.Ask(
                fakeBoundParameters, (session, cancellation) => session.Cloud.GetOfferingsAsync(new Silence(), cancellation)) ?? [])
                .Select(o => o.Region).Distinct(StringComparer.OrdinalIgnoreCase);
        return Completions.Matching(wordToComplete, regions.Select(r => (r, r)));
    }
}
