// SPDX-License-Identifier: MIT

using System.Buffers.Binary;
using System.Text;

namespace PgCloud.Emulator.Ovh.Pools;

/// <summary>The first message of a session (PostgreSQL documentation, 54.7): what user wants which database.</summary>
internal sealed class StartupMessage
{
    internal const int TlsRequest = 80877103;
    internal const int GssRequest = 80877104;
    private const int LongestMessage = 10_000;

    private readonly List<(string Name, string Value)> _settings = [];

    internal int Code { get; private init; }

    internal string User => Setting("user");

    internal string Database => Setting("database") is { Length: > 0 } name ? name : User;

    /// <summary>The request for TLS that a client sends before all else.</summary>
    internal static byte[] ForTls()
    {
        byte[] bytes = new byte[8];
        BinaryPrimitives.WriteInt32BigEndian(bytes, bytes.Length);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4), TlsRequest);
        return bytes;
    }

    internal static async Task<StartupMessage> ReadAsync(Stream stream, CancellationToken cancellation)
    {
        byte[] head = new byte[8];
        await stream.ReadExactlyAsync(head, cancellation);
        int length = BinaryPrimitives.ReadInt32BigEndian(head);
        if (length is < 8 or > LongestMessage)
        {
            throw new InvalidDataException($"A startup message of {length} bytes");
        }

        byte[] rest = new byte[length - head.Length];
        await stream.ReadExactlyAsync(rest, cancellation);
        var message = new StartupMessage { Code = BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(4)) };
        string[] words = Encoding.UTF8.GetString(rest).Split('\0');
        for (int i = 0; i + 1 < words.Length && words[i].Length > 0; i += 2)
        {
            message._settings.Add((words[i], words[i + 1]));
        }

        return message;
    }

    /// <summary>The same message for another database.</summary>
    internal byte[] For(string database)
    {
        IEnumerable<(string Name, string Value)> settings = _settings.Where(s => s.Name != "database").Append(("database", database));
        byte[] text = Encoding.UTF8.GetBytes(string.Concat(settings.Select(s => $"{s.Name}\0{s.Value}\0")) + "\0");
        byte[] bytes = new byte[8 + text.Length];
        BinaryPrimitives.WriteInt32BigEndian(bytes, bytes.Length);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4), Code);
        text.CopyTo(bytes, 8);
        return bytes;
    }

    /// <summary>An error that ends the session before it began.</summary>
    internal static byte[] Refusal(string sqlState, string message)
    {
        byte[] text = Encoding.UTF8.GetBytes($"SFATAL\0VFATAL\0C{sqlState}\0M{message}\0\0");
        byte[] bytes = new byte[5 + text.Length];
        bytes[0] = (byte)'E';
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(1), bytes.Length - 1);
        text.CopyTo(bytes, 5);
        return bytes;
    }

    private string Setting(string name) => _settings.Find(s => s.Name == name).Value ?? string.Empty;
}
