// SPDX-License-Identifier: MIT

using PgCloud.Engine.Http;

namespace PgCloud.Engine.Providers.Ibm.Api;

/// <summary>What an address of a zone is.</summary>
internal enum IbmAddressType
{
    IpAddress,
    IpRange,
    Subnet,
    Vpc,
    Instance,
    ServiceRef,
}

/// <summary>What a rule does.</summary>
internal enum IbmEnforcementMode
{
    Enabled,
    Disabled,
    Report,
}

/// <summary>A network zone: a named list of addresses.</summary>
internal sealed class IbmZone
{
    public string? Id { get; init; }

    public string? Crn { get; init; }

    public string Name { get; init; } = string.Empty;

    public string? AccountId { get; init; }

    public string? Description { get; init; }

    public IReadOnlyList<IbmAddress>? Addresses { get; init; }

    public IReadOnlyList<IbmAddress>? Excluded { get; init; }

    /// <summary>The first few, in place of the addresses: so a list has them.</summary>
    public IReadOnlyList<IbmAddress>? AddressesPreview { get; init; }

    public int? AddressCount { get; init; }

    public int? ExcludedCount { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    public DateTimeOffset? LastModifiedAt { get; init; }
}

/// <summary>An address of a zone.</summary>
internal sealed class IbmAddress
{
    public ApiEnum<IbmAddressType> Type { get; init; }

    public string? Value { get; init; }

    public string? Id { get; init; }

    /// <summary>Of a reference to a service.</summary>
    public IbmServiceReference? Ref { get; init; }
}

/// <summary>A service, as an address.</summary>
internal sealed class IbmServiceReference
{
    public string? AccountId { get; init; }

    public string? ServiceName { get; init; }

    public string? ServiceType { get; init; }

    public string? ServiceInstance { get; init; }

    public string? Location { get; init; }
}

/// <summary>A rule: from which zones what may be reached.</summary>
internal sealed class IbmRule
{
    public string? Id { get; init; }

    public string? Crn { get; init; }

    public string? Description { get; init; }

    public IReadOnlyList<IbmRuleContext> Contexts { get; init; } = [];

    public IReadOnlyList<IbmRuleResource> Resources { get; init; } = [];

    public IbmRuleOperations? Operations { get; init; }

    public ApiEnum<IbmEnforcementMode>? EnforcementMode { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    public DateTimeOffset? LastModifiedAt { get; init; }
}

/// <summary>From where.</summary>
internal sealed class IbmRuleContext
{
    public IReadOnlyList<IbmAttribute> Attributes { get; init; } = [];
}

/// <summary>What.</summary>
internal sealed class IbmRuleResource
{
    public IReadOnlyList<IbmAttribute> Attributes { get; init; } = [];

    public IReadOnlyList<IbmAttribute>? Tags { get; init; }
}

/// <summary>A name, such as networkZoneId or serviceInstance, and a value.</summary>
internal sealed class IbmAttribute
{
    public string Name { get; init; } = string.Empty;

    public string Value { get; init; } = string.Empty;

    public string? Operator { get; init; }
}

/// <summary>By which APIs.</summary>
internal sealed class IbmRuleOperations
{
    public IReadOnlyList<IbmApiType> ApiTypes { get; init; } = [];
}

/// <summary>One of them; of databases it is the data plane, and nothing else.</summary>
internal sealed class IbmApiType
{
    public string ApiTypeId { get; init; } = string.Empty;
}

/// <summary>The zones of an account.</summary>
internal sealed class IbmZoneList : IIbmPage<IbmZone>
{
    public IReadOnlyList<IbmZone> Zones { get; init; } = [];

    [Newtonsoft.Json.JsonIgnore]
    public IReadOnlyList<IbmZone> Items => Zones;
}

/// <summary>The rules of an account.</summary>
internal sealed class IbmRuleList : IIbmPage<IbmRule>
{
    public IReadOnlyList<IbmRule> Rules { get; init; } = [];

    [Newtonsoft.Json.JsonIgnore]
    public IReadOnlyList<IbmRule> Items => Rules;
}

/// <summary>How many zones and rules an account has, and may have.</summary>
internal sealed class IbmRestrictionLimits
{
    public int? RuleCountLimit { get; init; }

    public int? ZoneCountLimit { get; init; }

    public int? CurrentRuleCount { get; init; }

    public int? CurrentZoneCount { get; init; }
}
