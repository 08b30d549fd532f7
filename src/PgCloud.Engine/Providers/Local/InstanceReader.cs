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

        if (ServerProcess.FindRunning(directory.Data) is not { } process)
        {
            // A clean shutdown removes this file.
            return File.Exists(Path.Combine(directory.Data, "postmaster.pid"))
                ? (PgInstanceStatus.Stopped, "the server ended without a shutdown; starting it recovers the data")
                : (PgInstanceStatus.Stopped, string.Empty);
        }

        bool saidReady = ServerProcess.SaysReady(directory.Data);
        return await ReadinessProbe.AskAsync(record.Port, cancellation) switch
        {
            true => (PgInstanceStatus.Ready, string.Empty),
            false => (PgInstanceStatus.Starting, string.Empty),
            null => Unanswered(directory, process, saidReady),
        };
    }

    // A server has its process before it listens, and still has it when it no longer does: only one that says that it accepts connections,
    // before it is asked and after, has failed when it does not answer.
    private static (PgInstanceStatus Status, string Detail) Unanswered(InstanceDirectory directory, int process, bool saidReady) =>
        ServerProcess.FindRunning(directory.Data) != process ? (PgInstanceStatus.Stopped, string.Empty)
        : saidReady && ServerProcess.SaysReady(directory.Data)
            ? (PgInstanceStatus.Failed, string.Create(CultureInfo.InvariantCulture, $"the server, process {process}, does not answer"))
        : (PgInstanceStatus.Starting, string.Empty);

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
