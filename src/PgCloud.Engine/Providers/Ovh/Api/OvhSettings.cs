// SPDX-License-Identifier: MIT

using System.Security;

using PgCloud.Contracts;

namespace PgCloud.Engine.Providers.Ovh.Api;

/// <summary>What the caller gives about the account. What is <see langword="null"/> is looked for in the environment and in ovh.conf.</summary>
internal sealed class OvhSettings
{
    /// <summary>A name such as ovh-eu, or a URL.</summary>
    internal string? Endpoint { get; init; }

    /// <summary>Where access tokens are fetched, where that is not the endpoint's own place.</summary>
    internal string? TokenUrl { get; init; }

    internal string? ApplicationKey { get; init; }

    internal SecureString? ApplicationSecret { get; init; }

    internal SecureString? ConsumerKey { get; init; }

    internal string? ClientId { get; init; }

    internal SecureString? ClientSecret { get; init; }

    internal SecureString? AccessToken { get; init; }

    /// <summary>What a caller of the engine gives.</summary>
    internal static OvhSettings From(CloudAccountRequest request) => new()
    {
        Endpoint = request.Endpoint,
        TokenUrl = request.TokenUrl,
        ApplicationKey = request.ApplicationKey,
        ApplicationSecret = request.ApplicationSecret,
        ConsumerKey = request.ConsumerKey,
        ClientId = request.ClientId,
        ClientSecret = request.ClientSecret,
        AccessToken = request.AccessToken,
    };
}
