// SPDX-License-Identifier: MIT
using System.Text;
using System.Text.RegularExpressions;

namespace System.Management.Automation;

/// <summary>A pattern of *, ?, [a-z] and backtick escapes.</summary>
public sealed class WildcardPattern {
    private const string Special = "*?[]";
    private readonly Regex _regex;

    public WildcardPattern(string pattern) : this(pattern, WildcardOptions.None) { }

    public WildcardPattern(string pattern, WildcardOptions options) {
        StringBuilder text = new("^");
        for (int i = 0; i < pattern.Length; i++) {
            char c = pattern[i];
            int end = c == '[' && i + 2 < pattern.Length ? pattern.IndexOf(']', i + 2) : -1;
            text.Append(c switch {
                '*' => ".*",
                '?' => ".",
                '`' when i + 1 < pattern.Length => Regex.Escape(pattern[++i].ToString()),
                '[' when end > 0 => "[" + pattern[(i + 1)..end].Replace(@"\", @"\\").Replace("[", @"\[").Replace("^", @"\^") + "]",
                '[' => throw new RuntimeException($"The specified wildcard character pattern is not valid: {pattern}", "RuntimeException", ErrorCategory.NotSpecified, null),
                _ => Regex.Escape(c.ToString()),
            });
            i = c == '[' && end > 0 ? end : i;
        }

        _regex = new Regex(text.Append(@"\z").ToString(), RegexOptions.Singleline
            | (options.HasFlag(WildcardOptions.IgnoreCase) ? RegexOptions.IgnoreCase : 0) | RegexOptions.CultureInvariant);
    }

    public static WildcardPattern Get(string pattern, WildcardOptions options) => new(pattern, options);
    public static bool ContainsWildcardCharacters(string? pattern) =>
        pattern is not null && Enumerable.Range(0, pattern.Length).Any(i => Special.Contains(pattern[i], StringComparison.Ordinal) && (i == 0 || pattern[i - 1] != '`'));
    public static string Escape(string pattern) => string.Concat(pattern.Select(c => Special.Contains(c, StringComparison.Ordinal) ? "`" + c : c.ToString()));
    public static string Unescape(string pattern) => Regex.Replace(pattern, "`([*?\\[\\]])", "$1");
    public bool IsMatch(string input) => input is not null && _regex.IsMatch(input);
}
