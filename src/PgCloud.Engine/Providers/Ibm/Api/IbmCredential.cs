// SPDX-License-Identifier: MIT

using System.Security;
using PgCloud.Engine.Http;

namespace PgCloud.Engine.Providers.Ibm.Api;

/// <summary>What proves to IBM Cloud who calls.</summary>
/// <param name="secret">The one secret of it.</param>
internal abstract class IbmCredential(SecureString secret) : ApiCredential
{
    /// <summary>The key, the passcode or the token.</summary>
    internal SecureString Secret { get; } = secret;

    /// <inheritdoc/>
    protected override IEnumerable<SecureString> Secrets => [Secret];
}

/// <summary>An API key, of a user or of a service id: access tokens are fetched with it, as often as is needed.</summary>
internal sealed class IbmApiKeyCredential(SecureString key) : IbmCredential(key)
{
    /// <inheritdoc/>
    public override string ToString() => "API key";
}

/// <summary>A passcode, good for one sign-in: the refresh token that comes with the first access token fetches the next ones.</summary>
internal sealed class IbmPasscodeCredential(SecureString passcode) : IbmCredential(passcode)
{
    /// <inheritdoc/>
    public override string ToString() => "one-time passcode";
}

/// <summary>An access token that somebody else fetched; it lasts about an hour.</summary>
internal sealed class IbmTokenCredential(SecureString accessToken) : IbmCredential(accessToken)
{
    /// <inheritdoc/>
    public override string ToString() => "access token";
}
