// SPDX-License-Identifier: MIT

using System.Diagnostics;
using PgCloud.Contracts;
using PgCloud.Engine.Http;
using PgCloud.Engine.Providers.Ibm.Api;
using PgCloud.Errors;

namespace PgCloud.Engine.Providers.Ibm.Network;

/// <summary>
///   Writes the zone of an instance and the rule that names it. The zone is replaced as a whole and only in the version that was read, so nothing
///   of others is lost.
/// </summary>
internal sealed class IbmAccessWriter(IbmAccount account, PgInstance instance, IReporter reporter)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(5);

    // A zone or a rule of ours cannot be there twice, so that one whose making was not seen to end can be made again, as any call can.
    private const int MostLost = 5;

    private readonly IbmOwnRestriction _own = new(account, instance, reporter);

    /// <summary>Changes the ranges of the zone, and returns those that were there before.</summary>
    internal async Task<HashSet<string>> ChangeAsync(
        Func<IReadOnlyList<string>, IEnumerable<string>> change, PgEnforcementMode? mode, CancellationToken cancellation)
    {
        using var step = new StepTimer(reporter, $"Write the authorised ranges of {instance.Name}");
        HashSet<string>? first = null;
        int lost = 0;
        for (long begun = Stopwatch.GetTimestamp(); ;)
        {
            IbmVersioned<IbmZone>? zone = await _own.FindZoneAsync(cancellation);
            IReadOnlyList<IbmAddress> addresses = IbmAddresses.LetIn(zone?.Value);

            // What somebody else put into the zone, such as a VPC, stays.
            ILookup<bool, string> present = addresses.ToLookup(IbmAddresses.IsOurKind, IbmAddresses.ToCidr);
            first ??= [.. present[true]];
            string[] wanted = [.. present[false].Concat(change([.. present[true]])).Distinct(StringComparer.Ordinal)];
            if (wanted.Length > IbmAddresses.MostOfZone)
            {
                throw PgErrors.TooManyAddresses(wanted.Length, IbmAddresses.MostOfZone);
            }

            try
            {
                string zoneId = await WriteZoneAsync(zone, addresses, wanted, cancellation);
                if (await WriteRuleAsync(zoneId, mode, cancellation))
                {
                    return first;
                }
            }
            catch (PgCloudException exception) when (
                IsMadeAgainAfter(exception.ErrorId) && (exception.ErrorId != IbmErrorIds.OutcomeUnknown || ++lost <= MostLost))
            {
            }

            // Another writer came between reading and writing, or whether we wrote is not known: on what is there now the change is made again.
            if (Stopwatch.GetElapsedTime(begun) > Timeout)
            {
                throw PgErrors.AccessContended(instance.Name, 0);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100 + Random.Shared.Next(600)), cancellation);
        }
    }

    private static bool IsMadeAgainAfter(string errorId) => errorId is IbmErrorIds.ChangedMeanwhile or IbmErrorIds.OutcomeUnknown
        or IbmErrorIds.ZoneExists or IbmErrorIds.ZoneNotFound or IbmErrorIds.RuleNotFound;

    private async Task<string> WriteZoneAsync(
        IbmVersioned<IbmZone>? zone, IReadOnlyList<IbmAddress> present, string[] wanted, CancellationToken cancellation)
    {
        var known = present.GroupBy(IbmAddresses.ToCidr, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        if (zone is not null && known.Count == wanted.Length && wanted.All(known.ContainsKey))
        {
            return zone.Value.Id!;
        }

        IbmAddress[] addresses = [.. wanted.Select(w => known.TryGetValue(w, out IbmAddress? there)
            ? new IbmAddress { Type = there.Type, Value = there.Value, Ref = there.Ref }
            : IbmAddresses.ToAddress(w))];
        IbmZone written = _own.Zone(addresses.Length == 0 ? [IbmAddresses.Nobody] : addresses, zone?.Value.Excluded);
        return zone is null
            ? (await account.Restrictions.CreateZoneAsync(written, reporter, cancellation)).Id!
            : (await account.Restrictions.ReplaceZoneAsync(zone.Value.Id!, written, zone.ETag ?? string.Empty, reporter, cancellation)).Value.Id!;
    }

    // Whether it is written: not where the zone was removed meanwhile.
    private async Task<bool> WriteRuleAsync(string zoneId, PgEnforcementMode? mode, CancellationToken cancellation)
    {
        try
        {
            await WriteOneRuleAsync(zoneId, mode, cancellation);
            return true;
        }
        catch (PgCloudException exception) when (exception.Kind is PgErrorKind.InvalidArgument)
        {
            if (await account.Restrictions.FindZoneAsync(zoneId, reporter, cancellation) is not null)
            {
                throw;
            }

            return false;
        }
    }

    private async Task WriteOneRuleAsync(string zoneId, PgEnforcementMode? mode, CancellationToken cancellation)
    {
        IReadOnlyList<IbmRule> ours = await _own.OwnRulesAsync(cancellation);
        ApiEnum<IbmEnforcementMode> wantedMode = mode is { } m
            ? new ApiEnum<IbmEnforcementMode>(m == PgEnforcementMode.Disabled ? "disabled" : "enabled")
            : (ours.Count == 0 ? null : ours[0].EnforcementMode) ?? new ApiEnum<IbmEnforcementMode>("enabled");
        if (ours.Count == 0)
        {
            await account.Restrictions.CreateRuleAsync(_own.Rule(zoneId, wantedMode), reporter, cancellation);
            await KeepOneRuleAsync(cancellation);
            return;
        }

        if (ours.Count > 1)
        {
            await KeepOneRuleAsync(cancellation);
        }

        if (IbmOwnRestriction.ZonesOf(ours[0]).SequenceEqual([zoneId]) && ours[0].EnforcementMode?.ToString() == wantedMode.ToString())
        {
            return;
        }

        if (await account.Restrictions.FindRuleAsync(ours[0].Id!, reporter, cancellation) is { } present)
        {
            await account.Restrictions.ReplaceRuleAsync(
                ours[0].Id!, _own.Rule(zoneId, wantedMode), present.ETag ?? string.Empty, reporter, cancellation);
        }
    }

    // Two writers that both found no rule have both made one; all agree on which stays.
    private async Task KeepOneRuleAsync(CancellationToken cancellation)
    {
        foreach (IbmRule extra in (await _own.OwnRulesAsync(cancellation)).Skip(1))
        {
            try
            {
                await account.Restrictions.DeleteRuleAsync(extra.Id!, reporter, cancellation);
            }
            catch (PgCloudException exception) when (exception.ErrorId == IbmErrorIds.RuleNotFound)
            {
                // Another writer was faster.
            }
        }
    }
}
