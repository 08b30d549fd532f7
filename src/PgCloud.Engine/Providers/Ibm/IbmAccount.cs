// SPDX-License-Identifier: MIT

using PgCloud.Contracts;
using PgCloud.Engine.Providers.Ibm.Api;

namespace PgCloud.Engine.Providers.Ibm;

/// <summary>One account of IBM Cloud, with the resource group that new instances go into: what everything is asked of.</summary>
/// <param name="client">The services, with the account's credential.</param>
/// <param name="group">The resource group.</param>
/// <param name="isNarrowed">Whether the user named the group, so that others are not listed.</param>
/// <param name="region">Where new instances go; <see langword="null"/> where each says it.</param>
/// <param name="pace">The pauses between two looks at what changes.</param>
internal sealed class IbmAccount(IbmClient client, IbmResourceGroup group, bool isNarrowed, string? region, PollPace pace)
{
    /// <summary>The service's name in the catalog, and the resource id of its instances.</summary>
    internal const string ServiceName = "databases-for-postgresql";

    /// <summary>The plan of the second generation.</summary>
    internal const string PlanName = "standard-gen2";

    internal IbmResources Instances { get; } = new(client);

    internal IbmKeys Keys { get; } = new(client);

    internal IbmReclamations Reclamations { get; } = new(client);

    internal IbmCatalog Catalog { get; } = new(client);

    internal IbmGroups Groups { get; } = new(client);

    internal IbmTags Tags { get; } = new(client);

    internal IbmRestrictions Restrictions { get; } = new(client);

    internal IbmResourceGroup Group => group;

    /// <summary>The group that lists are narrowed to.</summary>
    internal string? ListedGroupId => isNarrowed ? group.Id : null;

    internal string? Region => region;

    internal PollPace Pace => pace;

    /// <summary>The account's id, which restrictions are kept under.</summary>
    internal string AccountId => group.AccountId ?? string.Empty;

    /// <summary>The account and the group, for people.</summary>
    public override string ToString() => $"{AccountId}, resource group {group.Name}";
}
