// SPDX-License-Identifier: MIT

using System.Security.Cryptography;
using PgCloud.Emulator.Hosting;

namespace PgCloud.Emulator.Ibm.Keys;

/// <summary>Passwords as in the documentation's sample: 32 characters, some of which a URI must escape.</summary>
internal static class Password
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const string Others = "-)%,";

    internal static string New()
    {
        char[] characters = [.. Others, .. RandomNumberGenerator.GetString(Letters + Others, 27)];
        RandomNumberGenerator.Shuffle(characters.AsSpan());
        // So that it cannot be taken for an option of a program.
        return Secrets.Tell(RandomNumberGenerator.GetString(Letters, 1) + new string(characters));
    }
}
