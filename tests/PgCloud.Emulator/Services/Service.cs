// SPDX-License-Identifier: MIT

using PgCloud.Emulator.Hosting;

namespace PgCloud.Emulator.Services;

/// <summary>A service: what was ordered, and in what state it is. Whoever changes it holds its lock.</summary>
internal sealed class Service
{
    // How long OVHcloud takes: a create was recorded with 10 min 35 s, a user with 11 s; the rest is guessed.
    internal static readonly TimeSpan CreateTime = TimeSpan.FromMinutes(10);
    internal static readonly TimeSpan UpdateTime = TimeSpan.FromSeconds(20);
    internal static readonly TimeSpan UserTime = TimeSpan.FromSeconds(11);
    internal static readonly TimeSpan RemoveTime = TimeSpan.FromSeconds(30);

    internal Guid Id { get; } = Guid.NewGuid();

    internal required string ProjectId { get; init; }

    internal required string Description { get; set; }

    internal required Offer Offer { get; set; }

    internal required int NodeNumber { get; set; }

    internal required long DiskSize { get; set; }

    internal string? NetworkId { get; init; }

    internal string? SubnetId { get; init; }

    internal string BackupTime { get; set; } = "03:25:00";

    internal List<string> BackupRegions { get; set; } = [];

    internal string MaintenanceTime { get; set; } = "01:06:04";

    internal bool DeletionProtection { get; set; }

    internal bool EnablePrometheus { get; set; }

    internal List<(string Ip, string Description)> Addresses { get; set; } = [];

    internal List<User> Users { get; } = [];

    internal DateTimeOffset CreatedAt { get; } = EmulatorClock.Now;

    /// <summary>The server, once it was started; none for a service that only has to be listed.</summary>
    internal Task<DatabaseServer>? Server { get; set; }

    /// <summary>Until when it is busy, and with what.</summary>
    internal (string Status, DateTimeOffset Until) Busy { get; set; } = ("READY", DateTimeOffset.MinValue);

    /// <summary>A state that a test has set.</summary>
    internal string? ForcedStatus { get; set; }

    internal string Status => ForcedStatus
        ?? (EmulatorClock.Now < Busy.Until || Server is { IsCompleted: false } ? Busy.Status : "READY");

    internal bool IsGone => Busy.Status == "DELETING" && EmulatorClock.Now >= Busy.Until;

    /// <summary>The API's Service.</summary>
    internal object View()
    {
        string status = Status;
        return new
        {
            id = Id,
            createdAt = CreatedAt,
            description = Description,
            engine = "postgresql",
            category = "operational",
            plan = Offer.Plan,
            version = Offer.Version,
            flavor = Offer.Flavor,
            status,
            networkType = Offer.Network,
            networkId = NetworkId,
            subnetId = SubnetId,
            nodeNumber = NodeNumber,
            nodes = Nodes(),
            disk = new { type = "high-speed", size = DiskSize },
            storage = new { type = "high-speed", size = new { unit = "GB", value = DiskSize } },
            backupTime = BackupTime,
            backups = new { time = BackupTime, regions = BackupRegions, retentionDays = Offer.RetentionDays, pitr = CreatedAt },
            maintenanceTime = MaintenanceTime,
            deletionProtection = DeletionProtection,
            enablePrometheus = EnablePrometheus,
            ipRestrictions = Addresses.Select(a => new { ip = a.Ip, description = a.Description, status = status == "READY" ? "READY" : "UPDATING" }),
            endpoints = Endpoints(),
            capabilities = new Dictionary<string, object>(),
        };
    }

    internal IEnumerable<object> Nodes() => Enumerable.Range(1, NodeNumber).Select(n => new
    {
        id = new Guid(Id.ToByteArray()[..15].Append((byte)n).ToArray()),
        createdAt = CreatedAt,
        name = $"postgresql-{Id.ToString()[..8]}-{n}.database.cloud.ovh.net",
        port = 20184,
        region = Offer.Region,
        flavor = Offer.Flavor,
        status = Status,
        role = (string?)null,
    });

    private IEnumerable<object> Endpoints()
    {
        if (Server is not { IsCompletedSuccessfully: true } server)
        {
            return [];
        }

        // The replica is the same server: nobody can tell until something is written.
        string[] components = NodeNumber > 1 ? ["postgresql", "postgresqlRead"] : ["postgresql"];
        return components.Select(component => new
        {
            component,
            domain = server.Result.HostName,
            path = (string?)null,
            port = server.Result.Port,
            scheme = "postgres",
            ssl = true,
            sslMode = "require",
            uri = $"postgres://<username>:<password>@{server.Result.HostName}:{server.Result.Port}/defaultdb?sslmode=require",
        });
    }
}

/// <summary>A user of a service.</summary>
internal sealed class User(string name, IReadOnlyList<string> roles, DateTimeOffset busyUntil)
{
    internal Guid Id { get; } = Guid.NewGuid();

    internal string Name => name;

    internal IReadOnlyList<string> Roles { get; set; } = roles;

    internal DateTimeOffset BusyUntil { get; set; } = busyUntil;

    internal DateTimeOffset CreatedAt { get; } = EmulatorClock.Now;

    /// <summary>The API's UserWithRoles; with a password its UserWithPasswordAndRoles.</summary>
    internal Dictionary<string, object> View(string? password = null)
    {
        var view = new Dictionary<string, object>
        {
            ["id"] = Id,
            ["username"] = name,
            ["roles"] = Roles,
            ["createdAt"] = CreatedAt,
            ["status"] = EmulatorClock.Now < BusyUntil ? "PENDING" : "READY",
        };
        if (password is not null)
        {
            view["password"] = password;
        }

        return view;
    }
}
