// SPDX-License-Identifier: MIT

using System.Buffers;

namespace PgCloud.Engine.Sql.Tables;

/// <summary>
///   Counts the records of CSV as it passes by in pieces of any size, and looks for a line <c>\.</c>, which PostgreSQL before 18 takes for
///   the end of the data: it drops all that follows without a word.
/// </summary>
internal sealed class CsvScan(byte lineEnd = (byte)'\n')
{
    private readonly SearchValues<byte> _wanted = SearchValues.Create([(byte)'"', (byte)'\\', lineEnd]);
    private bool _isQuoted;
    private bool _isInRecord;
    private int _markerBytes;

    /// <summary>How many records have ended.</summary>
    internal long Records { get; private set; }

    /// <summary>How many lines have ended, those within quotes too.</summary>
    internal long Lines { get; private set; }

    /// <summary>The line that is the end marker; <see langword="null"/> where there is none.</summary>
    internal long? MarkerLine { get; private set; }

    /// <summary>Takes the next bytes.</summary>
    internal void Add(ReadOnlySpan<byte> bytes)
    {
        int place = 0;
        while (place < bytes.Length)
        {
            if (_markerBytes > 0)
            {
                FollowMarker(bytes[place]);
                if (_markerBytes > 0)
                {
                    place++;
                    continue;
                }
            }

            int found = bytes[place..].IndexOfAny(_wanted);
            _isInRecord |= found != 0;
            if (found < 0)
            {
                return;
            }

            Take(bytes[place + found]);
            place += found + 1;
        }
    }

    /// <summary>There are no more bytes; a last line may lack its end.</summary>
    internal void End()
    {
        if (_markerBytes == 2)
        {
            MarkerLine ??= Lines + 1;
        }

        if (_isInRecord)
        {
            Records++;
            _isInRecord = false;
        }
    }

    private void Take(byte found)
    {
        if (found == lineEnd)
        {
            Lines++;
            if (!_isQuoted)
            {
                Records++;
                _isInRecord = false;
                return;
            }
        }
        else if (found == '"')
        {
            // Of a doubled quote the second one opens again.
            _isQuoted = !_isQuoted;
        }
        else if (!_isInRecord)
        {
            _markerBytes = 1;
        }

        _isInRecord = true;
    }

    private void FollowMarker(byte next)
    {
        if (_markerBytes == 1)
        {
            _markerBytes = next == '.' ? 2 : 0;
            return;
        }

        if (next is (byte)'\r' or (byte)'\n')
        {
            MarkerLine ??= Lines + 1;
        }

        _markerBytes = 0;
    }
}
