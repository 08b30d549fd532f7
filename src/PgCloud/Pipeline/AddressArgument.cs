// SPDX-License-Identifier: MIT

using PgCloud.Contracts;
using PgCloud.Errors;

namespace PgCloud.Pipeline;

/// <summary>Reads the addresses that a user wrote.</summary>
internal static class AddressArgument
{
    /// <summary>The ranges, each once; every one is read before anything is asked or written.</summary>
    /// <exception cref="PgCloudException"><c>PgCloud.Network.AddressInvalid</c>.</exception>
    internal static IReadOnlyList<AuthorisedIpRequest> Read(IEnumerable<string> addresses, string? description, PgProviderName? provider = null) =>
    [
        .. addresses
            .SelectMany(a => Parse(a, provider).Select(range => (Text: a.Trim(), Range: range.ToString())))
            .DistinctBy(a => a.Range)
            .Select(a => new AuthorisedIpRequest(a.Range, description, a.Text == a.Range ? null : a.Text)),
    ];

    /// <summary>The ranges of one text. What is wrong with it is told in the words of a provider, where one is known.</summary>
    /// <exception cref="PgCloudException"><c>PgCloud.Network.AddressInvalid</c>.</exception>
    internal static IReadOnlyList<PgCidr> Parse(string text, PgProviderName? provider)
    {
        try
        {
            return PgAddressRange.Parse(text);
        }
        catch (PgCloudException) when (provider is PgProviderName.Ovh or PgProviderName.Ibm)
        {
            throw PgErrors.AddressInvalid(text, isIPv4Only: true);
        }
    }
}
