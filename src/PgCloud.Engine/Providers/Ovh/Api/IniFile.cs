// SPDX-License-Identifier: MIT

namespace PgCloud.Engine.Providers.Ovh.Api;

/// <summary>A configuration file as OVHcloud's own clients read it: sections, <c>key = value</c>, comments after <c>;</c> and <c>#</c>.</summary>
internal static class IniFile
{
    /// <summary>The values by section and key; a later one wins. Upper and lower case are the same.</summary>
    /// <exception cref="FormatException">The number of the first line that is nothing of these; never its text, which may be a secret.</exception>
    internal static Dictionary<(string Section, string Key), string> Parse(IEnumerable<string> lines)
    {
        var values = new Dictionary<(string, string), string>();
        string section = string.Empty;
        int number = 0;
        foreach (string raw in lines)
        {
            number++;
            string line = WithoutComment(raw);
            if (line.Length == 0)
            {
                continue;
            }

            if (line[0] == '[' && line[^1] == ']')
            {
                section = line[1..^1].Trim().ToLowerInvariant();
                continue;
            }

            int sign = line.AsSpan().IndexOfAny('=', ':');
            if (sign <= 0)
            {
                throw new FormatException(FormattableString.Invariant($"line {number}"));
            }

            values[(section, line[..sign].Trim().ToLowerInvariant())] = Unquoted(line[(sign + 1)..].Trim());
        }

        return values;
    }

    private static string WithoutComment(string line)
    {
        string text = line.Trim();
        if (text.Length > 0 && text[0] is (';' or '#'))
        {
            return string.Empty;
        }

        for (int i = 1; i < text.Length; i++)
        {
            if (text[i] is (';' or '#') && char.IsWhiteSpace(text[i - 1]))
            {
                return text[..i].TrimEnd();
            }
        }

        return text;
    }

    private static string Unquoted(string value) =>
        value.Length >= 2 && value[0] is ('"' or '\'') && value[^1] == value[0] ? value[1..^1] : value;
}
