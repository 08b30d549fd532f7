// SPDX-License-Identifier: MIT

using System.Net.Sockets;
using PgCloud.Contracts;
using PgCloud.Engine.Http;
using PgCloud.Engine.Providers.Ibm.Api;
using PgCloud.Errors;

namespace PgCloud.Engine.Providers.Ibm.Network;

/// <summary>Ranges as a network zone has them, and as the module has them.</summary>
internal static class IbmAddresses
{
    /// <summary>The most addresses of a zone (provider documents, cbr_zone).</summary>
    internal const int MostOfZone = 1000;

    // The first address of a network that is for documentation, and so of no machine (RFC 5737).
    private const string NobodysAddress = "192.0.2.0";

    /// <summary>In a zone in which nothing else is, as it must not be empty.</summary>
    internal static IbmAddress Nobody => ToAddress(NobodysAddress + "/32");

    /// <summary>Refuses what a zone for a database cannot hold.</summary>
    internal static void Check(IReadOnlyList<AuthorisedIpRequest> ranges)
    {
        foreach (AuthorisedIpRequest range in ranges)
        {
            if (PgCidr.Parse(range.Address).Address.AddressFamily != AddressFamily.InterNetwork)
            {
                throw PgErrors.AddressFamilyIgnored(range.NormalisedFrom ?? range.Address);
            }
        }
    }

    /// <summary>A range as an address of a zone: one address by itself, else a subnet.</summary>
    internal static IbmAddress ToAddress(string cidr) => cidr.EndsWith("/32", StringComparison.Ordinal)
        ? new IbmAddress { Type = Of(IbmAddressType.IpAddress), Value = cidr[..^3] }
        : new IbmAddress { Type = Of(IbmAddressType.Subnet), Value = cidr };

    /// <summary>An address of a zone as a range; what is none, such as a VPC, by its own words.</summary>
    internal static string ToCidr(IbmAddress address) => address.Type.Known switch
    {
        IbmAddressType.IpAddress or IbmAddressType.Subnet when address.Value is { } value && TryNormalise(value) is { } cidr => cidr,
        IbmAddressType.ServiceRef => $"service {address.Ref?.ServiceName}",
        _ => address.Value ?? address.Type.ToString(),
    };

    /// <summary>Whether it is as the module writes addresses, rather than a range from one to another, a VPC or a service.</summary>
    internal static bool IsOurKind(IbmAddress address) => address.Type.Known is IbmAddressType.IpAddress or IbmAddressType.Subnet;

    /// <summary>The addresses of a zone that let somebody in.</summary>
    internal static IReadOnlyList<IbmAddress> LetIn(IbmZone? zone) =>
        zone?.Addresses is not { } all || all is [{ Value: NobodysAddress }] ? [] : all;

    private static string? TryNormalise(string value)
    {
        try
        {
            return PgCidr.Parse(value).ToString();
        }
        catch (PgCloudException)
        {
            return null;
        }
    }

    // The API's words begin with a small letter: ipAddress, subnet.
    private static ApiEnum<IbmAddressType> Of(IbmAddressType type) => new(char.ToLowerInvariant(type.ToString()[0]) + type.ToString()[1..]);
}
