// SPDX-License-Identifier: MIT

using System.Globalization;
using System.Text.RegularExpressions;

namespace PgCloud.Engine.Providers.Local;

/// <summary>
///   Reads the time with which a line of a server's log begins: log_line_prefix's %m or %t, in the zone log_timezone, whose abbreviation follows
///   it (PostgreSQL documentation, 19.8.3).
/// </summary>
internal sealed partial class LogClock(InstanceDirectory directory)
{
    private static readonly string[] Formats = ["yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm:ss.FFFFFF"];
    private static readonly string[] OffsetFormats = [@"hh", @"hhmm", @"hh\:mm"];

    private readonly Lazy<TimeZoneInfo> _zone = new(() => ZoneOf(directory));

    /// <summary>Whether a line begins an entry; its time then, and what stands behind that.</summary>
    internal bool TryRead(string line, out DateTimeOffset timestamp, out string message)
    {
        timestamp = default;
        message = line;
        Match match = Begin().Match(line);
        if (!match.Success
            || !DateTime.TryParseExact(match.Groups["time"].Value, Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime time))
        {
            return false;
        }

        timestamp = new DateTimeOffset(time, OffsetOf(match.Groups["zone"].Value, time)).ToUniversalTime();
        message = match.Groups["rest"].Value;
        return true;
    }

    private TimeSpan OffsetOf(string zone, DateTime time) => zone switch
    {
        "UTC" or "GMT" or "UCT" or "Z" => TimeSpan.Zero,
        _ when zone[0] is '+' or '-' && TimeSpan.TryParseExact(zone[1..], OffsetFormats, CultureInfo.InvariantCulture, out TimeSpan offset) =>
            zone[0] == '-' ? -offset : offset,

        // An abbreviation such as CST is used in several parts of the world.
        _ => _zone.Value.GetUtcOffset(time),
    };

    private static TimeZoneInfo ZoneOf(InstanceDirectory directory)
    {
        string? name = null;
        try
        {
            foreach (string line in ServerConfiguration.Lines(directory))
            {
                name = Setting().Match(line) is { Success: true } set ? set.Groups[1].Value : name;
            }

            return name is null ? TimeZoneInfo.Local : TimeZoneInfo.FindSystemTimeZoneById(name);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or TimeZoneNotFoundException or InvalidTimeZoneException)
        {
            return TimeZoneInfo.Local;
        }
    }

    [GeneratedRegex(@"^[\[<(]?(?<time>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})?) (?<zone>[A-Za-z]{1,6}|[+-]\d\d(?::?\d\d)?)\b[\]>)]?[ :,]*(?<rest>.*)$")]
    private static partial Regex Begin();

    [GeneratedRegex(@"^\s*log_timezone\s*=?\s*'?([^'#\s]+)", RegexOptions.IgnoreCase)]
    private static partial Regex Setting();
}
