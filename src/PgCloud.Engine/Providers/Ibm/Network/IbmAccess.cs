// SPDX-License-Identifier: MIT

using PgCloud.Contracts;
using PgCloud.Engine.Providers.Ibm.Api;
using PgCloud.Errors;

namespace PgCloud.Engine.Providers.Ibm.Network;

/// <summary>
///   Who is let in to one instance, by context-based restrictions: one network zone with the addresses and one rule for the instance, both the
///   module's own. A zone cannot be empty: where nobody shall be let in it has an address that is nobody's. Without any rule everybody who reaches
///   the instance's private endpoint is let in.
/// </summary>
internal sealed class IbmAccess(IbmAccount account, PgInstance instance, IReporter reporter)
{
    private readonly IbmOwnRestriction _own = new(account, instance, reporter);
    private readonly IbmAccessWriter _writer = new(account, instance, reporter);

    /// <summary>Reads who is let in, by rules of others too.</summary>
    internal async Task<IReadOnlyList<PgAuthorisedIp>> GetAsync(CancellationToken cancellation)
    {
        IReadOnlyList<IbmRule> rules = await _own.RulesAsync(cancellation);
        if (!rules.Any(IsInForce))
        {
            string those = rules.Count == 0 ? string.Empty : $" ({string.Join(", ", rules.Select(r => $"{r.EnforcementMode}").Distinct())})";
            reporter.Warning(
                $"No context-based restriction is in force for '{instance.Name}'{those}: everybody who reaches its private endpoint can try to log in.");
        }

        var found = new List<PgAuthorisedIp>();
        foreach (IbmRule rule in rules)
        {
            foreach (string id in IbmOwnRestriction.ZonesOf(rule))
            {
                if (await account.Restrictions.FindZoneAsync(id, reporter, cancellation) is { } zone)
                {
                    bool isOurs = _own.IsOurs(rule) && _own.IsOurs(zone.Value);
                    found.AddRange(IbmAddresses.LetIn(zone.Value).Select(a => ToIp(a, zone.Value, rule, isOurs && IbmAddresses.IsOurKind(a))));
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
        HashSet<string> before = await _writer.ChangeAsync(present => present.Union(ranges.Select(r => r.Address)), mode, cancellation);
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

        HashSet<string> before = await _writer.ChangeAsync(present => present.Except(ranges), null, cancellation);
        return [.. ranges.Select(r => Result(r, null, before.Contains(r) ? PgChange.Removed : PgChange.Unchanged))];
    }

    /// <summary>Has just these ranges, as far as the module's own zone goes.</summary>
    internal async Task<IReadOnlyList<PgAuthorisedIp>> SetAsync(
        IReadOnlyList<AuthorisedIpRequest> ranges, PgEnforcementMode? mode, CancellationToken cancellation)
    {
        Check(ranges, mode);
        HashSet<string> wanted = [.. ranges.Select(r => r.Address)];
        HashSet<string> before = await _writer.ChangeAsync(_ => wanted, mode, cancellation);
        return [.. ranges.Select(r => Result(r.Address, r.NormalisedFrom, before.Contains(r.Address) ? PgChange.Unchanged : PgChange.Created)),
            .. before.Where(b => !wanted.Contains(b)).Select(b => Result(b, null, PgChange.Removed))];
    }

    /// <summary>Removes the module's own rule and zone, when the instance is removed.</summary>
    internal async Task ForgetAsync(CancellationToken cancellation)
    {
        foreach (IbmRule rule in (await _own.RulesAsync(cancellation)).Where(_own.IsOurs))
        {
            await account.Restrictions.DeleteRuleAsync(rule.Id!, reporter, cancellation);
        }

        if (await _own.FindZoneAsync(cancellation) is { } zone)
        {
            await account.Restrictions.DeleteZoneAsync(zone.Value.Id!, reporter, cancellation);
        }
    }

    // Enabled is what a rule is that says nothing (the SDK's documents); a word that is not known may be a stricter one.
    private static bool IsInForce(IbmRule rule) => rule.EnforcementMode?.Known is not (IbmEnforcementMode.Disabled or IbmEnforcementMode.Report);

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
