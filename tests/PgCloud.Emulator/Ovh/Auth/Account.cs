// SPDX-License-Identifier: MIT

using System.Collections.Concurrent;
using PgCloud.Emulator.Hosting;

namespace PgCloud.Emulator.Ovh.Auth;

/// <summary>The one customer: an application, consumer keys, an OAuth2 client and its tokens.</summary>
internal sealed class Account
{
    private readonly ConcurrentDictionary<string, Credential> _credentials = new();
    private readonly ConcurrentDictionary<string, (ServiceAccount Client, DateTimeOffset Expires)> _tokens = new();
    private long _lastCredential = 1_000_000;

    public Account() => Owner = Add([.. Methods.Select(m => new AccessRule(m, "/*"))], "validated");

    internal static IReadOnlyList<string> Methods { get; } = ["GET", "POST", "PUT", "DELETE"];

    internal static string Name => "ab12345-ovh";

    internal string ApplicationKey { get; } = Secrets.New(16);

    internal string ApplicationSecret { get; } = Secrets.New(32);

    internal static long ApplicationId => 4711;

    /// <summary>A consumer key that may do everything.</summary>
    internal Credential Owner { get; }

    internal ServiceAccount Client { get; } = new() { ClientId = Secrets.New(16), ClientSecret = Secrets.New(32) };

    /// <summary>All consumer keys.</summary>
    internal IEnumerable<Credential> Credentials => _credentials.Values;

    internal Credential? Find(string consumerKey) => _credentials.GetValueOrDefault(consumerKey);

    internal Credential? FindByToken(string token) => _credentials.Values.FirstOrDefault(c => c.Token == token);

    internal Credential Add(
        IReadOnlyList<AccessRule> rules, string state, IReadOnlyList<string>? allowedIPs = null, string? redirection = null, TimeSpan? validity = null)
    {
        var credential = new Credential
        {
            Id = Interlocked.Increment(ref _lastCredential),
            ConsumerKey = Secrets.New(32),
            Rules = rules,
            State = state,
            AllowedIPs = allowedIPs,
            Redirection = redirection,
            Expiration = DateTimeOffset.UtcNow + (validity ?? TimeSpan.FromDays(1)),
        };
        _credentials[credential.ConsumerKey] = credential;
        return credential;
    }

    internal string IssueToken(ServiceAccount client)
    {
        string token = Secrets.New(64);
        _tokens[token] = (client, DateTimeOffset.UtcNow + client.TokenLife);
        return token;
    }

    internal ServiceAccount? FindClient(string token) =>
        _tokens.TryGetValue(token, out (ServiceAccount Client, DateTimeOffset Expires) found) && found.Expires > DateTimeOffset.UtcNow ? found.Client : null;

    internal void RevokeTokens() => _tokens.Clear();
}
