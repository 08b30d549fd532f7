// SPDX-License-Identifier: MIT

namespace PgCloud.Contracts;

/// <summary>What instance to make. What is <see langword="null"/> is left to the provider.</summary>
/// <param name="Name">Its name.</param>
public sealed record NewInstanceRequest(string Name)
{
    /// <summary>The PostgreSQL version, <c>18</c> or <c>18.4</c>; <see langword="null"/> for the provider's newest.</summary>
    public string? Version { get; init; }

    /// <summary>The region in which its nodes stand.</summary>
    public string? Region { get; init; }

    /// <summary>The plan, such as <c>business</c>.</summary>
    public string? Plan { get; init; }

    /// <summary>The size of its machines, such as <c>db1-7</c>.</summary>
    public string? Flavor { get; init; }

    /// <summary>How many nodes.</summary>
    public int? NodeCount { get; init; }

    /// <summary>The storage in GB.</summary>
    public long? DiskSizeGB { get; init; }

    /// <summary>The private network it stands in; <see langword="null"/> for the public one.</summary>
    public string? NetworkId { get; init; }

    /// <summary>The subnet of that network.</summary>
    public string? SubnetId { get; init; }

    /// <summary>When backups start every day (UTC).</summary>
    public TimeSpan? BackupTime { get; init; }

    /// <summary>Where backups are kept.</summary>
    public IReadOnlyList<string>? BackupRegions { get; init; }

    /// <summary>When maintenance can start every day (UTC).</summary>
    public TimeSpan? MaintenanceTime { get; init; }

    /// <summary>The ranges to authorise from the start.</summary>
    public IReadOnlyList<AuthorisedIpRequest> AuthorisedIps { get; init; } = [];

    /// <summary>Whether the instance cannot be removed before that is taken back.</summary>
    public bool DeletionProtection { get; init; }

    /// <summary>The instance whose data it begins with.</summary>
    public PgInstance? FromInstance { get; init; }

    /// <summary>The backup of that instance.</summary>
    public string? FromBackup { get; init; }

    /// <summary>The moment from which that instance's data are.</summary>
    public DateTimeOffset? PointInTime { get; init; }

    /// <summary>Local: the TCP port; <see langword="null"/> for a free one.</summary>
    public int? Port { get; init; }

    /// <summary>Local: the addresses the server listens on; empty for loopback only.</summary>
    public IReadOnlyList<string> ListenAddresses { get; init; } = [];

    /// <summary>Local: the directory that holds initdb and postgres; <see langword="null"/> to look for one.</summary>
    public string? BinaryPath { get; init; }

    /// <summary>IBM Cloud: the resource group, by name or id; <see langword="null"/> for the session's.</summary>
    public string? ResourceGroup { get; init; }

    /// <summary>IBM Cloud: the CRN of the key that the disks are encrypted with.</summary>
    public string? DiskEncryptionKey { get; init; }

    /// <summary>IBM Cloud: which network reaches it; Gen 2 has <c>private</c> only.</summary>
    public string? ServiceEndpoint { get; init; }

    /// <summary>IBM Cloud: settings of PostgreSQL, by name.</summary>
    public IReadOnlyDictionary<string, object?> Configuration { get; init; } = new Dictionary<string, object?>();

    /// <summary>IBM Cloud: tags.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>IBM Cloud: further parameters of the service, as a JSON object.</summary>
    public string? ParametersJson { get; init; }
}
