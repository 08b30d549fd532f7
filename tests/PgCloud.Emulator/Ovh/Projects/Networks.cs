// SPDX-License-Identifier: MIT

using PgCloud.Emulator.Ovh.Errors;

namespace PgCloud.Emulator.Ovh.Projects;

/// <summary>The private network of the projects: one, in every region, with one subnet.</summary>
internal static class Networks
{
    internal const string Id = "pn-1044990_0";

    internal static readonly Guid Subnet = new("1d2f3c4b-4a5b-46c7-88d9-0e1f2a3b4c5d");

    private static readonly Dictionary<string, Guid> InRegion = new()
    {
        ["GRA11"] = new("5bd1f3c2-6d6b-4c0c-9c0e-30ad1f4f9a51"),
        ["SBG5"] = new("7c1cfe0e-52b3-4c3b-8f4e-6f0a8d4b2c6e"),
    };

    internal static IEnumerable<string> Regions => InRegion.Keys;

    /// <summary>Refuses a network or subnet that is not there. A service names the network by its id in a region, not by pn-….</summary>
    internal static void Check(Guid? network, Guid? subnet)
    {
        if (network is { } id && !InRegion.ContainsValue(id))
        {
            throw ApiErrors.ObjectNotFound("Network", id);
        }

        if (subnet is { } given && (network is null || given != Subnet))
        {
            throw ApiErrors.ObjectNotFound("Subnet", given);
        }

        if (network is not null && subnet is null)
        {
            throw ApiErrors.BadRequest("[subnetId] Missing parameter");
        }
    }

    internal static object View() => new
    {
        id = Id,
        name = "backend",
        vlanId = 0L,
        type = "private",
        status = "ACTIVE",
        regions = InRegion.Select(r => new { region = r.Key, status = "ACTIVE", openstackId = r.Value }),
    };

    internal static object SubnetView() => new
    {
        id = Subnet.ToString(),
        cidr = "10.1.0.0/16",
        dhcpEnabled = true,
        gatewayIp = (string?)null,
        ipPools = InRegion.Keys.Select(r => new { dhcp = true, network = "10.1.0.0/16", region = r, start = "10.1.0.2", end = "10.1.255.254" }),
    };
}
