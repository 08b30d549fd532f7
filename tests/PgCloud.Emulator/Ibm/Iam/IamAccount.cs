// SPDX-License-Identifier: MIT

using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using PgCloud.Emulator.Hosting;

namespace PgCloud.Emulator.Ibm.Iam;

/// <summary>The one account: API keys, passcodes, a trusted profile, and the tokens that were given out.</summary>
internal sealed class IamAccount
{
    private readonly byte[] _signingKey = RandomNumberGenerator.GetBytes(32);
    private readonly ConcurrentDictionary<string, ApiKey> _keys = new();
    private readonly ConcurrentDictionary<string, IamToken> _tokens = new();
    private readonly ConcurrentDictionary<string, ApiKey> _refreshTokens = new();
    private readonly ConcurrentDictionary<string, bool> _passcodes = new();
    private long _lastToken;

    public IamAccount()
    {
        Owner = AddKey(mayWrite: true);
        Viewer = AddKey(mayWrite: false);
    }

    /// <summary>The account's id.</summary>
    internal string Id { get; } = RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary>A key that may do everything.</summary>
    internal ApiKey Owner { get; }

    /// <summary>A key that may only read, and not read secrets.</summary>
    internal ApiKey Viewer { get; }

    internal string ProfileId { get; } = $"Profile-{Guid.NewGuid()}";

    internal static string ProfileName => "emulator";

    /// <summary>How long a new token is good for; not scaled, since clients take a token for expired some seconds before it is.</summary>
    internal TimeSpan TokenLife { get; set; } = TimeSpan.FromHours(1);

    internal ApiKey AddKey(bool mayWrite)
    {
        var key = new ApiKey(Secrets.New(44), $"IBMid-{RandomNumberGenerator.GetString("0123456789ABCDEF", 10)}", mayWrite);
        return _keys[key.Secret] = key;
    }

    internal ApiKey? FindKey(string secret) => _keys.GetValueOrDefault(secret);

    internal void RemoveKey(string secret) => _keys.TryRemove(secret, out _);

    internal string NewPasscode()
    {
        string passcode = Secrets.New(10);
        _passcodes[passcode] = true;
        return passcode;
    }

    /// <summary>Uses up a passcode.</summary>
    internal bool TakePasscode(string passcode) => _passcodes.TryRemove(passcode, out _);

    internal IamToken? FindToken(string text) => _tokens.GetValueOrDefault(text);

    internal IamToken IssueToken(ApiKey key, string grant, TimeSpan clockOffset)
    {
        DateTimeOffset now = EmulatorClock.Now + clockOffset;
        DateTimeOffset expires = now + TokenLife;
        string text = Secrets.Tell(Sign(new
        {
            iam_id = key.IamId,
            id = key.IamId,
            realmid = "IBMid",
            jti = Interlocked.Increment(ref _lastToken).ToString(System.Globalization.CultureInfo.InvariantCulture),
            identifier = key.IamId.Split('-')[1],
            account = new { valid = true, bss = Id, frozen = true },
            iat = now.ToUnixTimeSeconds(),
            exp = expires.ToUnixTimeSeconds(),
            iss = "https://iam.cloud.ibm.com/identity",
            grant_type = grant,
            scope = "ibm openid",
            client_id = "default",
        }));
        var token = new IamToken(text, key, expires);
        return _tokens[text] = token;
    }

    internal string IssueRefreshToken(ApiKey key)
    {
        string token = Secrets.New(64);
        _refreshTokens[token] = key;
        return token;
    }

    internal ApiKey? FindByRefreshToken(string token) => _refreshTokens.GetValueOrDefault(token);

    /// <summary>No token is good any more.</summary>
    internal void ExpireTokens()
    {
        foreach ((string text, IamToken token) in _tokens)
        {
            _tokens[text] = token with { Expires = DateTimeOffset.MinValue };
        }

        _refreshTokens.Clear();
    }

    // Clients read times and account from the token, but do not check who signed it.
    private string Sign(object payload)
    {
        string text = $"{Part(new { kid = "emulator", alg = "HS256" })}.{Part(payload)}";
        return $"{text}.{Base64(HMACSHA256.HashData(_signingKey, Encoding.ASCII.GetBytes(text)))}";
    }

    private static string Part(object value) => Base64(JsonSerializer.SerializeToUtf8Bytes(value));

    private static string Base64(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
