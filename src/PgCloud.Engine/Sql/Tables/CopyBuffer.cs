// SPDX-License-Identifier: MIT

using System.Buffers;
using System.Text;

namespace PgCloud.Engine.Sql.Tables;

/// <summary>Rows in the text format of COPY (PostgreSQL documentation, COPY, Text Format), or lines, until they are sent.</summary>
internal sealed class CopyBuffer
{
    /// <summary>When to send: large enough that messages cost little, small enough that memory stays flat.</summary>
    private const int Enough = 64 * 1024;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly SearchValues<char> Special = SearchValues.Create("\\\n\r\t\0");

    private readonly ArrayBufferWriter<byte> _bytes = new(Enough + 4096);
    private bool _isFirstField = true;

    /// <summary>Whether there is enough to send.</summary>
    internal bool IsFull => _bytes.WrittenCount >= Enough;

    /// <summary>What there is.</summary>
    internal ReadOnlyMemory<byte> Bytes => _bytes.WrittenMemory;

    /// <summary>Forgets what was sent.</summary>
    internal void Clear() => _bytes.ResetWrittenCount();

    /// <summary>Adds a value of a row; <see langword="null"/> is NULL.</summary>
    /// <exception cref="FormatException">No server takes this text.</exception>
    internal void AddField(string? text)
    {
        if (!_isFirstField)
        {
            AddRaw("\t");
        }

        _isFirstField = false;
        if (text is null)
        {
            AddRaw("\\N");
            return;
        }

        ReadOnlySpan<char> rest = text;
        int special;
        while ((special = rest.IndexOfAny(Special)) >= 0)
        {
            AddRaw(rest[..special]);
            AddRaw(rest[special] switch
            {
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                _ => throw new FormatException("it contains NUL"),
            });
            rest = rest[(special + 1)..];
        }

        AddRaw(rest);
    }

    /// <summary>Ends a row.</summary>
    internal void EndRow()
    {
        AddRaw("\n");
        _isFirstField = true;
    }

    /// <summary>Adds a line as it is.</summary>
    /// <exception cref="FormatException">It is no text in Unicode.</exception>
    internal void AddLine(string line)
    {
        AddRaw(line.AsSpan().TrimEnd("\r\n"));
        AddRaw("\n");
    }

    private void AddRaw(ReadOnlySpan<char> text)
    {
        try
        {
            Utf8.GetBytes(text, _bytes);
        }
        catch (EncoderFallbackException exception)
        {
            throw new FormatException("it contains half of a surrogate pair", exception);
        }
    }
}
