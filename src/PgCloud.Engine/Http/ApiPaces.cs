// SPDX-License-Identifier: MIT

namespace PgCloud.Engine.Http;

/// <summary>The paces of one session, one for each endpoint it calls; given back when the session ends.</summary>
/// <param name="fingerprint">Of the credential.</param>
/// <param name="options">How fast, where nobody has set the pace yet, and where paces are shared.</param>
internal sealed class ApiPaces(string fingerprint, ApiClientOptions options) : IDisposable
{
    private readonly Dictionary<string, ApiPace> _mine = new(StringComparer.Ordinal);
    private string _account = options.Paces.AccountOf(fingerprint);
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
                options.Paces.Return(_account, endpoint);
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
                _mine[endpoint] = mine = options.Paces.Take(_account, endpoint, options);
            }

            return mine;
        }
    }

    /// <summary>
    ///   Goes on at the pace that all sessions of the account share, whatever their credentials. A pause that was asked for under the credential
    ///   is one for the account. No call of this session may be under way.
    /// </summary>
    internal void Join(string account)
    {
        lock (_mine)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            options.Paces.Learn(fingerprint, account);
            if (account == _account)
            {
                return;
            }

            foreach ((string endpoint, ApiPace before) in _mine.ToArray())
            {
                _mine[endpoint] = options.Paces.Take(account, endpoint, options);
                _mine[endpoint].Hold(before.HeldFor);
                options.Paces.Return(_account, endpoint);
            }

            _account = account;
        }
    }
}
