// SPDX-License-Identifier: MIT

using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace PgCloud.Completion;

/// <summary>Completes the names of OVHcloud's APIs.</summary>
public sealed class EndpointCompleter : IArgumentCompleter
{
    private static readonly (string Name, string ToolTip)[] Names =
    [
        ("ovh-eu", "Europe: https://eu.api.ovh.com/1.0"),
        ("ovh-ca", "Canada and Asia: https://ca.api.ovh.com/1.0"),
        ("ovh-us", "United States: https://api.us.ovhcloud.com/1.0"),
    ];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completions.Matching(wordToComplete, Names);
}
