// SPDX-License-Identifier: MIT

using System.Globalization;
using System.Text.RegularExpressions;

namespace PgCloud.Emulator.Ovh.Logs;

/// <summary>The log that a server writes.</summary>
internal static partial class LogFile
{
    private const int Most = 1000;

    internal sealed record Entry(long Timestamp, string Message);

    /// <summary>Its last entries, oldest first. Lines without a time belong to the entry before them.</summary>
    internal static IReadOnlyList<Entry> Read(string path)
    {
        var entries = new List<Entry>();
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (Line().Match(line) is { Success: true } match)
            {
                var time = DateTimeOffset.Parse(match.Groups[1].Value + "Z", CultureInfo.InvariantCulture);
                entries.Add(new Entry(time.ToUnixTimeSeconds(), match.Groups[2].Value));
            }
            else if (entries.Count > 0)
            {
                entries[^1] = entries[^1] with { Message = entries[^1].Message + "\n" + line };
            }
        }

        return entries.TakeLast(Most).ToList();
    }

    // 2026-11-24 12:44:54.123 UTC [4711] LOG:  …
    [GeneratedRegex(@"^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+) UTC (.*)$")]
    private static partial Regex Line();
}
