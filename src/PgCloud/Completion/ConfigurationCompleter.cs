// SPDX-License-Identifier: MIT

using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace PgCloud.Completion;

/// <summary>Completes the names of the parameters that can be set on an instance, and the values of one where they are counted.</summary>
public sealed class ConfigurationCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        IReadOnlyList<PgConfiguration> all = InstanceQuestion.Ask(
            fakeBoundParameters,
            "Instance",
            (cloud, instance, cancellation) => cloud.Configuration.GetAsync(instance, new Silence(), cancellation)) ?? [];
        if (parameterName.Equals("Name", StringComparison.OrdinalIgnoreCase))
        {
            return Completions.Matching(wordToComplete, all.Select(c => (c.Name, ToolTip(c))));
        }

        string? name = fakeBoundParameters["Name"]?.ToString();
        PgConfiguration? parameter = all.FirstOrDefault(c => string.Equals(c.Name, name, StringComparison.OrdinalIgnoreCase));
        IEnumerable<string> values = parameter?.Type == "Boolean" ? ["true", "false"] : parameter?.AllowedValue ?? [];
        return Completions.Matching(wordToComplete, values.Select(v => (v, $"{name} {v}")));
    }

    private static string ToolTip(PgConfiguration parameter)
    {
        string bounds = parameter.AllowedValue.Count > 0 ? string.Join(", ", parameter.AllowedValue)
            : parameter.Minimum is null && parameter.Maximum is null ? parameter.Type
            : string.Create(CultureInfo.InvariantCulture, $"{parameter.Type}, {parameter.Minimum} to {parameter.Maximum}");
        return parameter.Description.Length == 0 ? bounds : $"{parameter.Description} ({bounds})";
    }
}
