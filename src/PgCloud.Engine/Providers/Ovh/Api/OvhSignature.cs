// SPDX-License-Identifier: MIT

using System.Globalization;
using System.Security;
using System.Security.Cryptography;
using System.Text;
using PgCloud.Engine.Sql.Credentials;

namespace PgCloud.Engine.Providers.Ovh.Api;

/// <summary>The signature of a call. SHA-1 is what the API takes; there is no other.</summary>
internal static class OvhSignature
{
    /// <summary><c>$1$</c> and the hash of secret, consumer key, method, URL, body and time, joined by plus signs.</summary>
    /// <param name="applicationSecret">The application's secret.</param>
    /// <param name="consumerKey">The consumer key.</param>
    /// <param name="method">In upper case.</param>
    /// <param name="url">Whole, exactly as sent.</param>
    /// <param name="body">Exactly as sent; empty where there is none.</param>
    /// <param name="timestamp">Unix seconds by the server's clock, the same as in the header.</param>
    internal static string Compute(
        SecureString applicationSecret, SecureString consumerKey, string method, string url, ReadOnlySpan<byte> body, long timestamp)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
        Append(hash, applicationSecret);
        Append(hash, consumerKey);
        hash.AppendData(Encoding.UTF8.GetBytes($"{method}+{url}+"));
        hash.AppendData(body);
        hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"+{timestamp}")));
        return "$1$" + Convert.ToHexString(hash.GetHashAndReset()).ToLowerInvariant();
    }

    private static void Append(IncrementalHash hash, SecureString secret)
    {
        byte[] bytes = Passwords.Use(secret, characters => Encoding.UTF8.GetBytes(characters));
        try
        {
            hash.AppendData(bytes);
            hash.AppendData("+"u8);
        }
        finally
        {
            Array.Clear(bytes);
        }
    }
}
