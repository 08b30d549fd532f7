// SPDX-License-Identifier: MIT

namespace PgCloud.Engine.Http;

/// <summary>
///   The paces of one account, one for each endpoint it calls. Whoever calls with the same credential in this process shares them: what the
///   API counts is the account, not the session.
/// </summary>
/// <param name="account">The fingerprint of the credential.</param>
/// <param name="options">How fast, where nobody has set the pace yet.</param>
internal sealed class ApiPaces(string account, ApiClientOptions options) : IDisposable
{
    private static readonly Dictionary<(string Account, string Endpoint), Shared> Known = [];

    private readonly Dictionary<string, ApiPace> _mine = new(StringComparer.Ordinal);
    private bool _disposed;

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (Known)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
            foreach (string endpoint in _mine.Keys)
            {
                Known[(account, endpoint)].Users--;
            }

            Sweep();
        }
    }

    /// <summary>The pace for calls of that URL's host.</summary>
    internal ApiPace Of(Uri url)
    {
        string endpoint = url.GetLeftPart(UriPartial.Authority);
        lock (Known)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_mine.TryGetValue(endpoint, out ApiPace? mine))
            {
                return mine;
            }

            Sweep();
            if (!Known.TryGetValue((account, endpoint), out Shared? shared))
            {
                Known[(account, endpoint)] = shared = new Shared(new ApiPace(options));
            }

            shared.Users++;
            return _mine[endpoint] = shared.Pace;
        }
    }

    // A pause that the API asked for outlives the session: who connects anew has to keep it, too.
    private static void Sweep()
    {
        foreach (KeyValuePair<(string, string), Shared> entry in Known.Where(e => e.Value.Users == 0 && e.Value.Pace.HeldFor == TimeSpan.Zero).ToArray())
        {
            Known.Remove(entry.Key);
            entry.Value.Pace.Dispose();
        }
    }

    private sealed class Shared(ApiPace pace)
    {
        internal ApiPace Pace { get; } = pace;

        internal int Users { get; set; }
    }
}
