// SPDX-License-Identifier: MIT

using System.Globalization;
using System.Text;

namespace PgCloud.Engine.Sql.Queries;

/// <summary>Reads intervals as PostgreSQL writes them with its own IntervalStyle: <c>1 year 2 mons -1 days +02:03:04.5</c>.</summary>
internal static class TextIntervals
{
    /// <summary>Reads an interval of days and less. Infinity, which PostgreSQL 17 brought, is the longest time that .NET has.</summary>
    internal static bool TryTimeSpan(ReadOnlySpan<byte> text, out TimeSpan span)
    {
        string words = Encoding.ASCII.GetString(text);
        if (words is "infinity" or "-infinity")
        {
            span = words[0] == '-' ? TimeSpan.MinValue : TimeSpan.MaxValue;
            return true;
        }

        return TryParse(words, out int months, out span) && months == 0;
    }

    /// <summary>Reads one with months or years.</summary>
    internal static object Rare(string text) =>
        TryParse(text, out int months, out TimeSpan time) ? new PgInterval(text, months, time) : text;

    private static bool TryParse(string text, out int months, out TimeSpan span)
    {
        months = 0;
        span = default;
        string[] words = text.Split(' ');
        for (int i = 0; i < words.Length; i++)
        {
            if (words[i].Contains(':', StringComparison.Ordinal))
            {
                if (i != words.Length - 1 || !TryTime(words[i], out TimeSpan time))
                {
                    return false;
                }

                span += time;
                continue;
            }

            if (i + 1 == words.Length || !int.TryParse(words[i], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number))
            {
                return false;
            }

            switch (words[++i])
            {
                case "year" or "years" when Math.Abs((long)number) < int.MaxValue / 12:
                    months += number * 12;
                    break;
                case "mon" or "mons":
                    months += number;
                    break;
                case "day" or "days" when Math.Abs((long)number) < TimeSpan.MaxValue.Days / 2:
                    span += TimeSpan.FromDays(number);
                    break;
                default:
                    return false;
            }
        }

        return true;
    }

    private static bool TryTime(string text, out TimeSpan time)
    {
        time = default;
        string[] parts = text.TrimStart('+', '-').Split(':');
        if (parts.Length != 3
            || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int hours)
            || hours > 24 * 1_000_000
            || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int minutes)
            || !decimal.TryParse(parts[2], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal seconds))
        {
            return false;
        }

        time = new TimeSpan(((hours * 3600L) + (minutes * 60L)) * TimeSpan.TicksPerSecond + (long)(seconds * TimeSpan.TicksPerSecond));
        time = text[0] == '-' ? -time : time;
        return true;
    }
}
