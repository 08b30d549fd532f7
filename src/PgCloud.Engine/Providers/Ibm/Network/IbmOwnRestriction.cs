// SPDX-License-Identifier: MIT

using PgCloud.Contracts;
using PgCloud.Engine.Http;
using PgCloud.Engine.Providers.Ibm.Api;

namespace PgCloud.Engine.Providers.Ibm.Network;

/// <summary>The restriction that the module makes for one instance, a zone and a rule that are known by name and description, and those of others.</summary>
internal sealed class IbmOwnRestriction(IbmAccount account, PgInstance instance, IReporter reporter)
{
    private const string DataPlane = "crn:v1:bluemix:public:context-based-restrictions::::api-type:data-plane";

    private string ZoneName => $"pgcloud-{instance.Id}";

    private string RuleDescription => $"PgCloud: authorised addresses of {instance.Id}";

    internal bool IsOurs(IbmZone zone) => zone.Name == ZoneName;

    internal bool IsOurs(IbmRule rule) => rule.Description == RuleDescription;

    /// <summary>All rules about the instance, those of others too.</summary>
    internal async Task<IReadOnlyList<IbmRule>> RulesAsync(CancellationToken cancellation) =>
        [.. (await account.Restrictions.ListRulesAsync(account.AccountId, IbmAccount.ServiceName, null, reporter, cancellation)).Where(IsAboutIt)];

    /// <summary>The module's own. There is one; where two writers made one each, the first is the one that stays.</summary>
    internal async Task<IReadOnlyList<IbmRule>> OwnRulesAsync(CancellationToken cancellation) =>
        [.. (await RulesAsync(cancellation)).Where(IsOurs).OrderBy(r => r.CreatedAt).ThenBy(r => r.Id, StringComparer.Ordinal)];

    /// <summary>The module's own zone.</summary>
    internal async Task<IbmVersioned<IbmZone>?> FindZoneAsync(CancellationToken cancellation)
    {
        IReadOnlyList<IbmZone> named = await account.Restrictions.ListZonesAsync(account.AccountId, ZoneName, reporter, cancellation);
        return named.FirstOrDefault(IsOurs)?.Id is { } id
            ? await account.Restrictions.FindZoneAsync(id, reporter, cancellation)
            : null;
    }

    /// <summary>The zone as it shall be.</summary>
    internal IbmZone Zone(IReadOnlyList<IbmAddress> addresses, IReadOnlyList<IbmAddress>? excluded) => new()
    {
        Name = ZoneName,
        AccountId = account.AccountId,
        Description = $"PgCloud: authorised addresses of {instance.Name}",
        Addresses = addresses,
        Excluded = excluded,
    };

    /// <summary>The rule as it shall be.</summary>
    internal IbmRule Rule(string zoneId, ApiEnum<IbmEnforcementMode> mode) => new()
    {
        Description = RuleDescription,
        Contexts = [new IbmRuleContext { Attributes = [new() { Name = "networkZoneId", Value = zoneId }, new() { Name = "endpointType", Value = "private" }] }],
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

    /// <summary>The zones that a rule names.</summary>
    internal static IEnumerable<string> ZonesOf(IbmRule rule) => rule.Contexts
        .SelectMany(c => c.Attributes)
        .Where(a => a.Name == "networkZoneId")
        .SelectMany(a => a.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));

    // A rule for the instance, or for more: those of its region or group, or the whole service.
    private bool IsAboutIt(IbmRule rule) => rule.Resources.Any(r =>
        Fits(r, "serviceInstance", instance.Id)
        && Fits(r, "region", instance.Region)
        && Fits(r, "resourceGroupId", instance.Detail.TryGetValue("ResourceGroupId", out object? group) ? $"{group}" : null));

    private static bool Fits(IbmRuleResource resource, string name, string? value) =>
        resource.Attributes.FirstOrDefault(a => a.Name == name) is not { } wanted
        || value is null
        || (wanted.Operator == "stringMatch"
            ? System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(wanted.Value, value, ignoreCase: false)
            : wanted.Value == value);
}
