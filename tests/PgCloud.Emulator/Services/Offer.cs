// SPDX-License-Identifier: MIT

using PgCloud.Emulator.Errors;

namespace PgCloud.Emulator.Services;

/// <summary>One combination that can be ordered.</summary>
internal sealed record Offer(
    string Version, string Plan, string Flavor, string Region, string Network, int MinNodes, int MaxNodes, long MinDisk, long MaxDisk, int RetentionDays)
{
    /// <summary>By how many GB a disk can grow.</summary>
    internal const long Step = 10;

    private static readonly string[] Versions = ["14", "15", "16", "17"];
    private static readonly string[] Regions = ["BHS", "DE", "GRA", "SBG", "UK", "WAW"];

    // Plans with their nodes and retention (PostgreSQL, capabilities), flavors with their disks (the same page, 2023).
    private static readonly (string Name, int MinNodes, int MaxNodes, int RetentionDays)[] Plans =
        [("essential", 1, 1, 2), ("business", 2, 2, 14), ("enterprise", 3, 3, 30)];

    private static readonly (string Name, long MinDisk, long MaxDisk)[] Flavors =
        [("db1-4", 80, 240), ("db1-7", 160, 480), ("db1-15", 320, 960), ("db1-30", 640, 1920)];

    /// <summary>All there are. The largest flavor is not sold with the smallest plan, so that not everything goes with everything.</summary>
    internal static IReadOnlyList<Offer> All { get; } =
    [
        .. from version in Versions
           from region in Regions
           from plan in Plans
           from flavor in Flavors
           from network in new[] { "public", "private" }
           where plan.Name != "essential" || flavor.Name != "db1-30"
           select new Offer(
               version, plan.Name, flavor.Name, region, network, plan.MinNodes, plan.MaxNodes, flavor.MinDisk, flavor.MaxDisk, plan.RetentionDays),
    ];

    /// <summary>The offer of that kind. What does not fit gets the API's own answer, which says nothing (terraform-provider-ovh #1440).</summary>
    internal static Offer Find(string? version, string? plan, string? flavor, string? region, string network) =>
        All.FirstOrDefault(o => o.Version == version && o.Plan == plan && o.Flavor == flavor && o.Region == region && o.Network == network)
        ?? throw ApiErrors.NotFound("NoMatchingCompute", "no compute matches your expectations, please refer to the availability endpoint");

    /// <summary>The API's Availability.</summary>
    internal object View() => new
    {
        engine = "postgresql",
        category = "operational",
        version = Version,
        plan = Plan,
        planCode = $"databases.postgresql-{Plan}-{Flavor}.hour.consumption",
        planCodeStorage = $"databases.postgresql-{Plan}-additionnal-storage-gb.hour.consumption",
        region = Region,
        flavor = Flavor,
        network = Network,
        @default = Plan == "essential" && Flavor == "db1-4" && Network == "public",
        backup = "automatic",
        backupRetentionDays = RetentionDays,
        backups = new { available = true, retentionDays = RetentionDays },
        minNodeNumber = MinNodes,
        maxNodeNumber = MaxNodes,
        minDiskSize = MinDisk,
        maxDiskSize = MaxDisk,
        stepDiskSize = Step,
        startDate = "2022-06-01",
        endOfLife = (string?)null,
        upstreamEndOfLife = (string?)null,
        status = "STABLE",
        lifecycle = new { startDate = "2022-06-01", endOfSale = (string?)null, endOfLife = (string?)null, status = "STABLE" },
        specifications = new
        {
            flavor = Flavor,
            network = Network,
            nodes = new { minimum = MinNodes, maximum = MaxNodes },
            storage = new { minimum = GB(MinDisk), maximum = GB(MaxDisk), step = GB(Step) },
        },
    };

    private static object GB(long value) => new { unit = "GB", value };
}
