// SPDX-License-Identifier: MIT

using System.Security;

namespace PgCloud.Contracts;

/// <summary>A consumer key that OVHcloud has made, and how far its validation is.</summary>
/// <param name="Account">The application with the key: what a session can be opened with once it is validated.</param>
/// <param name="ConsumerKey">The key.</param>
/// <param name="ValidationUrl">Where the account's owner says yes or no.</param>
/// <param name="State">The API's word.</param>
/// <param name="Rules">What it allows, as method and path.</param>
public sealed record ConsumerKeyGrant(
    CloudAccountRequest Account, SecureString ConsumerKey, string ValidationUrl, string State, IReadOnlyList<string> Rules)
{
    /// <summary>When it ends, where the API says so.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The state; never the key.</summary>
    public override string ToString() => State;
}
