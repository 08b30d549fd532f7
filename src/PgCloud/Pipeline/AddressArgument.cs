// SPDX-License-Identifier: MIT

using PgCloud.Contracts;

namespace PgCloud.Pipeline;

/// <summary>Reads the addresses that a user wrote.</summary>
internal static class AddressArgument
{
    /// <summary>The ranges, each once; every one is read before anything is asked or written.</summary>
    /// <exception cref="Errors.PgCloudException"><c>PgCloud.Network.AddressInvalid</c>.</exception>
    internal static IReadOnlyList<AuthorisedIpRequest> Read(IEnumerable<string> addresses, string? description) =>
    [
        .. addresses
            .SelectMany(a => PgAddressRange.Parse(a).Select(range => (Text: a.Trim(), Range: range.ToString())))
            .DistinctBy(a => a.Range)
            .Select(a => new AuthorisedIpRequest(a.Range, description, a.Text == a.Range ? null : a.Text)),
    ];
}
