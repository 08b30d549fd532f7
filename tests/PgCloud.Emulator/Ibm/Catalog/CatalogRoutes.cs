// SPDX-License-Identifier: MIT

using System.Globalization;
using PgCloud.Emulator.Ibm.Api;

namespace PgCloud.Emulator.Ibm.Catalog;

/// <summary>/api/v1 of the global catalogue: search, an entry, its children, and who sees it.</summary>
internal static class CatalogRoutes
{
    private const int DefaultLimit = 50;

    internal static void MapCatalog(this IEndpointRouteBuilder catalog)
    {
        catalog.MapGet("/", (HttpContext context) => List(context, CatalogEntry.All.Where(e => Matches(e, context.Query("q")))));
        catalog.MapGet("/{id}", (HttpContext context, string id) => Get(id).View(Url(context), isWhole: true));
        catalog.MapGet("/{id}/visibility", (string id) => new
        {
            restrictions = "public",
            owner = Get(id).Parent ?? id,
            extendable = false,
            include = new { accounts = new { } },
            exclude = new { accounts = new { } },
            approved = true,
        });
        catalog.MapGet("/{id}/{kind}", (HttpContext context, string id, string kind) => List(
            context,
            CatalogEntry.All.Where(e => e.Parent == Get(id).Id && (Uri.UnescapeDataString(kind) == "*" || e.Kind == kind) && Matches(e, context.Query("q")))));
    }

    private static CatalogEntry Get(string id) => CatalogEntry.All.FirstOrDefault(e => e.Id == Uri.UnescapeDataString(id))
        ?? throw new IbmException(404, "not_found", $"The catalog entry {id} was not found");

    // Words, of which some name a property.
    private static bool Matches(CatalogEntry entry, string? query) =>
        query is null || query.Split(' ', StringSplitOptions.RemoveEmptyEntries).All(word => word.Split(':', 2) switch
        {
            ["kind", var kind] => entry.Kind == kind,
            ["name", var name] => entry.Name == name,
            ["id", var id] => entry.Id == id,
            _ => entry.Name.Contains(word, StringComparison.OrdinalIgnoreCase),
        });

    private static object List(HttpContext context, IEnumerable<CatalogEntry> found)
    {
        CatalogEntry[] all = [.. found];
        int offset = Number(context, "_offset", 0);
        int limit = Number(context, "_limit", DefaultLimit);
        object[] page = [.. all.Skip(offset).Take(limit).Select(e => e.View(Url(context), context.Query("include") is not null))];
        var view = new Dictionary<string, object?>
        {
            ["offset"] = offset,
            ["limit"] = limit,
            ["count"] = all.Length,
            ["resource_count"] = page.Length,
            ["first"] = Page(context, 0, limit),
            ["last"] = Page(context, all.Length == 0 ? 0 : (all.Length - 1) / limit * limit, limit),
            ["resources"] = page,
        };
        if (offset > 0)
        {
            view["prev"] = Page(context, Math.Max(0, offset - limit), limit);
        }

        if (offset + limit < all.Length)
        {
            view["next"] = Page(context, offset + limit, limit);
        }

        return view;
    }

    private static string Url(HttpContext context) => $"{context.Request.Scheme}://{context.Request.Host}{IbmPaths.GlobalCatalog}";

    private static string Page(HttpContext context, int offset, int limit)
    {
        HttpRequest request = context.Request;
        string others = string.Concat(request.Query.Where(q => q.Key is not ("_offset" or "_limit")).Select(q => $"&{q.Key}={Uri.EscapeDataString(q.Value.ToString())}"));
        return string.Create(
            CultureInfo.InvariantCulture, $"{request.Scheme}://{request.Host}{request.Path}?_offset={offset}&_limit={limit}{others}");
    }

    private static int Number(HttpContext context, string name, int otherwise) =>
        int.TryParse(context.Query(name), NumberStyles.None, CultureInfo.InvariantCulture, out int number) && (number > 0 || name == "_offset") ? number : otherwise;
}
