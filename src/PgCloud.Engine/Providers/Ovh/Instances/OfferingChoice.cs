// SPDX-License-Identifier: MIT

using PgCloud.Errors;

namespace PgCloud.Engine.Providers.Ovh.Instances;

/// <summary>
///   Finds the offer that fits a wish before anything is ordered, and says which value does not fit and what would: the API itself answers
///   "no compute matches your expectations".
/// </summary>
internal static class OfferingChoice
{
    private static readonly string[] NotSold = ["END_OF_LIFE", "END_OF_SALE", "UNAVAILABLE"];

    private static readonly (string Name, Func<OfferingWish, string?> Wanted, Func<PgOffering, string> Offered)[] Parts =
    [
        ("region", w => w.Region, o => o.Region),
        ("version", w => w.Version, o => o.Version),
        ("plan", w => w.Plan, o => o.Plan),
        ("flavor", w => w.Flavor, o => o.Flavor),
        ("network", w => w.Network, o => o.Network),
    ];

    /// <summary>The offer. Where several fit, the newest version of the one that the provider takes by itself, or of the first.</summary>
    internal static PgOffering Find(IReadOnlyList<PgOffering> all, OfferingWish wish)
    {
        PgOffering[] left = [.. all.Where(o => !NotSold.Contains(o.Lifecycle, StringComparer.OrdinalIgnoreCase))];
        var given = new List<string>();
        foreach ((string name, Func<OfferingWish, string?> wanted, Func<PgOffering, string> offered) in Parts)
        {
            if (wanted(wish) is not { } value)
            {
                continue;
            }

            PgOffering[] fitting = [.. left.Where(o => IsSame(offered(o), value))];
            if (fitting.Length == 0)
            {
                throw PgErrors.OfferingMismatch(name, value, given, Distinct(left, offered), IsOfferedAtAll(all, offered, value));
            }

            left = fitting;
            given.Add($"{name} {offered(fitting[0])}");
        }

        if (wish.Region is null && Distinct(left, o => o.Region) is { Count: > 1 } regions)
        {
            throw PgErrors.RegionMissing(regions);
        }

        PgOffering[] ofNodes = [.. left.Where(o => wish.NodeCount is not { } n || (n >= o.MinNodeCount && n <= o.MaxNodeCount))];
        if (ofNodes.Length == 0)
        {
            throw PgErrors.NodeCountInvalid(wish.NodeCount!.Value, left.Min(o => o.MinNodeCount), left.Max(o => o.MaxNodeCount), given);
        }

        PgOffering[] ofDisk = [.. ofNodes.Where(o => wish.DiskSizeGB is not { } size || Fits(o, size))];
        if (ofDisk.Length == 0)
        {
            throw PgErrors.DiskSizeInvalid(
                wish.DiskSizeGB!.Value, ofNodes.Min(o => o.MinDiskSizeGB), ofNodes.Max(o => o.MaxDiskSizeGB), ofNodes[0].DiskStepGB, given);
        }

        return ofDisk.OrderByDescending(o => o.IsDefault).ThenByDescending(o => VersionOf(o.Version)).First();
    }

    /// <summary>The offers that have all of region, version, plan, flavor and network that the wish names.</summary>
    internal static IEnumerable<PgOffering> Matching(IEnumerable<PgOffering> all, OfferingWish wish) => all.Where(o =>
        !NotSold.Contains(o.Lifecycle, StringComparer.OrdinalIgnoreCase)
        && Array.TrueForAll(Parts, p => p.Wanted(wish) is not { } value || IsSame(p.Offered(o), value)));

    private static bool IsSame(string offered, string wanted) => string.Equals(offered, wanted.Trim(), StringComparison.OrdinalIgnoreCase);

    private static bool IsOfferedAtAll(IReadOnlyList<PgOffering> all, Func<PgOffering, string> part, string value) =>
        all.Any(o => IsSame(part(o), value));

    private static List<string> Distinct(IEnumerable<PgOffering> offers, Func<PgOffering, string> part) =>
        [.. offers.Select(part).Distinct(StringComparer.OrdinalIgnoreCase).OrderBy(VersionOf).ThenBy(v => v, StringComparer.OrdinalIgnoreCase)];

    private static bool Fits(PgOffering offer, long size) =>
        size >= offer.MinDiskSizeGB
        && size <= offer.MaxDiskSizeGB
        && (size == offer.MinDiskSizeGB || (offer.DiskStepGB > 0 && (size - offer.MinDiskSizeGB) % offer.DiskStepGB == 0));

    private static Version VersionOf(string text) =>
        Version.TryParse(text.Contains('.', StringComparison.Ordinal) ? text : text + ".0", out Version? version) ? version : new Version();
}
