// SPDX-License-Identifier: MIT

using Newtonsoft.Json;
using PgCloud.Engine.Http;

namespace PgCloud.Engine.Providers.Ibm.Api;

/// <summary>What an instance is doing, or is (resource controller v2).</summary>
internal enum IbmInstanceState
{
    Active,
    Inactive,
    Failed,
    Provisioning,
    PreProvisioning,
    PendingRemoval,
    PendingReclamation,
    Removed,
}

/// <summary>How the last operation stands.</summary>
internal enum IbmOperationState
{
    InProgress,
    Succeeded,
    Failed,
}

/// <summary>An instance, as the resource controller describes it.</summary>
internal sealed class IbmInstance
{
    /// <summary>The CRN.</summary>
    public string Id { get; init; } = string.Empty;

    public string Guid { get; init; } = string.Empty;

    public string Crn { get; init; } = string.Empty;

    public string Name { get; init; } = string.Empty;

    public ApiEnum<IbmInstanceState> State { get; init; }

    public string? RegionId { get; init; }

    public string? AccountId { get; init; }

    /// <summary>The service's name, databases-for-postgresql.</summary>
    public string? ResourceId { get; init; }

    public string? ResourcePlanId { get; init; }

    public string? ResourceGroupId { get; init; }

    public string? ResourceGroupCrn { get; init; }

    /// <summary>The catalog's CRN of the deployment.</summary>
    public string? TargetCrn { get; init; }

    public string? Type { get; init; }

    public string? SubType { get; init; }

    public string? DashboardUrl { get; init; }

    public string? CreatedBy { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    public DateTimeOffset? UpdatedAt { get; init; }

    public DateTimeOffset? DeletedAt { get; init; }

    /// <summary>When a removed instance can no longer be had back.</summary>
    public DateTimeOffset? ScheduledReclaimAt { get; init; }

    public IbmOperation? LastOperation { get; init; }

    /// <summary>What it was asked to be.</summary>
    public IbmParameters? Parameters { get; init; }

    /// <summary>What it is; absent until it is there.</summary>
    public IbmExtensions? Extensions { get; init; }

    /// <summary>Locked instances are neither changed nor removed.</summary>
    public bool Locked { get; init; }

    /// <summary>Whether credentials can be read only when they are made.</summary>
    [JsonProperty("onetime_credentials")]
    public bool OneTimeCredentials { get; init; }

    /// <summary>Its numbers and version: as they are, else as they were asked for.</summary>
    internal IbmPostgres? Postgres => Extensions?.Dataservices?.Found ?? Parameters?.Dataservices?.Found;

    /// <inheritdoc/>
    public override string ToString() => $"{Name} ({Guid})";
}

/// <summary>What was last done with an instance.</summary>
internal sealed class IbmOperation
{
    /// <summary>create, update, delete, lock, unlock, reclamation.</summary>
    public string? Type { get; init; }

    public ApiEnum<IbmOperationState> State { get; init; }

    public string? SubType { get; init; }

    public bool Async { get; init; }

    public string? Description { get; init; }

    public string? ReasonCode { get; init; }

    /// <summary>In how many seconds to look again.</summary>
    public int? PollAfter { get; init; }

    public bool Cancelable { get; init; }

    public bool Poll { get; init; }
}

/// <summary>The parameters of an instance.</summary>
internal sealed class IbmParameters
{
    public IbmDataservices? Dataservices { get; init; }
}

/// <summary>What the service tells of an instance.</summary>
internal sealed class IbmExtensions
{
    private readonly IbmPrivateEndpoints? _beside;

    public IbmDataservices? Dataservices { get; init; }

    /// <summary>Its private endpoints: beside the dataservices, or, in answers of another date, inside them.</summary>
    public IbmPrivateEndpoints? VirtualPrivateEndpoints
    {
        get => _beside ?? Dataservices?.VirtualPrivateEndpoints;
        init => _beside = value;
    }
}

/// <summary>The part that is about the database.</summary>
internal sealed class IbmDataservices
{
    public IbmPostgres? Postgresql { get; init; }

    /// <summary>Where answers of another date have the numbers.</summary>
    public IbmResourceBlock? Resources { get; init; }

    /// <summary>Where it is reached; there is no user and no password in it.</summary>
    [JsonConverter(typeof(IbmConnectionConverter))]
    public IbmConnection? Connection { get; init; }

    public IbmPrivateEndpoints? VirtualPrivateEndpoints { get; init; }

    /// <summary>Of a backup, what it is of.</summary>
    public IbmBackup? Backup { get; init; }

    /// <summary>The backup it is made of, or was.</summary>
    public string? RestoreBackupId { get; init; }

    internal IbmPostgres? Found => Postgresql ?? Resources?.Database;
}

/// <summary>What an independent backup tells of itself.</summary>
internal sealed class IbmBackup
{
    /// <summary>The CRN of the database.</summary>
    public string? SourceDataServiceCrn { get; init; }

    /// <summary>on_demand, or automatic.</summary>
    public string? Type { get; init; }

    public double? SizeGb { get; init; }

    /// <summary>The version of PostgreSQL.</summary>
    public string? Version { get; init; }
}

/// <summary>The resources, as answers of another date call them.</summary>
internal sealed class IbmResourceBlock
{
    public IbmPostgres? Database { get; init; }
}

/// <summary>The numbers of an instance, and its version.</summary>
internal sealed class IbmPostgres
{
    /// <summary>Per member, in GB.</summary>
    public long? StorageGb { get; init; }

    public int? Members { get; init; }

    public string? HostFlavor { get; init; }

    public string? Version { get; init; }

    public int? CpuCount { get; init; }

    /// <summary>Per member, in GB.</summary>
    public double? MemoryGb { get; init; }

    /// <summary>PostgreSQL's settings, by their names.</summary>
    public IReadOnlyDictionary<string, object?>? Configuration { get; init; }
}

/// <summary>The addresses of an instance inside IBM Cloud.</summary>
internal sealed class IbmPrivateEndpoints
{
    public string? DnsDomain { get; init; }

    public IReadOnlyList<string> DnsHosts { get; init; } = [];

    public IReadOnlyList<IbmPrivateAddress> Endpoints { get; init; } = [];

    public string? OriginType { get; init; }
}

/// <summary>One of them.</summary>
internal sealed class IbmPrivateAddress
{
    public string? IpAddress { get; init; }

    public string? Zone { get; init; }
}
