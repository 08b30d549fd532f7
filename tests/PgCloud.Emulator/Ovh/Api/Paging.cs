// SPDX-License-Identifier: MIT

using System.Globalization;
using PgCloud.Emulator.Hosting;

namespace PgCloud.Emulator.Ovh.Api;

/// <summary>Answers of list routes: ids, or with the paging header the objects themselves, a page at a time.</summary>
internal static class Paging
{
    internal const string Mode = "X-Pagination-Mode";

    internal const string CachedPages = "CachedObjectList-Pages";

    // The control panel asks for 50000, so there is no small upper bound; the size without the header is not in the sources.
    private const int DefaultSize = 1000;

    /// <summary>Whether the caller wants objects.</summary>
    internal static bool IsAsked(HttpContext context) => context.Request.Headers[Mode] == CachedPages
        && context.RequestServices.GetRequiredService<EmulatorOptions>().Paging;

    internal static IResult Answer<T>(HttpContext context, IEnumerable<T> items, Func<T, object> id, Func<T, object> view)
    {
        if (!IsAsked(context))
        {
            return TypedResults.Json(items.Select(id), Json.Options);
        }

        int size = Header(context, "X-Pagination-Size", DefaultSize);
        int number = Header(context, "X-Pagination-Number", 1);
        List<T> all = [.. items];
        IHeaderDictionary headers = context.Response.Headers;
        headers["X-Pagination-Elements"] = Text(all.Count);
        headers["X-Pagination-Number"] = Text(number);
        headers["X-Pagination-Size"] = Text(size);
        return TypedResults.Json(all.Skip((number - 1) * size).Take(size).Select(view), Json.Options);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static int Header(HttpContext context, string name, int otherwise) =>
        int.TryParse(context.Request.Headers[name], NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value > 0 ? value : otherwise;
}
