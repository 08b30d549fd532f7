// SPDX-License-Identifier: MIT

using System.Management.Automation;

namespace PgCloud.Completion;

/// <summary>What the completers share.</summary>
internal static class Completions
{
    /// <summary>The names that begin as the word does, quoted where they must be.</summary>
    internal static IEnumerable<CompletionResult> Matching(string? word, IEnumerable<(string Name, string ToolTip)> candidates)
    {
        string begin = (word ?? string.Empty).Trim('\'', '"');
        var pattern = new WildcardPattern(WildcardPattern.Escape(begin) + "*", WildcardOptions.IgnoreCase);
        return candidates
            .Where(c => pattern.IsMatch(c.Name))
            .OrderBy(c => c.Name, StringComparer.OrdinalIgnoreCase)
            .Select(c => new CompletionResult(Quote(c.Name), c.Name, CompletionResultType.ParameterValue, c.ToolTip));
    }

    /// <summary>The ids that begin as the word does, in the order given, each with what the list shows in its place.</summary>
    internal static IEnumerable<CompletionResult> OfIds(string? word, IEnumerable<(string Id, string Shown, string ToolTip)> candidates)
    {
        string begin = (word ?? string.Empty).Trim('\'', '"');
        return candidates
            .Where(c => c.Id.StartsWith(begin, StringComparison.OrdinalIgnoreCase))
            .Select(c => new CompletionResult(c.Id, c.Shown, CompletionResultType.ParameterValue, c.ToolTip));
    }

    private static string Quote(string name) =>
        name.All(c => char.IsLetterOrDigit(c) || c is '_' or '-' or '.')
            ? name
            : $"'{name.Replace("'", "''", StringComparison.Ordinal)}'";
}
