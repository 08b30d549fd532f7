// SPDX-License-Identifier: MIT

using System.Text;

namespace PgCloud.Engine.Providers.Local;

/// <summary>Reads the lines of a part of a file, while a server writes to it.</summary>
internal static class LogLines
{
    private const int BufferSize = 64 * 1024;

    /// <summary>The lines between two positions, without their ends.</summary>
    internal static IEnumerable<string> Read(string path, long start, long end)
    {
        using FileStream stream = Open(path);
        stream.Position = start;
        byte[] buffer = new byte[BufferSize];
        using var line = new MemoryStream();
        for (long left = end - start; left > 0;)
        {
            int read = stream.Read(buffer, 0, (int)Math.Min(left, BufferSize));
            if (read == 0)
            {
                break;
            }

            left -= read;
            int from = 0;
            for (int at; (at = Array.IndexOf(buffer, (byte)'\n', from, read - from)) >= 0; from = at + 1)
            {
                line.Write(buffer, from, at - from);
                yield return Text(line);
            }

            line.Write(buffer, from, read - from);
        }

        if (line.Length > 0)
        {
            yield return Text(line);
        }
    }

    /// <summary>Where the last whole line ends, at a position or before it.</summary>
    internal static long EndOfLine(string path, long start, long end)
    {
        using FileStream stream = Open(path);
        byte[] buffer = new byte[BufferSize];
        for (long until = end; until > start;)
        {
            long from = Math.Max(start, until - BufferSize);
            stream.Position = from;
            int read = stream.ReadAtLeast(buffer.AsSpan(0, (int)(until - from)), (int)(until - from), throwOnEndOfStream: false);
            if (buffer.AsSpan(0, read).LastIndexOf((byte)'\n') is >= 0 and var at)
            {
                return from + at + 1;
            }

            until = from;
        }

        return start;
    }

    private static FileStream Open(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);

    private static string Text(MemoryStream line)
    {
        string text = Encoding.UTF8.GetString(line.GetBuffer(), 0, (int)line.Length).TrimEnd('\r');
        line.SetLength(0);
        return text;
    }
}
