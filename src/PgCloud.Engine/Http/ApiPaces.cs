// SPDX-License-Identifier: MIT

namespace PgCloud.Engine.Http;

/// <summary>The paces of one session, one for each endpoint it calls; given back when the session ends.</summary>
/// <param name="account">The fingerprint of the credential.</param>
/// <param name="options">How fast, where nobody has set the pace yet, and where paces are shared.</param>
internal sealed class ApiPaces(string account, ApiClientOptions options) : IDisposable
{
    private readonly Dictionary<string, ApiPace> _mine = new(StringComparer.Ordinal);
    private bool _disposed;

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_mine)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
            foreach (string endpoint in _mine.Keys)
            {
                options.Paces.Return(account, endpoint);
            }
        }
    }

    /// <summary>The pace for calls of that URL's host.</summary>
    internal ApiPace Of(Uri url)
    {
        string endpoint = url.GetLeftPart(UriPartial.Authority);
        lock (_mine)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (!_mine.TryGetValue(endpoint, out ApiPace? mine))
            {
                _mine[endpoint] = mine = options.Paces.Take(account, endpoint, options);
            }

            return mine;
        }
    }
}
