// SPDX-License-Identifier: MIT

using System.Text;

namespace PgCloud.Engine.Sql.Tables;

/// <summary>Reads the first record of CSV.</summary>
internal static class CsvHeader
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The place behind the end of the first record; -1 where it does not end within these bytes.</summary>
    /// <param name="bytes">The beginning of the file.</param>
    /// <param name="isWhole">Whether nothing follows these bytes.</param>
    internal static int EndOf(ReadOnlySpan<byte> bytes, bool isWhole)
    {
        bool isQuoted = false;
        for (int i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (!isQuoted && bytes[i] == '\n')
            {
                return i + 1;
            }
            else if (!isQuoted && bytes[i] == '\r' && (i + 1 < bytes.Length || isWhole))
            {
                return i + 1 < bytes.Length && bytes[i + 1] == '\n' ? i + 2 : i + 1;
            }
        }

        return isWhole && bytes.Length > 0 ? bytes.Length : -1;
    }

    /// <summary>The names in the first record of a text.</summary>
    internal static List<string> ReadFirst(string text, char delimiter)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return Read(bytes.AsSpan(0, Math.Max(EndOf(bytes, isWhole: true), 0)), delimiter);
    }

    /// <summary>The names in the record.</summary>
    internal static List<string> Read(ReadOnlySpan<byte> record, char delimiter)
    {
        var names = new List<string>();
        var name = new StringBuilder();
        bool isQuoted = false;
        string text = Utf8.GetString(record).TrimEnd('\r', '\n');
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '"' && isQuoted && i + 1 < text.Length && text[i + 1] == '"')
            {
                name.Append('"');
                i++;
            }
            else if (text[i] == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (text[i] == delimiter && !isQuoted)
            {
                names.Add(name.ToString());
                name.Clear();
            }
            else
            {
                name.Append(text[i]);
            }
        }

        names.Add(name.ToString());
        return names;
    }
}
