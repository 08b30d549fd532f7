// SPDX-License-Identifier: MIT

using System.Globalization;
using System.Text.Json.Nodes;
using PgCloud.Emulator.Ibm.Api;
using PgCloud.Emulator.Ibm.Instances;

namespace PgCloud.Emulator.Ibm.Tags;

/// <summary>/v3/tags: list, attach, detach. What fails for one resource is told in a 200.</summary>
internal static class TagRoutes
{
    private const int DefaultLimit = 100;

    internal static void MapTags(this IEndpointRouteBuilder tagging, TagStore tags, InstanceList instances)
    {
        tagging.MapGet("/v3/tags", (HttpContext context) =>
        {
            string[] names = [.. tags.Names(context.Query("attached_to"))];
            int offset = Number(context, "offset", 0);
            int limit = Number(context, "limit", DefaultLimit);
            return new { total_count = names.Length, offset, limit, items = names.Skip(offset).Take(limit).Select(n => new { name = n }) };
        });
        tagging.MapPost("/v3/tags/attach", (HttpContext context) => Change(context, instances, tags.Attach));
        tagging.MapPost("/v3/tags/detach", (HttpContext context) => Change(context, instances, tags.Detach));
    }

    private static object Change(HttpContext context, InstanceList instances, Action<string, string> change)
    {
        JsonObject body = IbmBody.Of(context);
        IReadOnlyList<string> names = body.Text("tag_name") is { } one ? [one] : body.Texts("tag_names");
        IReadOnlyList<JsonObject> resources = body.Objects("resources");
        if (names.Count == 0 || resources.Count == 0)
        {
            throw new IbmException(400, "bad_request", "resources and tag_name or tag_names are required");
        }

        return new { results = resources.Select(r => Change(r.Needed("resource_id"), names, instances, change)).ToList() };
    }

    private static object Change(string resource, IReadOnlyList<string> names, InstanceList instances, Action<string, string> change)
    {
        if (instances.Find(resource) is not { IsGone: false })
        {
            // The text is made up.
            return new { resource_id = resource, is_error = true, message = "The resource cannot be found" };
        }

        foreach (string name in names)
        {
            change(resource, name);
        }

        return new { resource_id = resource, is_error = false };
    }

    private static int Number(HttpContext context, string name, int otherwise) =>
        int.TryParse(context.Query(name), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : otherwise;
}
