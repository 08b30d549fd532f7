// SPDX-License-Identifier: MIT

using System.Security;
using PgCloud.Engine.Http;

namespace PgCloud.Engine.Providers.Ovh.Api;

/// <summary>What proves to OVHcloud's API who calls.</summary>
internal abstract class OvhCredential : ApiCredential;

/// <summary>The classic method: an application's key and secret, and a key by which a customer lets it act.</summary>
internal sealed class OvhApplicationCredential(string applicationKey, SecureString applicationSecret, SecureString? consumerKey) : OvhCredential
{
    /// <summary>Not a secret.</summary>
    internal string ApplicationKey { get; } = applicationKey;

    /// <summary>Goes into the signature only.</summary>
    internal SecureString ApplicationSecret { get; } = applicationSecret;

    /// <summary><see langword="null"/> only while one is being asked for.</summary>
    internal SecureString? ConsumerKey { get; } = consumerKey;

    /// <inheritdoc/>
    protected override IEnumerable<SecureString> Secrets => ConsumerKey is null ? [ApplicationSecret] : [ApplicationSecret, ConsumerKey];

    /// <inheritdoc/>
    public override string ToString() => $"application {ApplicationKey}";
}

/// <summary>A service account: OAuth2 client credentials, with which access tokens are fetched.</summary>
internal sealed class OvhClientCredential(string clientId, SecureString clientSecret) : OvhCredential
{
    internal string ClientId { get; } = clientId;

    internal SecureString ClientSecret { get; } = clientSecret;

    /// <inheritdoc/>
    protected override IEnumerable<SecureString> Secrets => [ClientSecret];

    /// <inheritdoc/>
    public override string ToString() => $"service account {ClientId}";
}

/// <summary>An access token that somebody else fetched; it lasts about an hour.</summary>
internal sealed class OvhTokenCredential(SecureString accessToken) : OvhCredential
{
    internal SecureString AccessToken { get; } = accessToken;

    /// <inheritdoc/>
    protected override IEnumerable<SecureString> Secrets => [AccessToken];

    /// <inheritdoc/>
    public override string ToString() => "access token";
}
