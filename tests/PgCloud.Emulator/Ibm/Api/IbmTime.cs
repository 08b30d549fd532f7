// SPDX-License-Identifier: MIT

using System.Globalization;

namespace PgCloud.Emulator.Ibm.Api;

/// <summary>Times as the services write them.</summary>
internal static class IbmTime
{
    /// <summary>2026-07-02T14:04:29.613949600Z: the resource controller's.</summary>
    internal static string Fine(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'00Z'", CultureInfo.InvariantCulture);

    internal static string? Fine(DateTimeOffset? time) => time is { } known ? Fine(known) : null;

    /// <summary>2024-03-06T22:20:25.000Z.</summary>
    internal static string Milliseconds(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
