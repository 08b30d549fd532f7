// SPDX-License-Identifier: MIT

using System.Globalization;

namespace PgCloud.Engine.Sql.Queries;

/// <summary>Says in words where in the user's text the server found something wrong.</summary>
internal static class QueryPlace
{
    private const int LongestWord = 40;

    /// <summary>The line and column, and the name or operator that stands there, where the message does not tell already.</summary>
    internal static string Describe(string text, int place, string message)
    {
        int line = 1 + text.AsSpan(0, place).Count('\n');
        int column = place - text.LastIndexOf('\n', Math.Max(place - 1, 0), place);
        string word = Word(text, place);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"line {line}, column {column}{(word.Length == 0 || message.Contains(word, StringComparison.Ordinal) ? string.Empty : $", near {word}")}");
    }

    // Never a literal or a number, which may be a secret.
    private static string Word(string text, int place)
    {
        int end = place;
        if (place < text.Length && (char.IsLetter(text[place]) || text[place] == '_'))
        {
            while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] is '_' or '.'))
            {
                end++;
            }

            // E'…', B'…' and U&'…' are literals too.
            return end < text.Length && text[end] is '\'' or '&' ? string.Empty : text[place..Math.Min(end, place + LongestWord)];
        }

        while (end < text.Length && "+-*/<>=~!@#%^&|`?".Contains(text[end], StringComparison.Ordinal))
        {
            end++;
        }

        return text[place..end];
    }
}
