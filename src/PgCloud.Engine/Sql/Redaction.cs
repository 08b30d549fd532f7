// SPDX-License-Identifier: MIT

using System.Text.RegularExpressions;

namespace PgCloud.Engine.Sql;

/// <summary>The one place that takes secrets out of what a server says, before it goes into an error.</summary>
internal static class Redaction
{
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;

    /// <summary>The text without verifiers, and without what follows the word PASSWORD in a statement.</summary>
    internal static string Clean(string text)
    {
        // Both words are rare: the pattern machinery is not even loaded for other texts.
        if (text.Contains("SCRAM-SHA-256$", StringComparison.OrdinalIgnoreCase))
        {
            text = Regex.Replace(text, @"SCRAM-SHA-256\$[^\s'""]*", "***", Options);
        }

        if (text.Contains("PASSWORD", StringComparison.OrdinalIgnoreCase) && text.Contains('\'', StringComparison.Ordinal))
        {
            text = Regex.Replace(text, @"(PASSWORD\s*)(E|U&)?'(?:[^']|'')*('|$)", "$1'***'", Options);
        }

        return text;
    }

    /// <summary>The same for a field that may be missing.</summary>
    internal static string? CleanOrNull(string? text) => string.IsNullOrEmpty(text) ? null : Clean(text);
}
