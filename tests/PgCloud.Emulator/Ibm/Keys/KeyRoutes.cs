// SPDX-License-Identifier: MIT

using PgCloud.Emulator.Hosting;
using PgCloud.Emulator.Ibm.Api;
using PgCloud.Emulator.Ibm.Control;
using PgCloud.Emulator.Ibm.Iam;
using PgCloud.Emulator.Ibm.Instances;

namespace PgCloud.Emulator.Ibm.Keys;

/// <summary>/v2/resource_keys of the resource controller.</summary>
internal static class KeyRoutes
{
    private const string Url = "/v2/resource_keys";

    internal static void MapKeys(this IEndpointRouteBuilder controller, KeyList keys, KeyCreation creation, InstanceList instances, Quirks quirks)
    {
        controller.MapPost(Url, async (HttpContext context) =>
        {
            ResourceKey made = await creation.CreateAsync(IbmBody.Of(context), IamToken.Of(context).Key.IamId, context.RequestAborted);
            return TypedResults.Json(KeyView.Of(made, Secret(made, quirks.Gen1Credentials)), Json.Options, statusCode: 201);
        });
        controller.MapGet(Url, (HttpContext context) => List(context, Url, keys.All.Where(k => !k.IsGone), quirks));
        controller.MapGet("/v2/resource_instances/{id}/resource_keys", (HttpContext context, string id) =>
        {
            Instance instance = instances.Get(id);
            return List(context, $"/v2/resource_instances/{instance.Guid}/resource_keys", keys.Of(instance), quirks);
        });
        controller.MapGet(Url + "/{id}", (HttpContext context, string id) => View(context, Get(keys, id), quirks));
        controller.MapPatch(Url + "/{id}", (HttpContext context, string id) =>
        {
            ResourceKey key = Get(keys, id);
            key.Name = InstanceName.Check(IbmBody.Of(context).Needed("name"));
            key.UpdatedAt = EmulatorClock.Now;
            return View(context, key, quirks);
        });
        controller.MapDelete(Url + "/{id}", async (HttpContext context, string id) =>
        {
            await KeyCreation.DeleteAsync(keys.Get(id), IamToken.Of(context).Key.IamId, context.RequestAborted);
            return TypedResults.NoContent();
        });
    }

    private static ResourceKey Get(KeyList keys, string id)
    {
        ResourceKey key = keys.Get(id);
        return key.IsShown ? key : throw KeyList.Missing(Uri.UnescapeDataString(id));
    }

    private static object List(HttpContext context, string url, IEnumerable<ResourceKey> keys, Quirks quirks)
    {
        PageRequest page = PageRequest.Of(context);
        return page.Answer(
            url,
            keys.Where(k => k.IsShown
                && page.Wants("guid", k.Guid)
                && page.Wants("name", k.Name)
                && page.Wants("resource_group_id", k.Instance.ResourceGroup)
                && page.Wants("resource_id", k.Instance.Plan.Service)
                && page.WantsTime("updated_from", "updated_to", k.UpdatedAt ?? k.CreatedAt)),
            k => k.Order,
            k => View(context, k, quirks));
    }

    private static object View(HttpContext context, ResourceKey key, Quirks quirks)
    {
        object? credentials = key.IsGone ? null
            : key.Instance.OnetimeCredentials ? Redacted("REDACTED_EXPLICIT")
            : !IamToken.Of(context).Key.MayWrite || quirks.RedactCredentials ? Redacted("REDACTED")
            : Secret(key, quirks.Gen1Credentials);
        return KeyView.Of(key, credentials);
    }

    private static Dictionary<string, string> Redacted(string how) => new() { ["REDACTED"] = how };

    private static object Secret(ResourceKey key, bool isGen1) => Connection.OfKey(ServerEndpoint.Of(key.Instance), key.User, key.Password, isGen1);
}
