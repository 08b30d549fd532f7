// SPDX-License-Identifier: MIT

using System.Globalization;
using System.Text;
using System.Text.Json;

namespace PgCloud.Emulator.Ibm.Api;

/// <summary>
///   One page of a list of the resource controller. Its token, in <c>next_url</c>, holds the filters too, since all other parameters are ignored
///   beside it.
/// </summary>
internal sealed record PageRequest(int Limit, long After, Dictionary<string, string> Filters)
{
    // The size of a page is not in the sources, but the sample has 100 rows.
    private const int Largest = 100;

    internal static PageRequest Of(HttpContext context)
    {
        if (context.Query("start") is { } start)
        {
            try
            {
                return JsonSerializer.Deserialize<PageRequest>(Encoding.UTF8.GetString(Convert.FromBase64String(start)))!;
            }
            catch (Exception exception) when (exception is FormatException or JsonException)
            {
                throw new IbmException(400, "bad_request", "start is not a page token");
            }
        }

        int limit = Largest;
        if (context.Query("limit") is { } text
            && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > Largest))
        {
            throw new IbmException(400, "bad_request", $"limit must be from 1 to {Largest}");
        }

        return new PageRequest(limit, 0, context.Request.Query.Where(q => q.Value.ToString().Length > 0).ToDictionary(q => q.Key, q => q.Value.ToString()));
    }

    internal string? Filter(string name) => Filters.GetValueOrDefault(name);

    /// <summary>Whether a thing has the value that a filter asks for, if it asks for one.</summary>
    internal bool Wants(string name, string? value) => Filter(name) is not { } wanted || wanted == value;

    /// <summary>Whether a time is in the range that is asked for, with both of its ends.</summary>
    internal bool WantsTime(string from, string to, DateTimeOffset time) =>
        (Time(from) is not { } first || time >= first) && (Time(to) is not { } last || time <= last);

    internal object Answer<T>(string url, IEnumerable<T> items, Func<T, long> order, Func<T, object> view)
    {
        T[] rest = [.. items.Where(i => order(i) > After).Take(Limit + 1)];
        T[] page = [.. rest.Take(Limit)];
        string? next = null;
        if (rest.Length > Limit)
        {
            byte[] token = JsonSerializer.SerializeToUtf8Bytes(this with { After = order(page[^1]) });
            next = $"{url}?start={Uri.EscapeDataString(Convert.ToBase64String(token))}";
        }

        return new { rows_count = page.Length, next_url = next, resources = page.Select(view).ToList() };
    }

    private DateTimeOffset? Time(string name) => Filter(name) is not { } text ? null
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ? time
        : throw new IbmException(400, "bad_request", $"{name} is not a time");
}
