// SPDX-License-Identifier: MIT

using System.Security;
using PgCloud.Engine.Sql.Credentials;

namespace PgCloud.Engine.Providers.Ovh.Api;

/// <summary>What proves to the API who calls. The secrets are in SecureStrings and leave them only while a call is made.</summary>
internal abstract class OvhCredential
{
    /// <summary>The method, with the public part of it; nothing secret.</summary>
    public abstract override string ToString();

    /// <summary>The text without the secrets of this credential, for messages: an API may echo what it was sent.</summary>
    internal string Mask(string text)
    {
        foreach (SecureString secret in Secrets)
        {
            text = Passwords.Use(secret, characters =>
                characters.Length == 0 ? text : text.Replace(new string(characters), "***", StringComparison.Ordinal));
        }

        return text;
    }

    /// <summary>What must never be seen.</summary>
    protected abstract IEnumerable<SecureString> Secrets { get; }
}

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
