// SPDX-License-Identifier: MIT

using PgCloud.Engine.Http;

namespace PgCloud.Engine.Providers.Ibm.Api;

/// <summary>What becomes of a removed instance.</summary>
internal enum IbmReclamationState
{
    Scheduled,
    Restoring,
    Reclaiming,
}

/// <summary>A removed instance that can still be had back.</summary>
internal sealed class IbmReclamation
{
    /// <summary>Not the instance's id.</summary>
    public string Id { get; init; } = string.Empty;

    /// <summary>The GUID of the instance.</summary>
    public string? ResourceInstanceId { get; init; }

    public string? EntityCrn { get; init; }

    public string? ResourceGroupId { get; init; }

    public ApiEnum<IbmReclamationState> State { get; init; }

    /// <summary>When it is too late.</summary>
    public DateTimeOffset? TargetTime { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    public string? CreatedBy { get; init; }
}

/// <summary>A resource group.</summary>
internal sealed class IbmResourceGroup
{
    public string Id { get; init; } = string.Empty;

    public string? Crn { get; init; }

    public string? AccountId { get; init; }

    public string Name { get; init; } = string.Empty;

    public string? State { get; init; }

    public bool Default { get; init; }
}

/// <summary>A tag.</summary>
internal sealed class IbmTag
{
    public string Name { get; init; } = string.Empty;
}

/// <summary>What became of tagging one resource.</summary>
internal sealed class IbmTagResult
{
    public string? ResourceId { get; init; }

    public bool IsError { get; init; }

    public string? Message { get; init; }

    public string? Code { get; init; }
}

/// <summary>What became of tagging several.</summary>
internal sealed class IbmTagResults
{
    public IReadOnlyList<IbmTagResult> Results { get; init; } = [];
}
