// SPDX-License-Identifier: MIT

using System.Net;

namespace PgCloud.Engine.Http;

/// <summary>
///   The proxy of the environment (HTTPS_PROXY, ALL_PROXY, NO_PROXY), for https only: through one, a call over plain http, which only this
///   machine itself may be sent, would leave it, readable and with what proves who calls.
/// </summary>
internal sealed class EnvironmentProxy : IWebProxy
{
    /// <inheritdoc/>
    public ICredentials? Credentials
    {
        get => HttpClient.DefaultProxy.Credentials;
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public Uri? GetProxy(Uri destination) => destination.Scheme == Uri.UriSchemeHttps ? HttpClient.DefaultProxy.GetProxy(destination) : null;

    /// <inheritdoc/>
    public bool IsBypassed(Uri host) => host.Scheme != Uri.UriSchemeHttps || HttpClient.DefaultProxy.IsBypassed(host);
}
