// SPDX-License-Identifier: MIT

namespace PgCloud.Contracts;

/// <summary>What an instance shall be; <see langword="null"/> leaves it as it is.</summary>
public sealed record InstanceChangeRequest
{
    /// <summary>The name.</summary>
    public string? NewName { get; init; }

    /// <summary>The PostgreSQL version; only upwards.</summary>
    public string? Version { get; init; }

    /// <summary>The plan.</summary>
    public string? Plan { get; init; }

    /// <summary>The size of its machines.</summary>
    public string? Flavor { get; init; }

    /// <summary>How many nodes.</summary>
    public int? NodeCount { get; init; }

    /// <summary>The storage in GB; only upwards.</summary>
    public long? DiskSizeGB { get; init; }

    /// <summary>When backups start every day (UTC).</summary>
    public TimeSpan? BackupTime { get; init; }

    /// <summary>Where backups are kept.</summary>
    public IReadOnlyList<string>? BackupRegions { get; init; }

    /// <summary>When maintenance can start every day (UTC).</summary>
    public TimeSpan? MaintenanceTime { get; init; }

    /// <summary>Whether the instance is protected against removal.</summary>
    public bool? DeletionProtection { get; init; }

    /// <summary>Whether metrics are served to Prometheus.</summary>
    public bool? Prometheus { get; init; }

    /// <summary>IBM Cloud: settings of PostgreSQL, by name.</summary>
    public IReadOnlyDictionary<string, object?> Configuration { get; init; } = new Dictionary<string, object?>();

    /// <summary>IBM Cloud: the tags it shall have, and no others.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>IBM Cloud: further parameters of the service, as a JSON object.</summary>
    public string? ParametersJson { get; init; }

    /// <summary>How long to wait for another change that is under way, and for one before the next where the provider takes one at a time.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(40);
}
