// SPDX-License-Identifier: MIT

using System.Globalization;

namespace PgCloud.Engine.Sql.Queries;

/// <summary>Reads intervals as PostgreSQL writes them with its own IntervalStyle: <c>-1 days +02:03:04.5</c>.</summary>
internal static class TextInterval
{
    /// <summary>Reads one; fails on months and years, which have no fixed length, and on other styles.</summary>
    internal static bool TryParse(string text, out TimeSpan span)
    {
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
            }
            else if (i + 1 < words.Length && words[i + 1] is "day" or "days"
                && int.TryParse(words[i], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int days)
                && Math.Abs((long)days) < TimeSpan.MaxValue.Days)
            {
                span += TimeSpan.FromDays(days);
                i++;
            }
            else
            {
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
