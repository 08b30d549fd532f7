// SPDX-License-Identifier: MIT

using System.ComponentModel;
using PgCloud.Pipeline;

namespace PgCloud;

/// <summary>One combination that a provider offers: with these words New-PgInstance makes an instance.</summary>
[TypeConverter(typeof(DeserializedObjectConverter))]
public sealed class PgOffering
{
    /// <summary>The region.</summary>
    public required string Region { get; init; }

    /// <summary>The PostgreSQL version.</summary>
    public required string Version { get; init; }

    /// <summary>The plan.</summary>
    public required string Plan { get; init; }

    /// <summary>The size of the machines.</summary>
    public required string Flavor { get; init; }

    /// <summary><c>public</c> or <c>private</c>.</summary>
    public string Network { get; init; } = string.Empty;

    /// <summary>The least number of nodes.</summary>
    public int MinNodeCount { get; init; }

    /// <summary>The greatest number of nodes.</summary>
    public int MaxNodeCount { get; init; }

    /// <summary>The least storage in GB.</summary>
    public long MinDiskSizeGB { get; init; }

    /// <summary>The greatest storage in GB.</summary>
    public long MaxDiskSizeGB { get; init; }

    /// <summary>By how many GB the storage can grow; 0 where it cannot.</summary>
    public long DiskStepGB { get; init; }

    /// <summary>For how many days backups are kept; 0 where there are none.</summary>
    public int BackupRetentionDays { get; init; }

    /// <summary>Whether the provider takes it where nothing else is asked for.</summary>
    public bool IsDefault { get; init; }

    /// <summary>Where it stands in its life, in the provider's word, such as <c>STABLE</c>.</summary>
    public string Lifecycle { get; init; } = string.Empty;

    /// <summary>When it ends (UTC).</summary>
    public DateTimeOffset? EndOfLife { get; init; }

    /// <summary>Region, version, plan and flavor.</summary>
    public override string ToString() => $"{Region} {Version} {Plan} {Flavor}";
}
