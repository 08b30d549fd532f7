// SPDX-License-Identifier: MIT

using PgCloud.Engine.Providers.Ovh.Api;

namespace PgCloud.Engine.Providers.Ovh.Instances;

/// <summary>The API's <c>Service</c>, as far as it is used here (its schema, cloud.project.database.Service).</summary>
internal sealed record OvhService
{
    public string Id { get; init; } = string.Empty;

    public string? Description { get; init; }

    public string? Engine { get; init; }

    public OvhEnum<OvhStatus> Status { get; init; }

    public string? Plan { get; init; }

    public string? Version { get; init; }

    public string? Flavor { get; init; }

    public int? NodeNumber { get; init; }

    public IReadOnlyList<OvhNode> Nodes { get; init; } = [];

    // Since Service lost its region the nodes have it; an older schema has it here only.
    public string? Region { get; init; }

    public OvhStorage? Storage { get; init; }

    public OvhDisk? Disk { get; init; }

    public OvhBackups? Backups { get; init; }

    public string? BackupTime { get; init; }

    public string? MaintenanceTime { get; init; }

    public string? NetworkType { get; init; }

    public string? NetworkId { get; init; }

    public string? SubnetId { get; init; }

    public bool? DeletionProtection { get; init; }

    public bool? EnablePrometheus { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    public IReadOnlyList<OvhEndpointRecord> Endpoints { get; init; } = [];

    public IReadOnlyList<OvhIpRestriction> IpRestrictions { get; init; } = [];

    /// <summary>Where its nodes stand.</summary>
    internal string RegionName => (Nodes.Count > 0 ? Nodes[0].Region : null) ?? Region ?? string.Empty;

    /// <summary>How many nodes it has.</summary>
    internal int NodeCount => Nodes.Count > 0 ? Nodes.Count : NodeNumber ?? 1;

    /// <summary>Its storage in GB.</summary>
    internal long DiskSizeGB => Storage?.Size?.Value ?? Disk?.Size ?? 0;

    /// <summary>When its backups start.</summary>
    internal string BackupStart => Backups?.Time ?? BackupTime ?? string.Empty;
}

internal sealed record OvhNode(string? Id, string? Name, string? Region, string? Flavor);

internal sealed record OvhStorage(OvhAmount? Size, string? Type = null);

internal sealed record OvhAmount(string? Unit, long Value);

internal sealed record OvhDisk(long? Size, string? Type = null);

internal sealed record OvhBackups
{
    public string? Time { get; init; }

    public IReadOnlyList<string>? Regions { get; init; }

    public int? RetentionDays { get; init; }

    public DateTimeOffset? Pitr { get; init; }
}

internal sealed record OvhEndpointRecord(string? Component, string? Domain, int? Port, string? Uri);

internal sealed record OvhIpRestriction(string Ip, string? Description)
{
    public OvhEnum<OvhStatus>? Status { get; init; }
}

/// <summary>The API's <c>StatusEnum</c>.</summary>
internal enum OvhStatus
{
    Creating,
    Deleting,
    Drained,
    Error,
    Locked,
    LockedPending,
    LockedUpdating,
    Pending,
    Ready,
    Shelved,
    ToDrain,
    Updating,
}
