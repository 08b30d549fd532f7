// SPDX-License-Identifier: MIT

using PgCloud.Errors;

namespace PgCloud.Engine.Providers.Ovh.Backups;

/// <summary>
///   The rule for <c>backups.regions</c>: "one or two elements", one of which "must match the region the service is running in" (Automated
///   Backups).
/// </summary>
internal static class BackupRegions
{
    private const int Most = 2;

    /// <summary>Refuses what the API would, and writes the names as the API does.</summary>
    /// <param name="wanted">What the user asks for.</param>
    /// <param name="own">The region of the instance.</param>
    /// <param name="allowed">The regions that the API names; <see langword="null"/> where it cannot be asked yet.</param>
    internal static IReadOnlyList<string> Check(IReadOnlyList<string> wanted, string own, IReadOnlyList<string>? allowed)
    {
        IEnumerable<string> known = [own, .. allowed ?? []];
        string[] regions = [.. wanted
            .Select(w => known.FirstOrDefault(k => string.Equals(k, w, StringComparison.OrdinalIgnoreCase)) ?? w)
            .Distinct(StringComparer.OrdinalIgnoreCase)];
        string? stranger = allowed is null ? null : Array.Find(regions, r => r != own && !allowed.Contains(r));
        return stranger is null && regions.Length is > 0 and <= Most && regions.Contains(own)
            ? regions
            : throw PgErrors.BackupRegionInvalid(wanted, stranger, own, allowed);
    }
}
