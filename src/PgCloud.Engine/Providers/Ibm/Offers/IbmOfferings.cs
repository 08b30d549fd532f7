// SPDX-License-Identifier: MIT

using PgCloud.Contracts;
using PgCloud.Engine.Providers.Ibm.Api;

namespace PgCloud.Engine.Providers.Ibm.Offers;

/// <summary>What can be had: the locations are read from the catalog; sizes and bounds are those of IBM's documents.</summary>
internal static class IbmOfferings
{
    /// <summary>Getting started with Databases for PostgreSQL Gen 2, "storage_gb" and "members".</summary>
    internal const int LeastDiskGB = 10;

    internal const int MostDiskGB = 9600;

    internal const int LeastMembers = 2;

    internal const int MostMembers = 3;

    /// <summary>The one version of Gen 2.</summary>
    internal const string Version = "18";

    /// <summary>
    ///   Host flavors, smallest first, as the validator of IBM's Terraform provider has them (pull request 6932). The catalog does not list them
    ///   for PostgreSQL.
    /// </summary>
    internal static IReadOnlyList<string> Flavors { get; } =
    [
        "bx3d.4x20", "bxf.4x16", "bx3d.8x40", "bxf.8x32", "bx3d.16x80", "bxf.16x64", "bx3d.32x160", "bxf.32x128", "bx3d.48x240", "bxf.48x192",
    ];

    /// <summary>Reads what is offered.</summary>
    internal static async Task<IReadOnlyList<PgOffering>> ReadAsync(IbmAccount account, IReporter reporter, CancellationToken cancellation)
    {
        IbmCatalogEntry plan = await account.Catalog.GetPlanAsync(IbmAccount.ServiceName, IbmAccount.PlanName, reporter, cancellation);
        IReadOnlyList<IbmCatalogEntry> deployments = await account.Catalog.ListDeploymentsAsync(plan.Id, reporter, cancellation);
        return [.. deployments.OrderBy(d => d.Location, StringComparer.Ordinal).SelectMany(d => Flavors.Select((flavor, i) => Offer(d, flavor, i == 0)))];
    }

    private static PgOffering Offer(IbmCatalogEntry deployment, string flavor, bool isDefault) => new()
    {
        Region = deployment.Location!,
        Version = Version,
        Plan = IbmAccount.PlanName,
        Flavor = flavor,
        Network = "private",
        MinNodeCount = LeastMembers,
        MaxNodeCount = MostMembers,
        MinDiskSizeGB = LeastDiskGB,
        MaxDiskSizeGB = MostDiskGB,
        DiskStepGB = 1,
        BackupRetentionDays = 30,
        IsDefault = isDefault,
        Lifecycle = deployment.Active == false ? "UNAVAILABLE" : "STABLE",
    };
}
