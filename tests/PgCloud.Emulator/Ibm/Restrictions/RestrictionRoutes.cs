// SPDX-License-Identifier: MIT

using System.Text.Json.Nodes;
using PgCloud.Emulator.Hosting;
using PgCloud.Emulator.Ibm.Api;
using PgCloud.Emulator.Ibm.Catalog;
using PgCloud.Emulator.Ibm.Control;
using PgCloud.Emulator.Ibm.Iam;

namespace PgCloud.Emulator.Ibm.Restrictions;

/// <summary>/v1 of context-based restrictions: zones, rules, and what can be said of them. Lists have no pages.</summary>
internal static class RestrictionRoutes
{
    internal static void MapRestrictions(
        this IEndpointRouteBuilder restrictions, RestrictionStore store, Enforcement enforcement, IamAccount account, EmulatorClock clock, Quirks quirks)
    {
        // Before {id}, which would take it for one.
        restrictions.MapGet("/v1/zones/serviceref_targets", (HttpContext context) => Targets(context, RestrictedService.All));
        restrictions.MapGet("/v1/zones/serviceref_targets/{service}", (HttpContext context, string service) => Targets(
            context, [RestrictedService.Find(service) ?? throw new IbmException(404, "service_not_found", $"The service '{service}' is not found")]));
        restrictions.MapKind(
            store.Zones,
            account,
            () => clock.After(quirks.RestrictionAppearance),
            enforcement,
            body => ZoneContent.Read(body, account.Id),
            ZoneContent.IsUnique,
            ZoneContent.View,
            (context, zone) => context.Wants("name", zone.Content.Text("name")));
        restrictions.MapKind(
            store.Rules,
            account,
            () => clock.After(quirks.RestrictionAppearance),
            enforcement,
            body => RuleContent.Read(body, store),
            _ => _ => { },
            (rule, _) => rule.View((JsonObject)rule.Content.DeepClone()),
            IsWanted);
        restrictions.MapGet("/v1/account_settings/{id}", (string id) => Settings(store, account, id));
        restrictions.MapGet("/v1/operations", (HttpContext context) => (RestrictedService.Find(context.Query("service_name"))
            ?? throw ZoneContent.Invalid("service_name", context.Query("service_name") ?? string.Empty)).Operations());
    }

    private static void MapKind(
        this IEndpointRouteBuilder routes,
        RestrictionShelf shelf,
        IamAccount account,
        Func<DateTimeOffset> appearance,
        Enforcement enforcement,
        Func<JsonObject, JsonObject> read,
        Func<JsonObject, Action<IReadOnlyList<Restriction>>> check,
        Func<Restriction, bool, JsonObject> view,
        Func<HttpContext, Restriction, bool> isWanted)
    {
        string url = $"/v1/{shelf.Kind}s";
        routes.MapGet(url, (HttpContext context) =>
        {
            CheckAccount(account, context.Query("account_id"));
            JsonNode[] found = [.. shelf.All.Where(r => r.IsShown && isWanted(context, r)).Select(r => view(r, true))];
            return new JsonObject { ["count"] = found.Length, [shelf.Kind + "s"] = new JsonArray(found) };
        });
        routes.MapPost(url, (HttpContext context) =>
        {
            JsonObject content = read(IbmBody.Of(context));
            Restriction made = shelf.Add(content, account.Id, IamToken.Of(context).Key.IamId, appearance(), check(content));
            enforcement.Begin();
            return Answer(context, made, view, 201);
        });
        routes.MapGet(url + "/{id}", (HttpContext context, string id) => Answer(context, shelf.Get(id), view, 200));
        routes.MapPut(url + "/{id}", (HttpContext context, string id) =>
        {
            if (context.Request.Headers.IfMatch.ToString() is not { Length: > 0 } etag)
            {
                throw new IbmException(400, "missing_if_match", "The header If-Match is required") { Target = ("header", "If-Match", null) };
            }

            JsonObject content = read(IbmBody.Of(context));
            Restriction changed = shelf.Replace(id, etag, content, IamToken.Of(context).Key.IamId, check(content));
            enforcement.Begin();
            return Answer(context, changed, view, 200);
        });
        routes.MapDelete(url + "/{id}", (string id) =>
        {
            shelf.Remove(id);
            enforcement.Begin();
            return TypedResults.NoContent();
        });
    }

    private static IResult Answer(HttpContext context, Restriction restriction, Func<Restriction, bool, JsonObject> view, int status)
    {
        context.Response.Headers.ETag = restriction.Etag;
        return TypedResults.Json(view(restriction, false), Json.Options, statusCode: status);
    }

    private static bool IsWanted(HttpContext context, Restriction rule)
    {
        JsonObject resource = rule.Content.Objects("resources")[0];
        return context.Wants("service_name", RuleContent.Attribute(resource, "serviceName"))
            && context.Wants("service_instance", RuleContent.Attribute(resource, "serviceInstance"))
            && context.Wants("region", RuleContent.Attribute(resource, "region"))
            && context.Wants("resource", RuleContent.Attribute(resource, "resource"))
            && context.Wants("resource_type", RuleContent.Attribute(resource, "resourceType"))
            && context.Wants("service_type", RuleContent.Attribute(resource, "serviceType"))
            && context.Wants("service_group_id", RuleContent.Attribute(resource, "service_group_id"))
            && context.Wants("enforcement_mode", RuleContent.Mode(rule.Content))
            && (context.Query("zone_id") is not { } zone || RuleContent.Zones(rule.Content).Contains(zone));
    }

    private static void CheckAccount(IamAccount account, string? id)
    {
        if (id != account.Id)
        {
            throw ZoneContent.Invalid("account_id", id ?? string.Empty);
        }
    }

    private static object Settings(RestrictionStore store, IamAccount account, string id)
    {
        CheckAccount(account, id);
        string created = IbmTime.Milliseconds(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        return new
        {
            id,
            crn = Crn.Of("cbr", "global", id, type: "account-settings", resource: id),
            rule_count_limit = RestrictionShelf.Most,
            zone_count_limit = RestrictionShelf.Most,
            tags_rule_count_limit = 25,
            current_rule_count = store.Rules.All.Count,
            current_zone_count = store.Zones.All.Count,
            current_tags_rule_count = store.Rules.All.Count(r => r.Content.Objects("resources")[0].Objects("tags").Count > 0),
            href = "https://cbr.cloud.ibm.com/v1/account_settings/" + id,
            created_at = created,
            created_by_id = account.Owner.IamId,
            last_modified_at = created,
            last_modified_by_id = account.Owner.IamId,
        };
    }

    private static object Targets(HttpContext context, IEnumerable<RestrictedService> services)
    {
        if (context.Query("type") is { } type && type is not ("all" or "platform_service"))
        {
            throw ZoneContent.Invalid("type", type);
        }

        var targets = services.Select(s => new
        {
            service_name = s.Name,
            display_name = s.Title,
            locations = Plan.Regions.Select(r => new { display_name = r, kind = "region", name = r }),
        }).ToList();
        return new { count = targets.Count, targets };
    }
}
