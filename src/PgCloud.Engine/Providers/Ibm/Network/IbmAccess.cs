// SPDX-License-Identifier: MIT

using System.Diagnostics;
using PgCloud.Contracts;
using PgCloud.Engine.Http;
using PgCloud.Engine.Providers.Ibm.Api;
using PgCloud.Errors;

namespace PgCloud.Engine.Providers.Ibm.Network;

/// <summary>
///   Who is let in to one instance, by context-based restrictions: one network zone with the addresses and one rule for the instance, both made
///   by the module and known by their name and description. A rule without a zone lets nobody in; without any rule everybody who reaches the
///   instance's private endpoint is. The zone is replaced as a whole and only in the version that was read, so nothing of others is lost.
/// </summary>
internal sealed class IbmAccess(IbmAccount account, PgInstance instance, IReporter reporter)
{
    private const string DataPlane = "crn:v1:bluemix:public:context-based-restrictions::::api-type:data-plane";

    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(5);

    // A zone or a rule of ours cannot be there twice, so that one whose making was not seen to end can be made again, as any call can.
    private const int MostLost = 5;

    private string ZoneName => $"pgcloud-{instance.Id}";

    private string RuleDescription => $"PgCloud: authorised addresses of {instance.Id}";

    /// <summary>Reads who is let in, by rules of others too.</summary>
    internal async Task<IReadOnlyList<PgAuthorisedIp>> GetAsync(CancellationToken cancellation)
    {
        IReadOnlyList<IbmRule> rules = await RulesAsync(cancellation);
        if (rules.Count == 0)
        {
            reporter.Warning(
                $"No context-based restriction is in force for '{instance.Name}': everybody who reaches its private endpoint can try to log in.");
        }

        var found = new List<PgAuthorisedIp>();
        foreach (IbmRule rule in rules)
        {
            foreach (string id in ZonesOf(rule))
            {
                if (await account.Restrictions.FindZoneAsync(id, reporter, cancellation) is { } zone)
                {
                    bool isOurs = IsOurs(rule) && zone.Value.Name == ZoneName;
                    found.AddRange((zone.Value.Addresses ?? []).Select(a => ToIp(a, zone.Value, rule, isOurs)));
                }
            }
        }

        return found;
    }

    /// <summary>Adds ranges.</summary>
    internal async Task<IReadOnlyList<PgAuthorisedIp>> AddAsync(
        IReadOnlyList<AuthorisedIpRequest> ranges, PgEnforcementMode? mode, CancellationToken cancellation)
    {
        Check(ranges, mode);
        HashSet<string> before = await ChangeAsync(present => present.Union(ranges.Select(r => r.Address)), mode, cancellation);
        return [.. ranges.Select(r => Result(r.Address, r.NormalisedFrom, before.Contains(r.Address) ? PgChange.Unchanged : PgChange.Created))];
    }

    /// <summary>Removes ranges. Where none is left, nobody is let in.</summary>
    internal async Task<IReadOnlyList<PgAuthorisedIp>> RemoveAsync(IReadOnlyList<string> ranges, CancellationToken cancellation)
    {
        IReadOnlyList<PgAuthorisedIp> all = await GetAsync(cancellation);
        if (all.FirstOrDefault(a => a.IsForeign && ranges.Contains(a.Cidr) && !all.Any(o => !o.IsForeign && o.Cidr == a.Cidr)) is { } foreign)
        {
            throw PgErrors.AddressForeign(foreign.Cidr, foreign.Description);
        }

        if (!all.Any(a => !a.IsForeign && ranges.Contains(a.Cidr)))
        {
            return [.. ranges.Select(r => Result(r, null, PgChange.Unchanged))];
        }

        HashSet<string> before = await ChangeAsync(present => present.Except(ranges), null, cancellation);
        return [.. ranges.Select(r => Result(r, null, before.Contains(r) ? PgChange.Removed : PgChange.Unchanged))];
    }

    /// <summary>Has just these ranges, as far as the module's own zone goes.</summary>
    internal async Task<IReadOnlyList<PgAuthorisedIp>> SetAsync(
        IReadOnlyList<AuthorisedIpRequest> ranges, PgEnforcementMode? mode, CancellationToken cancellation)
    {
        Check(ranges, mode);
        HashSet<string> wanted = [.. ranges.Select(r => r.Address)];
        HashSet<string> before = await ChangeAsync(_ => wanted, mode, cancellation);
        return [.. ranges.Select(r => Result(r.Address, r.NormalisedFrom, before.Contains(r.Address) ? PgChange.Unchanged : PgChange.Created)),
            .. before.Where(b => !wanted.Contains(b)).Select(b => Result(b, null, PgChange.Removed))];
    }

