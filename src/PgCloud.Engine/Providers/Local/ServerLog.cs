// SPDX-License-Identifier: MIT

using System.Text;
using PgCloud.Contracts;

namespace PgCloud.Engine.Providers.Local;

/// <summary>The log file of one server, as entries. A line without a time belongs to the entry before it.</summary>
internal sealed class ServerLog(InstanceDirectory directory, PgInstance instance)
{
    // Of a log of gigabytes the end is read first, and more of it only where that is not enough.
    private const long FirstPart = 256 * 1024;

    // Servers' processes do not write quite in the order of their clocks.
    private static readonly TimeSpan Disorder = TimeSpan.FromMinutes(1);

    private readonly LogClock _clock = new(directory);
    private DateTimeOffset? _latest;

    /// <summary>How long the file is; 0 where there is none.</summary>
    internal long Length => new FileInfo(directory.Log) is { Exists: true } file ? file.Length : 0;

    /// <summary>Reads what a filter leaves of all that is before a position.</summary>
    internal IReadOnlyList<PgLogEntry> Read(LogFilter filter, long end)
    {
        for (long part = FirstPart; ; part *= 4)
        {
            long start = Math.Max(0, end - part);
            DateTimeOffset? first = null;
            IReadOnlyList<PgLogEntry> entries = filter.Select(Entries(start, end, isWhole: start == 0).Select(Note));
            if (start == 0 || entries.Count == filter.Most || first + Disorder < filter.Since)
            {
                return entries;
            }

            PgLogEntry Note(PgLogEntry entry)
            {
                first ??= entry.Timestamp;
                return entry;
            }
        }
    }

    /// <summary>Reads the entries between two positions, each the beginning of a line.</summary>
    internal IEnumerable<PgLogEntry> Between(long start, long end) => Entries(start, end, isWhole: true);

    /// <summary>Where the last whole line between two positions ends.</summary>
    internal long EndOfLine(long start, long end) => end > start ? LogLines.EndOfLine(directory.Log, start, end) : start;

    private IEnumerable<PgLogEntry> Entries(long start, long end, bool isWhole)
    {
        if (end <= start)
        {
            yield break;
        }

        DateTimeOffset? timestamp = null;
        var message = new StringBuilder();
        foreach (string line in LogLines.Read(directory.Log, start, end))
        {
            if (_clock.TryRead(line, out DateTimeOffset read, out string rest))
            {
                if (timestamp is { } written)
                {
                    yield return Entry(written, message);
                }
                else if (message.Length > 0)
                {
                    yield return Entry(_latest ?? read, message);
                }

                timestamp = _latest = read;
                message.Append(rest);
            }
            else if (timestamp is not null || isWhole)
            {
                // The server begins each further line of a message with a tab of its own.
                message.Append(message.Length > 0 ? "\n" : string.Empty).Append(line.StartsWith('\t') ? line[1..] : line);
            }
        }

        if (timestamp is not null || message.Length > 0)
        {
            yield return Entry(timestamp ?? _latest ?? File.GetLastWriteTimeUtc(directory.Log), message);
        }
    }

    private PgLogEntry Entry(DateTimeOffset timestamp, StringBuilder message)
    {
        var entry = new PgLogEntry
        {
            Timestamp = timestamp,
            HostName = Environment.MachineName,
            Message = message.ToString().TrimEnd(),
            Instance = instance,
        };
        message.Clear();
        return entry;
    }
}
