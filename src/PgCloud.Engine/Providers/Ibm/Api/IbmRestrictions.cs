// SPDX-License-Identifier: MIT

using PgCloud.Contracts;

namespace PgCloud.Engine.Providers.Ibm.Api;

/// <summary>
///   Zones and rules, in context-based restrictions v1. A change names the version that was read; directly after something was made it may not
///   be found yet.
/// </summary>
internal sealed class IbmRestrictions(IbmClient client)
{
    private const IbmService Service = IbmService.ContextBasedRestrictions;
    private const string Zones = "/v1/zones";
    private const string Rules = "/v1/rules";

    /// <summary>The zones of an account, with the first few addresses of each.</summary>
    internal Task<IReadOnlyList<IbmZone>> ListZonesAsync(string accountId, string? name, IReporter reporter, CancellationToken cancellation) =>
        client.ListAsync<IbmZoneList, IbmZone>(
            Service, IbmPath.Of(Zones, ("account_id", accountId), ("name", name)), _ => null, reporter, cancellation);

    /// <summary>A zone and its version.</summary>
    internal Task<IbmVersioned<IbmZone>?> FindZoneAsync(string id, IReporter reporter, CancellationToken cancellation) =>
        client.FindAsync<IbmZone>(Service, IbmPath.Of(Zones, id), reporter, cancellation);

    /// <summary>Makes a zone.</summary>
    internal Task<IbmZone> CreateZoneAsync(IbmZone zone, IReporter reporter, CancellationToken cancellation) =>
        client.PostAsync<IbmZone>(Service, Zones, zone, reporter, cancellation);

    /// <summary>Replaces a zone, all of it, unless somebody else has changed it.</summary>
    internal Task<IbmVersioned<IbmZone>> ReplaceZoneAsync(
        string id, IbmZone zone, string etag, IReporter reporter, CancellationToken cancellation) =>
        client.PutAsync<IbmZone>(Service, IbmPath.Of(Zones, id), zone, etag, reporter, cancellation);

    /// <summary>Removes a zone.</summary>
    internal Task DeleteZoneAsync(string id, IReporter reporter, CancellationToken cancellation) =>
        client.DeleteAsync(Service, IbmPath.Of(Zones, id), reporter, cancellation);

    /// <summary>The rules of an account, for one service or one instance of it.</summary>
    internal Task<IReadOnlyList<IbmRule>> ListRulesAsync(
        string accountId, string? serviceName, string? instanceGuid, IReporter reporter, CancellationToken cancellation) =>
        client.ListAsync<IbmRuleList, IbmRule>(
            Service,
            IbmPath.Of(Rules, ("account_id", accountId), ("service_name", serviceName), ("service_instance", instanceGuid)),
            _ => null,
            reporter,
            cancellation);

    /// <summary>A rule and its version.</summary>
    internal Task<IbmVersioned<IbmRule>?> FindRuleAsync(string id, IReporter reporter, CancellationToken cancellation) =>
        client.FindAsync<IbmRule>(Service, IbmPath.Of(Rules, id), reporter, cancellation);

    /// <summary>Makes a rule.</summary>
    internal Task<IbmRule> CreateRuleAsync(IbmRule rule, IReporter reporter, CancellationToken cancellation) =>
        client.PostAsync<IbmRule>(Service, Rules, rule, reporter, cancellation);

    /// <summary>Replaces a rule, all of it, unless somebody else has changed it.</summary>
    internal Task<IbmVersioned<IbmRule>> ReplaceRuleAsync(
        string id, IbmRule rule, string etag, IReporter reporter, CancellationToken cancellation) =>
        client.PutAsync<IbmRule>(Service, IbmPath.Of(Rules, id), rule, etag, reporter, cancellation);

    /// <summary>Removes a rule.</summary>
    internal Task DeleteRuleAsync(string id, IReporter reporter, CancellationToken cancellation) =>
        client.DeleteAsync(Service, IbmPath.Of(Rules, id), reporter, cancellation);

    /// <summary>How many zones and rules the account has, and may have.</summary>
    internal Task<IbmRestrictionLimits> GetLimitsAsync(string accountId, IReporter reporter, CancellationToken cancellation) =>
        client.GetAsync<IbmRestrictionLimits>(Service, IbmPath.Of("/v1/account_settings", accountId), reporter, cancellation);
}
