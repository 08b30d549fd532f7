// SPDX-License-Identifier: MIT

using System.Text;

namespace PgCloud.Engine.Sql.Queries;

/// <summary>Reads ranges and multiranges as PostgreSQL writes them: <c>[1,5)</c>, <c>empty</c>, <c>{[1,2),["a b",)}</c>.</summary>
internal static class TextRanges
{
    /// <summary>How ranges of a type are read.</summary>
    internal static TextParser<PgRange> Parser(ColumnType bound) => (ReadOnlySpan<byte> text, out PgRange range) =>
    {
        int place = 0;
        range = text.SequenceEqual("empty"u8) ? new PgRange("empty") { IsEmpty = true } : Range(text, ref place, bound);
        return range.IsEmpty || place == text.Length;
    };

    /// <summary>How multiranges of a type are read.</summary>
    internal static TextParser<PgRange[]> MultirangeParser(ColumnType bound) => (ReadOnlySpan<byte> text, out PgRange[] ranges) =>
    {
        var found = new List<PgRange>();
        // Past the opening brace, and then past each comma.
        for (int place = 1; place < text.Length && text[place] != '}'; place += place < text.Length && text[place] == ',' ? 1 : 0)
        {
            found.Add(Range(text, ref place, bound));
        }

        ranges = [.. found];
        return true;
    };

    private static PgRange Range(ReadOnlySpan<byte> text, ref int place, ColumnType bound)
    {
        int begin = place;
        bool includesLower = text[place++] == '[';
        object? lower = Bound(text, ref place, bound);
        place++;
        object? upper = Bound(text, ref place, bound);
        bool includesUpper = text[place++] == ']';
        return new PgRange(Encoding.UTF8.GetString(text[begin..place]))
        {
            Lower = lower,
            Upper = upper,
            IncludesLower = includesLower,
            IncludesUpper = includesUpper,
        };
    }

    /// <summary>Reads up to the comma or bracket that ends the bound.</summary>
    private static object? Bound(ReadOnlySpan<byte> text, ref int place, ColumnType bound)
    {
        int begin = place;
        place += text[place..].IndexOfAny(",)]"u8);
        if (text[begin] == '"')
        {
            // What ranges of the built-in types quote, times with a space in them, holds no quote itself.
            place = begin + 1 + text[(begin + 1)..].IndexOf((byte)'"');
            return bound.Parse(text[(begin + 1)..place++]);
        }

        return place == begin ? null : bound.Parse(text[begin..place]);
    }
}
