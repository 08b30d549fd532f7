// SPDX-License-Identifier: MIT

using PgCloud.Emulator.Ovh.Api;
using PgCloud.Emulator.Ovh.Errors;
using PgCloud.Emulator.Ovh.Offers;

namespace PgCloud.Emulator.Ovh.Services;

/// <summary>Checks what a new service is asked to be. What does not go together is told as OVHcloud tells it: not at all.</summary>
internal static class ServiceRequest
{
    /// <summary>The offer, and how many nodes of it.</summary>
    internal static Offer ReadOffer(Body body, bool isPrivate)
    {
        (string flavorName, string region, long number) = ReadNodes(body);
        Plan plan = Choice.Plan(body.Text("plan") ?? string.Empty);
        string version = Choice.Version(body.Text("version") ?? string.Empty);
        Flavor flavor = Choice.Flavor(flavorName);
        Choice.Region(region);
        Offer offer = Choice.Offer(version, plan, flavor, region, isPrivate);
        return number < plan.Nodes ? throw ApiErrors.BadRequest("NotEnoughNodes", $"Minimum number of nodes for your offer is {plan.Nodes}")
            : number > plan.Nodes ? throw ApiErrors.BadRequest("TooManyNodes", $"Maximum number of nodes for your offer is {plan.Nodes}")
            : offer;
    }

    internal static long ReadDisk(Body body, Offer offer)
    {
        long size = body.Object("disk")?.Number("size") is > 0 and { } asked ? asked : offer.Flavor.MinDisk;
        return offer.HasDisk(size) ? size : throw ApiErrors.NoMatchingCompute();
    }

    /// <summary>One or two regions, one of them the service's own; by default its pair.</summary>
    internal static IReadOnlyList<string> ReadBackupRegions(Body? backups, string region)
    {
        IReadOnlyList<string> regions = backups?.Texts("regions") is { Count: > 0 } asked ? asked : [region, Pair(region)];
        foreach (string name in regions)
        {
            Choice.Region(name);
        }

        return regions.Count <= 2 && regions.Distinct().Count() == regions.Count && regions.Contains(region)
            ? regions
            : throw ApiErrors.BadRequest("Backups are kept in one or two regions, one of which is that of the service");
    }

    internal static string Pair(string region) => region is "GRA" or "BHS" ? "SBG" : "GRA";

    private static (string Flavor, string Region, long Number) ReadNodes(Body body)
    {
        Body? pattern = body.Object("nodesPattern");
        IReadOnlyList<Body>? list = body.Objects("nodesList");
        if (pattern is not null && list is { Count: > 0 })
        {
            throw ApiErrors.BadRequest("OnlyNodeListOrPattern", "You can only specify either nodeList or nodePattern, not both");
        }

        if (pattern is not null)
        {
            long number = pattern.Number("number") ?? 0;
            return number > 0 ? (pattern.Text("flavor") ?? string.Empty, pattern.Text("region") ?? string.Empty, number) : throw NoNode();
        }

        return list is not { Count: > 0 } ? throw NoNode()
            : list.Any(n => n.Text("flavor") != list[0].Text("flavor")) ? throw ApiErrors.BadRequest("NodesFlavorMismatch", "All the nodes must have the same flavor")
            : list.Any(n => n.Text("region") != list[0].Text("region")) ? throw ApiErrors.BadRequest("NodesRegionMismatch", "All the nodes must be in the same region")
            : (list[0].Text("flavor") ?? string.Empty, list[0].Text("region") ?? string.Empty, list.Count);
    }

    private static ApiException NoNode() => ApiErrors.BadRequest("AtLeastOneNode", "At least one node must be specified");
}
