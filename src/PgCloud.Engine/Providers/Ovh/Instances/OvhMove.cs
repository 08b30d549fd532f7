// SPDX-License-Identifier: MIT

using System.Globalization;
using PgCloud.Contracts;
using PgCloud.Errors;

namespace PgCloud.Engine.Providers.Ovh.Instances;

/// <summary>
///   Finds out whether an instance can become another offer, before anything of it is changed: what there is at all, and what the API says this
///   instance may become (<c>GET ~/availability</c> with clusterId, action and target, whose rows include the present).
/// </summary>
internal sealed class OvhMove(OvhProject project, OvhService present, IReporter reporter)
{
    private static readonly Part[] Parts =
    [
        new("plan", w => w.Plan, s => s.Plan, o => o.Plan),
        new("flavor", w => w.Flavor, s => s.Flavor, o => o.Flavor),
        new("version", w => w.Version, s => s.Version, o => o.Version),
    ];

    /// <summary>Refuses what cannot be had.</summary>
    /// <returns>
    ///   The change with the offer's own spelling, and whether the new plan has no machines of the present size, so that both change in one.
    /// </returns>
    internal async Task<(InstanceChangeRequest Wanted, bool PlanLacksFlavor)> CheckAsync(InstanceChangeRequest wanted, CancellationToken cancellation)
    {
        if (wanted is { Version: null, Plan: null, Flavor: null, NodeCount: null, DiskSizeGB: null })
        {
            return (wanted, false);
        }

        if (wanted.DiskSizeGB < present.DiskSizeGB)
        {
            throw PgErrors.DiskCannotShrink(wanted.DiskSizeGB.Value, present.DiskSizeGB);
        }

        if (int.TryParse(wanted.Version, NumberStyles.None, CultureInfo.InvariantCulture, out int version)
            && int.TryParse(present.Version, NumberStyles.None, CultureInfo.InvariantCulture, out int runs)
            && version < runs)
        {
            throw PgErrors.VersionOlder(wanted.Version!, present.Version);
        }

        IReadOnlyList<PgOffering> all = await OvhAvailability.ReadAsync(project, reporter, cancellation);
        PgOffering[] ofPlan = [.. OfferingChoice.Matching(all, WishOf(wanted) with { Flavor = null, NodeCount = null, DiskSizeGB = null })];
        await CheckReachAsync(wanted, all, cancellation);
        bool planLacksFlavor = ofPlan.Length > 0 && !ofPlan.Any(o => IsSame(o.Flavor, present.Flavor)) && !IsSame(wanted.Plan ?? present.Plan, present.Plan);
        if (planLacksFlavor && wanted.Flavor is null)
        {
            throw PgErrors.FlavorNeeded(wanted.Plan!, present.Flavor, [.. FlavorsWithRoom(ofPlan)]);
        }

        PgOffering found = OfferingChoice.Find(all, WishOf(wanted));
        if (wanted.DiskSizeGB is null && found.MaxDiskSizeGB < present.DiskSizeGB)
        {
            throw PgErrors.FlavorTooSmall(wanted.Flavor ?? found.Flavor, found.MaxDiskSizeGB, present.DiskSizeGB, [.. FlavorsWithRoom(ofPlan)]);
        }

        InstanceChangeRequest spelt = wanted with
        {
            Plan = wanted.Plan is null ? null : found.Plan,
            Flavor = wanted.Flavor is null ? null : found.Flavor,
            Version = wanted.Version is null ? null : found.Version,
        };
        return (spelt, planLacksFlavor);
    }

    private OfferingWish WishOf(InstanceChangeRequest wanted) => new()
    {
        Region = present.RegionName,
        Version = wanted.Version ?? present.Version,
        Plan = wanted.Plan ?? present.Plan,
        Flavor = wanted.Flavor ?? present.Flavor,
        Network = present.NetworkType,
        NodeCount = wanted.NodeCount ?? (wanted.Plan is null ? present.NodeCount : null),
        DiskSizeGB = wanted.DiskSizeGB,
    };

    // A disk cannot shrink.
    private IEnumerable<string> FlavorsWithRoom(IEnumerable<PgOffering> offers) =>
        offers.Where(o => o.MaxDiskSizeGB >= present.DiskSizeGB).Select(o => o.Flavor).Distinct(StringComparer.OrdinalIgnoreCase);

    private async Task CheckReachAsync(InstanceChangeRequest wanted, IReadOnlyList<PgOffering> all, CancellationToken cancellation)
    {
        foreach (Part part in Parts)
        {
            string? now = part.Present(present);
            if (part.Wanted(wanted) is not { } value || IsSame(value, now) || !all.Any(o => IsSame(part.Offered(o), value)))
            {
                // What there is not at all is named as that.
                continue;
            }

            IReadOnlyList<PgOffering> reachable = await OvhAvailability.ReadTargetsAsync(project, present.Id, part.Name, reporter, cancellation);
            string[] others = [.. reachable.Select(part.Offered).Where(o => !IsSame(o, now)).Distinct(StringComparer.OrdinalIgnoreCase)];

            // No row at all, not even the present, says nothing: the API decides.
            if (reachable.Count > 0 && !others.Any(o => IsSame(o, value)))
            {
                throw PgErrors.MoveRefused(part.Name, value, now, others);
            }

            if (part.Name == "plan")
            {
                // The rows of the other targets are those of the present plan.
                return;
            }
        }
    }

    private static bool IsSame(string? one, string? other) => string.Equals(one?.Trim(), other?.Trim(), StringComparison.OrdinalIgnoreCase);

    private sealed record Part(
        string Name, Func<InstanceChangeRequest, string?> Wanted, Func<OvhService, string?> Present, Func<PgOffering, string> Offered);
}
