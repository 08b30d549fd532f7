// SPDX-License-Identifier: MIT

using System.Security.Cryptography;

namespace PgCloud.Emulator.Hosting;

/// <summary>Random keys and passwords.</summary>
internal static class Secrets
{
    /// <summary>Hears of every secret that is made, so that a test can look for it where it must not be.</summary>
    internal static event Action<string>? Made;

    internal static string New(int length) =>
        Tell(RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", length));

    internal static string Tell(string secret)
    {
        Made?.Invoke(secret);
        return secret;
    }
}
