// SPDX-License-Identifier: MIT

using PgCloud.Emulator.Ovh.Errors;

namespace PgCloud.Emulator.Ovh.Offers;

/// <summary>Finds what was named, or refuses it.</summary>
internal static class Choice
{
    internal static Plan Plan(string name) =>
        OfferTable.Plans.FirstOrDefault(p => p.Name == name) ?? throw ApiErrors.NotFound("PlanNotFound", $"Plan {name} does not exist");

    internal static Flavor Flavor(string name) =>
        OfferTable.Flavors.FirstOrDefault(f => f.Name == name) ?? throw ApiErrors.NotFound("FlavorNameNotFound", $"Flavor {name} does not exist");

    internal static string Version(string name) =>
        OfferTable.Versions.Contains(name) ? name : throw ApiErrors.NotFound("VersionNotFound", $"Version {name} does not exist");

    internal static string Region(string name) =>
        OfferTable.Regions.Contains(name) ? name : throw ApiErrors.NotFound("RegionNotFound", $"Region {name} does not exist");

    internal static Offer Offer(string version, Plan plan, Flavor flavor, string region, bool isPrivate)
    {
        var wanted = new Offer(version, plan, flavor, region, isPrivate);
        return OfferTable.All.Contains(wanted) ? wanted : throw ApiErrors.NoMatchingCompute();
    }
}
