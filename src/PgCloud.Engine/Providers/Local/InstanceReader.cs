// SPDX-License-Identifier: MIT

using System.Globalization;

namespace PgCloud.Engine.Providers.Local;

/// <summary>Finds out what an instance is and in what state: from its process and an answer from it, not from what was written down.</summary>
internal static class InstanceReader
{
    /// <summary>Reads an instance.</summary>
    internal static Task<PgInstance> ReadAsync(InstanceDirectory directory, CancellationToken cancellation) =>
        ReadAsync(directory, isHeldByUs: false, cancellation);

    /// <summary>Reads an instance whose lock the caller may hold.</summary>
    internal static async Task<PgInstance> ReadAsync(InstanceDirectory directory, bool isHeldByUs, CancellationToken cancellation)
    {
        InstanceRecord? record = InstanceRecord.Read(directory.Record);
        (PgInstanceStatus status, string detail) = record is null
            ? (PgInstanceStatus.Failed, "its record, instance.json, cannot be read")
            : await StatusAsync(directory, record, isHeldByUs, cancellation);
        return new PgInstance
        {
            Name = directory.Name,
            Id = record?.Id.ToString() ?? directory.Name,
            Provider = PgProviderName.Local,
            Status = status,
            StatusDetail = detail,
            Version = record?.Version ?? string.Empty,
            HostName = "127.0.0.1",
            Port = record?.Port ?? 0,
            Database = LocalRoles.DefaultDatabase,
            CaCertificate = File.Exists(directory.CaCertificate) ? File.ReadAllText(directory.CaCertificate) : string.Empty,
            CreatedAt = record?.CreatedAt,
            Detail = Details(directory, record),
        };
    }

    private static async Task<(PgInstanceStatus Status, string Detail)> StatusAsync(
        InstanceDirectory directory, InstanceRecord record, bool isHeldByUs, CancellationToken cancellation)
    {
        if (!record.IsComplete)
        {
            return !isHeldByUs && InstanceLock.IsHeld(directory)
                ? (PgInstanceStatus.Creating, string.Empty)
                : (PgInstanceStatus.Failed, "its creation was broken off");
        }

        if (!File.Exists(Path.Combine(directory.Data, "PG_VERSION")))
        {
            return (PgInstanceStatus.Failed, $"its data directory {directory.Data} is gone");
        }

        return ServerProcess.FindRunning(directory.Data) is { } process
            ? await StatusOfServerAsync(directory, record.Port, process, cancellation)
            : StatusWithoutServer(directory);
    }

    private static (PgInstanceStatus Status, string Detail) StatusWithoutServer(InstanceDirectory directory) =>
        // A clean shutdown removes this file.
        (PgInstanceStatus.Stopped, File.Exists(Path.Combine(directory.Data, "postmaster.pid"))
            ? "the server ended without a shutdown; starting it recovers the data"
            : string.Empty);

    private static async Task<(PgInstanceStatus Status, string Detail)> StatusOfServerAsync(
        InstanceDirectory directory, int port, int process, CancellationToken cancellation)
    {
        bool? isReady = await ReadinessProbe.AskAsync(port, cancellation);
        if (isReady is null)
        {
            // It listens for a part of its life only, and may have begun to, or have ended, since it was asked.
            switch (ServerProcess.WhatItSays(directory.Data))
            {
                case "stopping":
                    return (PgInstanceStatus.Updating, "the server is shutting down");
                case "ready" or "standby":
                    isReady = await ReadinessProbe.AskAsync(port, cancellation);
                    break;
                case var _ when ServerProcess.FindRunning(directory.Data) is null:
                    return StatusWithoutServer(directory);
                default:
                    return (PgInstanceStatus.Starting, string.Empty);
            }
        }

        return isReady switch
        {
            true => (PgInstanceStatus.Ready, string.Empty),
            false => (PgInstanceStatus.Starting, string.Empty),
            null => (PgInstanceStatus.Failed, string.Create(CultureInfo.InvariantCulture, $"the server, process {process}, does not answer")),
        };
    }

    private static Dictionary<string, object> Details(InstanceDirectory directory, InstanceRecord? record)
    {
        var details = new Dictionary<string, object> { ["Directory"] = directory.Root, ["Log"] = directory.Log };
        if (record is not null)
        {
            details["BinaryPath"] = record.BinaryPath;
            details["ListenAddresses"] = record.ListenAddresses;
        }

        if (ServerProcess.FindRunning(directory.Data) is { } process)
        {
            details["ProcessId"] = process;
        }

        return details;
    }
}
