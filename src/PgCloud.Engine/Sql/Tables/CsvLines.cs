// SPDX-License-Identifier: MIT

using System.Text;

namespace PgCloud.Engine.Sql.Tables;

/// <summary>Cuts CSV, which comes in pieces of any size, into records: a line end within quotes does not end one.</summary>
internal sealed class CsvLines
{
    private readonly List<byte> _begun = [];
    private bool _isQuoted;

    /// <summary>The records that these bytes complete, without their ends.</summary>
    internal List<string> Add(ReadOnlySpan<byte> bytes)
    {
        var records = new List<string>();
        int start = 0;
        int place = 0;
        int found;
        while ((found = bytes[place..].IndexOfAny((byte)'"', (byte)'\n')) >= 0)
        {
            place += found + 1;
            if (bytes[place - 1] == '"')
            {
                _isQuoted = !_isQuoted;
            }
            else if (!_isQuoted)
            {
                records.Add(Record(bytes[start..(place - 1)]));
                start = place;
            }
        }

        _begun.AddRange(bytes[start..]);
        return records;
    }

    private string Record(ReadOnlySpan<byte> end)
    {
        if (_begun.Count == 0)
        {
            return Encoding.UTF8.GetString(end);
        }

        _begun.AddRange(end);
        string record = Encoding.UTF8.GetString([.. _begun]);
        _begun.Clear();
        return record;
    }
}
