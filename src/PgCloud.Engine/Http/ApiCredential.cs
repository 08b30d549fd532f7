// SPDX-License-Identifier: MIT

using System.Security;
using System.Security.Cryptography;
using System.Text;
using PgCloud.Engine.Sql.Credentials;

namespace PgCloud.Engine.Http;

/// <summary>What proves to an API who calls. The secrets are in SecureStrings and leave them only while a call is made.</summary>
internal abstract class ApiCredential
{
    /// <summary>The method, with the public part of it; nothing secret.</summary>
    public abstract override string ToString();

    /// <summary>The text without the secrets of this credential, for messages: an API may echo what it was sent.</summary>
    internal string Mask(string text)
    {
        foreach (SecureString secret in Secrets)
        {
            text = Passwords.Use(secret, characters =>
                characters.Length == 0 ? text : text.Replace(new string(characters), "***", StringComparison.Ordinal));
        }

        return text;
    }

    /// <summary>The same for the same credential, however often it was given; tells nothing about it.</summary>
    internal string Fingerprint()
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, FingerprintKey.Value);
        hash.AppendData(Encoding.UTF8.GetBytes(ToString()));
        foreach (SecureString secret in Secrets)
        {
            byte[] bytes = Passwords.Use(secret, characters => Encoding.UTF8.GetBytes(characters));
            hash.AppendData("\0"u8);
            hash.AppendData(bytes);
            Array.Clear(bytes);
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }

    /// <summary>What must never be seen.</summary>
    protected abstract IEnumerable<SecureString> Secrets { get; }

    private static class FingerprintKey
    {
        internal static readonly byte[] Value = RandomNumberGenerator.GetBytes(32);
    }
}
