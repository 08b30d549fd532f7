// SPDX-License-Identifier: MIT

using System.Management.Automation;
using System.Text;
using PgCloud.Contracts;

namespace PgCloud.Pipeline;

/// <summary>Turns PowerShell's wildcards into what the server can filter by, so that what nobody asked for does not travel.</summary>
internal static class NamePatterns
{
    private const string Special = @"\^$.|?*+()[]{}";

    /// <summary>The names, those with wildcards as regular expressions.</summary>
    internal static IReadOnlyCollection<NamePattern> From(IEnumerable<string>? names) =>
        names is null
            ? []
            : [.. names.Select(name => WildcardPattern.ContainsWildcardCharacters(name)
                ? new NamePattern(name, Expression(name))
                : new NamePattern(WildcardPattern.Unescape(name), null))];

    /// <summary>A wildcard pattern as a PostgreSQL regular expression: case matters, as in PostgreSQL's names.</summary>
    internal static string Expression(string pattern)
    {
        var expression = new StringBuilder("^");
        for (int i = 0; i < pattern.Length; i++)
        {
            char c = pattern[i];
            int end = c == '[' ? pattern.IndexOf(']', i + 1) : -1;
            if (c == '`' && i + 1 < pattern.Length)
            {
                Append(expression, pattern[++i]);
            }
            else if (c == '*')
            {
                expression.Append(".*");
            }
            else if (c == '?')
            {
                expression.Append('.');
            }
            else if (end > i + 1)
            {
                AppendSet(expression, pattern[(i + 1)..end]);
                i = end;
            }
            else
            {
                Append(expression, c);
            }
        }

        return expression.Append('$').ToString();
    }

    // PowerShell knows single characters and ranges in a set, and no negation.
    private static void AppendSet(StringBuilder expression, string set)
    {
        expression.Append("(?:");
        for (int i = 0; i < set.Length; i++)
        {
            expression.Append(i == 0 ? string.Empty : "|");
            if (i + 2 < set.Length && set[i + 1] == '-' && char.IsLetterOrDigit(set[i]) && char.IsLetterOrDigit(set[i + 2]))
            {
                expression.Append('[').Append(set[i]).Append('-').Append(set[i + 2]).Append(']');
                i += 2;
            }
            else
            {
                Append(expression, set[i]);
            }
        }

        expression.Append(')');
    }

    private static void Append(StringBuilder expression, char c)
    {
        if (Special.Contains(c, StringComparison.Ordinal))
        {
            expression.Append('\\');
        }

        expression.Append(c);
    }
}
