// SPDX-License-Identifier: MIT

using System.Net.Sockets;
using Newtonsoft.Json.Linq;
using PgCloud.Contracts;
using PgCloud.Engine.Providers.Ovh.Instances;
using PgCloud.Errors;

namespace PgCloud.Engine.Providers.Ovh.Network;

/// <summary>The rules for <c>ipRestrictions</c>.</summary>
internal static class OvhAddresses
{
    // The control panel's bound; the schema states none.
    private const int LongestDescription = 50;

    /// <summary>Refuses IPv6, which the API does not take, and descriptions it would cut or refuse.</summary>
    internal static IReadOnlyList<AuthorisedIpRequest> Check(IReadOnlyList<AuthorisedIpRequest> ranges)
    {
        foreach (AuthorisedIpRequest range in ranges)
        {
            if (PgCidr.Parse(range.Address).Address.AddressFamily != AddressFamily.InterNetwork)
            {
                throw PgErrors.AddressFamilyUnsupported(range.NormalisedFrom ?? range.Address);
            }

            if (range.Description is { } text && (text.Length > LongestDescription || text.Any(char.IsControl)))
            {
                throw PgErrors.DescriptionInvalid(text, LongestDescription);
            }
        }

        return ranges;
    }

    /// <summary>For the body of a create.</summary>
    internal static JArray ToJson(IEnumerable<AuthorisedIpRequest> ranges) =>
        ToJson(ranges.DistinctBy(r => r.Address).Select(r => new OvhIpRestriction(r.Address, r.Description)));

    /// <summary>For the body of a change. The description always goes along, as the control panel sends it.</summary>
    internal static JArray ToJson(IEnumerable<OvhIpRestriction> entries) =>
        new(entries.Select(e => new JObject { ["ip"] = e.Ip, ["description"] = e.Description ?? string.Empty }));

    /// <summary>By what two entries are the same: the API keeps what it was given, which may be a bare address.</summary>
    internal static string KeyOf(string ip)
    {
        try
        {
            return PgCidr.Parse(ip).ToString();
        }
        catch (PgCloudException)
        {
            return ip;
        }
    }
}
