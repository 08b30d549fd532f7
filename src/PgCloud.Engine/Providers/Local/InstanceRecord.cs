// SPDX-License-Identifier: MIT

using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using PgCloud.Engine.Machine;

namespace PgCloud.Engine.Providers.Local;

/// <summary>What is remembered of an instance and cannot be asked of the server. Holds no secret.</summary>
internal sealed class InstanceRecord
{
    /// <summary>The form of this file.</summary>
    public static int Format => 1;

    /// <summary>The instance's id.</summary>
    public Guid Id { get; init; } = Guid.NewGuid();

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; init; } = DateTimeOffset.UtcNow;

    /// <summary>The directory of the server programs.</summary>
    public required string BinaryPath { get; init; }

    /// <summary>The PostgreSQL version.</summary>
    public required string Version { get; init; }

    /// <summary>The account the server runs under; <see langword="null"/> for the user who made it.</summary>
    public string? Account { get; init; }

    /// <summary>The TCP port.</summary>
    public int Port { get; set; }

    /// <summary>The addresses it listens on, as PostgreSQL's listen_addresses.</summary>
    public required string ListenAddresses { get; init; }

    /// <summary>Whether the creation came to its end.</summary>
    public bool IsComplete { get; set; }

    /// <summary>Reads the record; <see langword="null"/> where it is not readable as one.</summary>
    internal static InstanceRecord? Read(string path)
    {
        try
        {
            var json = JObject.Parse(File.ReadAllText(path));
            return new InstanceRecord
            {
                Id = (Guid)json[nameof(Id)]!,
                CreatedAt = (DateTimeOffset)json[nameof(CreatedAt)]!,
                BinaryPath = (string)json[nameof(BinaryPath)]!,
                Version = (string)json[nameof(Version)]!,
                Account = (string?)json[nameof(Account)],
                Port = (int)json[nameof(Port)]!,
                ListenAddresses = (string)json[nameof(ListenAddresses)]!,
                IsComplete = (bool)json[nameof(IsComplete)]!,
            };
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException
            or ArgumentException or FormatException or OverflowException)
        {
            return null;
        }
    }

    /// <summary>Writes the record whole or not at all. Member by member: reflection over the class would cost a fresh shell 50 ms.</summary>
    internal void Write(string path)
    {
        var json = new JObject
        {
            [nameof(Format)] = Format,
            [nameof(Id)] = Id,
            [nameof(CreatedAt)] = CreatedAt,
            [nameof(BinaryPath)] = BinaryPath,
            [nameof(Version)] = Version,
            [nameof(Account)] = Account,
            [nameof(Port)] = Port,
            [nameof(ListenAddresses)] = ListenAddresses,
            [nameof(IsComplete)] = IsComplete,
        };
        AtomicFile.Write(path, Encoding.UTF8.GetBytes(json + "\n"));
    }
}
