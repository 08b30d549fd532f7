// SPDX-License-Identifier: MIT

namespace PgCloud.Engine.Providers.Ibm.Api;

/// <summary>An entry of the global catalog: a service, a plan of it, or a deployment, that is a plan at one place.</summary>
internal sealed class IbmCatalogEntry
{
    public string Id { get; init; } = string.Empty;

    public string Name { get; init; } = string.Empty;

    /// <summary>service, plan, deployment, and many more.</summary>
    public string Kind { get; init; } = string.Empty;

    public bool? Active { get; init; }

    public bool? Disabled { get; init; }

    public string? CatalogCrn { get; init; }

    public string? ChildrenUrl { get; init; }

    public IReadOnlyList<string> GeoTags { get; init; } = [];

    public IbmCatalogMetadata? Metadata { get; init; }

    /// <summary>Where it is, of a deployment.</summary>
    internal string? Location => Metadata?.Deployment?.Location;
}

/// <summary>What the catalog knows of an entry.</summary>
internal sealed class IbmCatalogMetadata
{
    public bool? RcCompatible { get; init; }

    public IbmCatalogService? Service { get; init; }

    public IbmCatalogDeployment? Deployment { get; init; }

    public IbmCatalogOther? Other { get; init; }
}

/// <summary>Of a service.</summary>
internal sealed class IbmCatalogService
{
    public bool? Active { get; init; }

    public bool? RcProvisionable { get; init; }
}

/// <summary>Of a deployment.</summary>
internal sealed class IbmCatalogDeployment
{
    public string? Location { get; init; }

    public string? TargetCrn { get; init; }
}

/// <summary>What only some services have.</summary>
internal sealed class IbmCatalogOther
{
    public IReadOnlyList<IbmCatalogResource> Resources { get; init; } = [];
}

/// <summary>A number of members, in this case.</summary>
internal sealed class IbmCatalogResource
{
    public string? Id { get; init; }

    public int? Count { get; init; }
}
