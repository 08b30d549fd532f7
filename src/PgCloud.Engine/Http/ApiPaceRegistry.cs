// SPDX-License-Identifier: MIT

namespace PgCloud.Engine.Http;

/// <summary>
///   The paces that are shared. Whoever calls an endpoint for the same account shares one: what an API counts is the account, not the session and
///   not the credential. Until the account of a credential is known, those with the same credential share one.
/// </summary>
internal sealed class ApiPaceRegistry
{
    private readonly Dictionary<(string Account, string Endpoint), Shared> _known = [];
    private readonly Dictionary<string, string> _accounts = new(StringComparer.Ordinal);

    /// <summary>The one of all sessions of this process.</summary>
    internal static ApiPaceRegistry OfThisProcess { get; } = new();

    /// <summary>The account that a credential was learnt to be of, and else its fingerprint.</summary>
    internal string AccountOf(string fingerprint)
    {
        lock (_known)
        {
            return _accounts.GetValueOrDefault(fingerprint, fingerprint);
        }
    }

    /// <summary>Learns of which account a credential is: who connects with it anew is paced with the account from the first call.</summary>
    internal void Learn(string fingerprint, string account)
    {
        lock (_known)
        {
            _accounts[fingerprint] = account;
        }
    }

    /// <summary>The pace of an account at an endpoint; to be given back.</summary>
    internal ApiPace Take(string account, string endpoint, ApiClientOptions options)
    {
        lock (_known)
        {
            Sweep();
            if (!_known.TryGetValue((account, endpoint), out Shared? shared))
            {
                _known[(account, endpoint)] = shared = new Shared(new ApiPace(options));
            }

            shared.Users++;
            return shared.Pace;
        }
    }

    /// <summary>Gives it back.</summary>
    internal void Return(string account, string endpoint)
    {
        lock (_known)
        {
            _known[(account, endpoint)].Users--;
            Sweep();
        }
    }

    // A pause that the API asked for outlives the session: who connects anew has to keep it, too.
    private void Sweep()
    {
        foreach (KeyValuePair<(string, string), Shared> entry in _known.Where(e => e.Value is { Users: 0 } s && s.Pace.HeldFor == TimeSpan.Zero).ToArray())
        {
            _known.Remove(entry.Key);
            entry.Value.Pace.Dispose();
        }
    }

    private sealed class Shared(ApiPace pace)
    {
        internal ApiPace Pace { get; } = pace;

        internal int Users { get; set; }
    }
}
