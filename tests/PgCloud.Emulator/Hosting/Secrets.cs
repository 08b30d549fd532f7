// SPDX-License-Identifier: MIT

using System.Security.Cryptography;

namespace PgCloud.Emulator.Hosting;

/// <summary>Random keys and passwords.</summary>
internal static class Secrets
{
    internal static string New(int length) =>
        RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", length);
}
