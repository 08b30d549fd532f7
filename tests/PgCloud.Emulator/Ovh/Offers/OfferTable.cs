// SPDX-License-Identifier: MIT

namespace PgCloud.Emulator.Ovh.Offers;

/// <summary>What can be had. Names, sizes and nodes are OVHcloud's; which of them go together is made up, so that not all do.</summary>
internal static class OfferTable
{
    internal const string DefaultVersion = "17";

    internal static readonly IReadOnlyList<string> Versions = ["14", "15", "16", "17", "18"];

    internal static readonly IReadOnlyList<string> Regions = ["BHS", "DE", "EU-WEST-PAR", "GRA", "SBG", "UK", "WAW"];

    internal static readonly IReadOnlyList<Plan> Plans =
    [
        new("essential", 2, 0, 1, 2),
        new("business", 2, 1, 2, 14),
        new("enterprise", 2, 2, 3, 30),
        new("production", 3, 1, 2, 14),
        new("advanced", 3, 2, 3, 30),
    ];

    internal static readonly IReadOnlyList<Flavor> Flavors =
    [
        new("db1-4", 2, 2, 4, 80, 240),
        new("db1-7", 2, 2, 7, 160, 480),
        new("db1-15", 2, 4, 15, 320, 960),
        new("db1-30", 2, 8, 30, 640, 1920),
        new("db1-60", 2, 16, 60, 1280, 3840),
        new("b3-8", 3, 2, 8, 80, 480),
        new("b3-16", 3, 4, 16, 160, 960),
        new("b3-32", 3, 8, 32, 320, 1920),
    ];

    internal static IReadOnlyList<Offer> All { get; } =
    [
        .. from region in Regions
           from plan in Plans
           where plan.Generation == 3 ? region is "EU-WEST-PAR" or "GRA" : region != "EU-WEST-PAR"
           from flavor in Flavors
           where flavor.Generation == plan.Generation && IsFor(flavor, plan)
           from version in Versions
           where IsIn(version, region, plan)
           from isPrivate in new[] { false, true }
           select new Offer(version, plan, flavor, region, isPrivate),
    ];

    /// <summary>The offers a service of this one may be changed to.</summary>
    internal static IEnumerable<Offer> Targets(Offer now, string? target) => All.Where(o => o.Region == now.Region && o.IsPrivate == now.IsPrivate && target switch
    {
        "flavor" => o.Plan == now.Plan && o.Version == now.Version,
        "plan" => IsUpgrade(now.Plan, o.Plan) && (o.Flavor == now.Flavor || !IsFor(now.Flavor, o.Plan)) && o.Version == now.Version,
        "version" => o.Plan == now.Plan && o.Flavor == now.Flavor && Number(o.Version) >= Number(now.Version),
        "self" => o == now,
        _ => IsUpgrade(now.Plan, o.Plan) && Number(o.Version) >= Number(now.Version),
    });

    internal static bool IsUpgrade(Plan from, Plan to) => from.Generation == to.Generation && to.Rank >= from.Rank;

    /// <summary>Whether a plan has machines of a size: small ones for small plans, large ones for large plans.</summary>
    internal static bool IsFor(Flavor flavor, Plan plan) => plan.Name switch
    {
        "essential" => flavor.Memory <= 15,
        "enterprise" => flavor.Memory >= 7,
        _ => true,
    };

    internal static int Number(string version) => int.Parse(version, System.Globalization.CultureInfo.InvariantCulture);

    // A new version is not everywhere at once, and an old one is not sold on new machines.
    private static bool IsIn(string version, string region, Plan plan) =>
        (version != "18" || region is "GRA" or "SBG" or "DE" or "EU-WEST-PAR") && (version != "14" || plan.Generation == 2);
}
