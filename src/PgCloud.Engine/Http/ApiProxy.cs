// SPDX-License-Identifier: MIT

using System.Net;
using PgCloud.Contracts;
using PgCloud.Errors;

namespace PgCloud.Engine.Http;

/// <summary>The proxy that a session's user names. Without one, the environment decides.</summary>
internal static class ApiProxy
{
    private static readonly string[] Schemes = ["http", "https", "socks4", "socks4a", "socks5"];

    /// <summary>The proxy, with what proves to it who calls.</summary>
    /// <exception cref="PgCloudException"><c>PgCloud.Cloud.ProxyInvalid</c>.</exception>
    internal static WebProxy Of(CallSettings settings) => new(Checked(settings.Proxy!))
    {
        // Named for this session, it is meant for all its calls: NO_PROXY is about the environment's.
        BypassProxyOnLocal = false,
        Credentials = settings.ProxyUser is null ? null : new NetworkCredential(settings.ProxyUser, settings.ProxyPassword),
    };

    private static Uri Checked(Uri proxy) => !proxy.IsAbsoluteUri || !Schemes.Contains(proxy.Scheme)
        ? throw PgErrors.ProxyInvalid(ApiUrl.Shown(proxy.OriginalString), $"it is no URL with {string.Join(", ", Schemes)}")
        : proxy.UserInfo.Length > 0
            ? throw PgErrors.ProxyInvalid(proxy.Authority, "a user name or password in its URL is not taken")
            : proxy;

    /// <summary>Whether a proxy made no tunnel because it does not know who asks.</summary>
    internal static bool WantsCredential(Exception failure) =>
        failure is HttpRequestException { StatusCode: HttpStatusCode.ProxyAuthenticationRequired }
        || failure.Message.Contains("'407'", StringComparison.Ordinal);
}
