// SPDX-License-Identifier: MIT

using PgCloud.Emulator.Ovh.Api;
using PgCloud.Emulator.Ovh.Databases;
using PgCloud.Emulator.Ovh.Extras;
using PgCloud.Emulator.Ovh.Offers;
using PgCloud.Emulator.Ovh.Pools;
using PgCloud.Emulator.Ovh.Replicas;
using PgCloud.Emulator.Ovh.Users;
using PgCloud.Emulator.Servers;

namespace PgCloud.Emulator.Ovh.Services;

/// <summary>One service. What changes together is changed and read under <see cref="Sync"/>.</summary>
internal sealed class Service
{
    internal object Sync { get; } = new();

    internal Guid Id { get; init; } = Guid.NewGuid();

    internal required string Project { get; init; }

    internal DateTimeOffset CreatedAt { get; init; } = DateTimeOffset.UtcNow;

    internal required string Description { get; set; }

    internal required Offer Offer { get; set; }

    internal required long DiskSize { get; set; }

    internal Guid? NetworkId { get; set; }

    internal Guid? SubnetId { get; set; }

    internal TimeOnly BackupTime { get; set; } = new(3, 25);

    internal required IReadOnlyList<string> BackupRegions { get; set; }

    internal TimeOnly MaintenanceTime { get; set; } = new(1, 6, 4);

    internal bool DeletionProtection { get; set; }

    internal bool EnablePrometheus { get; set; }

    internal string Status { get; set; } = "CREATING";

    internal IReadOnlyList<Node> Nodes { get; set; } = [];

    internal IReadOnlyList<IpEntry> Ips { get; set; } = [];

    /// <summary>A range that another client authorises at the same time as the next change, and by that undoes it.</summary>
    internal (string Ip, string Description)? Race { get; set; }

    /// <summary>The server behind it; <see langword="null"/> while it is being made, and for services without one.</summary>
    internal ServiceServer? Server { get; set; }

    internal Shelf<User> Users { get; } = new();

    internal Shelf<Database> Databases { get; } = new();

    internal Shelf<Backup> Backups { get; } = new();

    internal Shelf<Pool> Pools { get; } = new();

    internal PoolGate? PoolGate { get; set; }

    internal ReplicaGate? ReplicaGate { get; set; }

    internal ServiceExtras Extras { get; } = new();

    /// <summary>How far back it can be restored to a moment: as long as its plan keeps backups, and not before it was made.</summary>
    internal DateTimeOffset PointInTimeFrom
    {
        get
        {
            DateTimeOffset kept = DateTimeOffset.UtcNow.AddDays(-Offer.Plan.RetentionDays);
            return kept > CreatedAt ? kept : CreatedAt;
        }
    }

    /// <summary>OVHcloud's names begin with the first block of the id.</summary>
    internal string HostName => $"postgresql-{Id.ToString("D")[..8]}-o{Project[..8]}";

    /// <summary>What its server lets in: entries on their way out are out.</summary>
    internal IEnumerable<string> LetIn
    {
        get
        {
            lock (Sync)
            {
                return [.. Ips.Where(i => !i.Phase.ThenGone).Select(i => i.Ip)];
            }
        }
    }

    /// <summary>Gives it as many nodes as its plan has.</summary>
    internal void SetNodes() =>
        Nodes = [.. Nodes.Take(Offer.Plan.Nodes), .. Enumerable.Range(Nodes.Count + 1, Math.Max(0, Offer.Plan.Nodes - Nodes.Count))
            .Select(n => new Node { Name = $"{HostName}-{n}.database.cloud.ovh.net" })];
}
