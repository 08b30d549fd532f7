// SPDX-License-Identifier: MIT

using System.Management.Automation;

namespace PgCloud.Pipeline;

/// <summary>The names that a Get- cmdlet was asked for. A name without wildcards that nothing matched is an error, not silence.</summary>
internal sealed class NameFilter
{
    private readonly (string Text, WildcardPattern? Pattern)[] _names;
    private readonly StringComparison _comparison;

    internal NameFilter(IEnumerable<string> names, StringComparison comparison)
    {
        _comparison = comparison;
        WildcardOptions options = comparison == StringComparison.OrdinalIgnoreCase ? WildcardOptions.IgnoreCase : WildcardOptions.None;
        _names = [.. names.Select(n => Pattern(n, options) is { } pattern ? (n, pattern) : (WildcardPattern.Unescape(n), (WildcardPattern?)null))];
    }

    /// <summary>The pattern that a name is; <see langword="null"/> where it is none: a [ that nothing closes is a character like any other.</summary>
    private static WildcardPattern? Pattern(string name, WildcardOptions options)
    {
        if (!WildcardPattern.ContainsWildcardCharacters(name))
        {
            return null;
        }

        try
        {
            // It is read at its first use.
            var pattern = new WildcardPattern(name, options);
            pattern.IsMatch(string.Empty);
            return pattern;
        }
        catch (WildcardPatternException)
        {
            return null;
        }
    }

    /// <summary>Whether a name was asked for.</summary>
    internal bool Includes(string name) =>
        Array.Exists(_names, n => n.Pattern?.IsMatch(name) ?? string.Equals(n.Text, name, _comparison));

    /// <summary>Whether a name was asked for as it is, not by a pattern that it happens to match.</summary>
    internal bool IncludesExactly(string name) => Array.Exists(_names, n => n.Pattern is null && string.Equals(n.Text, name, _comparison));

    /// <summary>The names without wildcards that are not among those found.</summary>
    internal IEnumerable<string> Missing(IEnumerable<string> found)
    {
        var present = found.ToList();
        return _names
            .Where(n => n.Pattern is null && !present.Exists(p => string.Equals(p, n.Text, _comparison)))
            .Select(n => n.Text);
    }
}
