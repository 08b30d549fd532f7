// SPDX-License-Identifier: MIT

using System.Globalization;

namespace PgCloud;

/// <summary>How a query and the time it takes are shown in a table.</summary>
internal static class QueryText
{
    private const int ShortLength = 60;

    /// <summary>The beginning of a query on one line.</summary>
    internal static string Shorten(string query)
    {
        string line = string.Join(' ', query.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (line.Length <= ShortLength)
        {
            return line;
        }

        // Not through the middle of a surrogate pair.
        int end = char.IsHighSurrogate(line[ShortLength - 2]) ? ShortLength - 2 : ShortLength - 1;
        return line[..end] + "…";
    }

    /// <summary>A time in whole seconds.</summary>
    internal static string Elapsed(TimeSpan duration) =>
        duration.ToString(duration >= TimeSpan.FromDays(1) ? @"d\.hh\:mm\:ss" : @"hh\:mm\:ss", CultureInfo.InvariantCulture);
}
