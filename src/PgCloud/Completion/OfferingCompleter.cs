// SPDX-License-Identifier: MIT

using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace PgCloud.Completion;

/// <summary>
///   Completes region, version, plan and flavor with what the default session's cloud offers together with what is on the line already.
/// </summary>
public sealed class OfferingCompleter : IArgumentCompleter
{
    private static readonly (string Parameter, Func<PgOffering, string> Value)[] Parts =
    [
        ("Region", o => o.Region),
        ("Version", o => o.Version),
        ("Plan", o => o.Plan),
        ("Flavor", o => o.Flavor),
    ];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        Func<PgOffering, string>? part = Array.Find(Parts, p => p.Parameter.Equals(parameterName, StringComparison.OrdinalIgnoreCase)).Value;
        if (part is null)
        {
            return [];
        }

        IReadOnlyList<PgOffering> offers = CloudQuestion.Ask(
            fakeBoundParameters, (session, cancellation) => session.Cloud.GetOfferingsAsync(new Silence(), cancellation)) ?? [];
        return Completions.Matching(
            wordToComplete,
            offers
                .Where(o => Parts.All(p => p.Value == part || Fits(fakeBoundParameters?[p.Parameter], p.Value(o))))
                .GroupBy(part, StringComparer.OrdinalIgnoreCase)
                .Select(g => (g.Key, string.Join(", ", g.Select(o => o.ToString()).Take(5)))));
    }

    private static bool Fits(object? given, string offered) =>
        (given is PSObject wrapped ? wrapped.BaseObject : given) is not string text
        || new WildcardPattern(text, WildcardOptions.IgnoreCase).IsMatch(offered);
}
