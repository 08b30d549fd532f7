// SPDX-License-Identifier: MIT

using System.Globalization;

namespace PgCloud.Engine.Sql.Queries;

/// <summary>Reads timestamps as PostgreSQL writes them with DateStyle ISO: <c>2030-01-02 03:04:05.678901+05:30</c>.</summary>
internal static class TextTimestamp
{
    private const int WholeSeconds = 19;

    /// <summary>Reads one; fails on years beyond four digits, BC and other styles.</summary>
    internal static bool TryParse(ReadOnlySpan<char> text, out DateTime moment, out TimeSpan? offset)
    {
        moment = default;
        offset = null;
        if (text.Length < WholeSeconds || text[4] != '-' || text[7] != '-' || text[10] != ' ' || text[13] != ':' || text[16] != ':'
            || !Number(text[..4], out int year) || !Number(text[5..7], out int month) || !Number(text[8..10], out int day)
            || !Number(text[11..13], out int hour) || !Number(text[14..16], out int minute) || !Number(text[17..19], out int second)
            || year is 0 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59)
        {
            return false;
        }

        long fraction = 0;
        text = text[WholeSeconds..];
        if (text is ['.', ..])
        {
            int digits = 1;
            for (long scale = TimeSpan.TicksPerSecond / 10; digits < text.Length && char.IsAsciiDigit(text[digits]); digits++, scale /= 10)
            {
                fraction += (text[digits] - '0') * scale;
            }

            text = text[digits..];
        }

        moment = new DateTime(year, month, day, hour, minute, second).AddTicks(fraction);
        return text.IsEmpty || TryOffset(text, out offset);
    }

    // +hh, +hh:mm or, for the local mean times of old, +hh:mm:ss.
    private static bool TryOffset(ReadOnlySpan<char> text, out TimeSpan? offset)
    {
        offset = null;
        if (text.Length is not (3 or 6 or 9) || text[0] is not ('+' or '-') || !Number(text[1..3], out int hours))
        {
            return false;
        }

        int minutes = 0;
        int seconds = 0;
        if ((text.Length >= 6 && !Number(text[4..6], out minutes)) || (text.Length == 9 && !Number(text[7..9], out seconds)))
        {
            return false;
        }

        var ahead = new TimeSpan(hours, minutes, seconds);
        offset = text[0] == '-' ? -ahead : ahead;
        return true;
    }

    private static bool Number(ReadOnlySpan<char> digits, out int number) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