    /// <summary>Removes the module's own rule and zone, when the instance is removed.</summary>
    internal async Task ForgetAsync(CancellationToken cancellation)
    {
        foreach (IbmRule rule in (await RulesAsync(cancellation)).Where(IsOurs))
        {
            await account.Restrictions.DeleteRuleAsync(rule.Id!, reporter, cancellation);
        }

        if (await FindZoneAsync(cancellation) is { } zone)
        {
            await account.Restrictions.DeleteZoneAsync(zone.Value.Id!, reporter, cancellation);
        }
    }

    private void Check(IReadOnlyList<AuthorisedIpRequest> ranges, PgEnforcementMode? mode)
    {
        IbmAddresses.Check(ranges);
        if (mode == PgEnforcementMode.Report)
        {
            throw PgErrors.ReportModeNotOffered();
        }

        if (ranges.Any(r => !string.IsNullOrEmpty(r.Description)))
        {
            reporter.Warning("A network zone of IBM Cloud keeps no description of an address; the description is not kept.");
        }
    }

    // Returns the ranges that were there before.
    private async Task<HashSet<string>> ChangeAsync(
        Func<IReadOnlyList<string>, IEnumerable<string>> change, PgEnforcementMode? mode, CancellationToken cancellation)
    {
        using var step = new StepTimer(reporter, $"Write the authorised ranges of {instance.Name}");
        HashSet<string>? first = null;
        int lost = 0;
        for (long begun = Stopwatch.GetTimestamp(); ;)
        {
            IbmVersioned<IbmZone>? zone = await FindZoneAsync(cancellation);
            IReadOnlyList<IbmAddress> addresses = zone?.Value.Addresses ?? [];
            string[] present = [.. addresses.Select(IbmAddresses.ToCidr)];
            first ??= [.. present];
            string[] wanted = [.. change(present).Distinct(StringComparer.Ordinal)];
            if (wanted.Length > IbmAddresses.MostOfZone)
            {
                throw PgErrors.TooManyAddresses(wanted.Length, IbmAddresses.MostOfZone);
            }

            try
            {
                string? zoneId = wanted.Length == 0
                    ? zone?.Value.Id
                    : await WriteZoneAsync(zone, addresses, wanted, cancellation);
                if (await WriteRuleAsync(wanted.Length == 0 ? null : zoneId, mode, cancellation))
                {
                    if (wanted.Length == 0 && zoneId is not null && !(await OursAsync(cancellation)).Any(r => ZonesOf(r).Contains(zoneId)))
                    {
                        // A zone has at least one address; the rule, which no longer names it, keeps everybody out.
                        await account.Restrictions.DeleteZoneAsync(zoneId, reporter, cancellation);
                    }

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
        // What is no range, such as a VPC that somebody put into the zone, stays.
        Dictionary<string, IbmAddress> known = present.GroupBy(IbmAddresses.ToCidr, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        if (zone is not null && known.Count == wanted.Length && wanted.All(known.ContainsKey))
        {
            return zone.Value.Id!;
        }

        var written = new IbmZone
        {
            Name = ZoneName,
            AccountId = account.AccountId,
            Description = $"PgCloud: authorised addresses of {instance.Name}",
            Addresses = [.. wanted.Select(w => known.TryGetValue(w, out IbmAddress? there)
                ? new IbmAddress { Type = there.Type, Value = there.Value, Ref = there.Ref }
                : IbmAddresses.ToAddress(w))],
            Excluded = zone?.Value.Excluded,
        };
        return zone is null
            ? (await account.Restrictions.CreateZoneAsync(written, reporter, cancellation)).Id!
            : (await account.Restrictions.ReplaceZoneAsync(zone.Value.Id!, written, zone.ETag ?? string.Empty, reporter, cancellation)).Value.Id!;
    }

    // Whether it is written: not where another writer has removed the zone meanwhile.
    private async Task<bool> WriteRuleAsync(string? zoneId, PgEnforcementMode? mode, CancellationToken cancellation)
    {
        try
        {
            await WriteOneRuleAsync(zoneId, mode, cancellation);
            return true;
        }
        catch (PgCloudException exception) when (zoneId is not null && exception.Kind is PgErrorKind.InvalidArgument)
        {
            if (await account.Restrictions.FindZoneAsync(zoneId, reporter, cancellation) is not null)
            {
                throw;
            }

            return false;
        }
    }

    private async Task WriteOneRuleAsync(string? zoneId, PgEnforcementMode? mode, CancellationToken cancellation)
    {
        IReadOnlyList<IbmRule> ours = await OursAsync(cancellation);
        ApiEnum<IbmEnforcementMode> wantedMode = mode is { } m
            ? new ApiEnum<IbmEnforcementMode>(m == PgEnforcementMode.Disabled ? "disabled" : "enabled")
            : (ours.Count == 0 ? null : ours[0].EnforcementMode) ?? new ApiEnum<IbmEnforcementMode>("enabled");
        if (ours.Count == 0)
        {
            await account.Restrictions.CreateRuleAsync(NewRule(zoneId, wantedMode), reporter, cancellation);
            await KeepOneRuleAsync(cancellation);
            return;
        }

        if (ours.Count > 1)
        {
            await KeepOneRuleAsync(cancellation);
        }

        if (ZonesOf(ours[0]).SequenceEqual(zoneId is null ? [] : [zoneId]) && ours[0].EnforcementMode?.ToString() == wantedMode.ToString())
        {
            return;
        }

        if (await account.Restrictions.FindRuleAsync(ours[0].Id!, reporter, cancellation) is { } present)
        {
            await account.Restrictions.ReplaceRuleAsync(
                ours[0].Id!, NewRule(zoneId, wantedMode), present.ETag ?? string.Empty, reporter, cancellation);
        }
    }

    // Two writers that both found no rule have both made one; all agree on which stays.
    private async Task KeepOneRuleAsync(CancellationToken cancellation)
    {
        foreach (IbmRule extra in (await OursAsync(cancellation)).Skip(1))
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

    private IbmRule NewRule(string? zoneId, ApiEnum<IbmEnforcementMode> mode) => new()
    {
        Description = RuleDescription,
        Contexts = zoneId is null ? [] : [new IbmRuleContext { Attributes = [new() { Name = "networkZoneId", Value = zoneId }, new() { Name = "endpointType", Value = "private" }] }],
        Resources =
        [
            new IbmRuleResource
            {
                Attributes =
                [
                    new() { Name = "accountId", Value = account.AccountId, Operator = "stringEquals" },
                    new() { Name = "serviceName", Value = IbmAccount.ServiceName, Operator = "stringEquals" },
                    new() { Name = "serviceInstance", Value = instance.Id, Operator = "stringEquals" },
                ],
            },
        ],
        Operations = new IbmRuleOperations { ApiTypes = [new IbmApiType { ApiTypeId = DataPlane }] },
        EnforcementMode = mode,
    };

    private Task<IReadOnlyList<IbmRule>> RulesAsync(CancellationToken cancellation) =>
        account.Restrictions.ListRulesAsync(account.AccountId, IbmAccount.ServiceName, instance.Id, reporter, cancellation);

    // The first of them is the one that stays.
    private async Task<IReadOnlyList<IbmRule>> OursAsync(CancellationToken cancellation) =>
        [.. (await RulesAsync(cancellation)).Where(IsOurs).OrderBy(r => r.CreatedAt).ThenBy(r => r.Id, StringComparer.Ordinal)];

    private async Task<IbmVersioned<IbmZone>?> FindZoneAsync(CancellationToken cancellation)
    {
        IReadOnlyList<IbmZone> named = await account.Restrictions.ListZonesAsync(account.AccountId, ZoneName, reporter, cancellation);
        return named.FirstOrDefault(z => z.Name == ZoneName)?.Id is { } id
            ? await account.Restrictions.FindZoneAsync(id, reporter, cancellation)
            : null;
    }

    private bool IsOurs(IbmRule rule) => rule.Description == RuleDescription;

    private static IEnumerable<string> ZonesOf(IbmRule rule) => rule.Contexts
        .SelectMany(c => c.Attributes)
        .Where(a => a.Name == "networkZoneId")
        .SelectMany(a => a.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));

    private PgAuthorisedIp ToIp(IbmAddress address, IbmZone zone, IbmRule rule, bool isOurs) => new()
    {
        Cidr = IbmAddresses.ToCidr(address),
        Description = isOurs ? string.Empty : $"zone {zone.Name}",
        Kind = address.Type.ToString(),
        IsForeign = !isOurs,
        EnforcementMode = rule.EnforcementMode?.ToString() ?? string.Empty,
        Instance = instance,
    };

    private PgAuthorisedIp Result(string cidr, string? normalisedFrom, PgChange change) => new()
    {
        Cidr = cidr,
        NormalisedFrom = normalisedFrom,
        Instance = instance,
        Change = change,
    };
}
