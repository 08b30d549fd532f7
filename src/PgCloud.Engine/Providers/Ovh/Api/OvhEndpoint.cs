// SPDX-License-Identifier: MIT

using PgCloud.Engine.Http;
using PgCloud.Errors;

namespace PgCloud.Engine.Providers.Ovh.Api;

/// <summary>Where the API is: one of OVHcloud's three, or any URL, an emulator's for example.</summary>
internal sealed class OvhEndpoint
{
    internal const string DefaultName = "ovh-eu";

    private static readonly Dictionary<string, (string Api, string Token)> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["ovh-eu"] = ("https://eu.api.ovh.com/1.0", "https://www.ovh.com/auth/oauth2/token"),
        ["ovh-ca"] = ("https://ca.api.ovh.com/1.0", "https://ca.ovh.com/auth/oauth2/token"),
        ["ovh-us"] = ("https://api.us.ovhcloud.com/1.0", "https://us.ovhcloud.com/auth/oauth2/token"),
    };

    private OvhEndpoint(string name, string apiBase, Uri tokenUrl)
    {
        Name = name;
        ApiBase = apiBase;
        TokenUrl = tokenUrl;
    }

    /// <summary>The names one can give.</summary>
    internal static IEnumerable<string> Names => Known.Keys;

    /// <summary>As it was given: the name or the URL; also the section of ovh.conf that belongs to it.</summary>
    internal string Name { get; }

    /// <summary>What every path of a call is put behind; without a slash at its end.</summary>
    internal string ApiBase { get; }

    /// <summary>Where an access token is fetched with OAuth2 client credentials.</summary>
    internal Uri TokenUrl { get; }

    /// <summary>The page on which the account's owner makes keys.</summary>
    internal Uri KeyPage => new(new Uri(ApiBase), "/createToken/");

    /// <summary>The endpoint of that name or URL.</summary>
    /// <param name="nameOrUrl"><see langword="null"/> or empty for ovh-eu.</param>
    /// <param name="tokenUrl"><see langword="null"/> for the endpoint's own; of a URL that is <c>/auth/oauth2/token</c> on the same host.</param>
    internal static OvhEndpoint Parse(string? nameOrUrl, string? tokenUrl = null)
    {
        string name = string.IsNullOrEmpty(nameOrUrl) ? DefaultName : nameOrUrl;
        Uri? givenToken = string.IsNullOrEmpty(tokenUrl) ? null : Url(tokenUrl);
        if (Known.TryGetValue(name, out (string Api, string Token) known))
        {
            return new OvhEndpoint(name.ToLowerInvariant(), known.Api, givenToken ?? new Uri(known.Token));
        }

        if (!name.Contains('/', StringComparison.Ordinal))
        {
            throw PgErrors.EndpointInvalid(ApiUrl.Shown(name), "there is no endpoint of that name", Names);
        }

        Uri url = Url(name);
        return new OvhEndpoint(name, name, givenToken ?? new Uri(url, "/auth/oauth2/token"));
    }

    /// <summary>The endpoint's name.</summary>
    public override string ToString() => Name;

    private static Uri Url(string text) =>
        ApiUrl.Parse(text, out string? flaw, out string shown) ?? throw PgErrors.EndpointInvalid(shown, flaw!, Names);
}
