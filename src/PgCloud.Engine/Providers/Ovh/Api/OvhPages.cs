// SPDX-License-Identifier: MIT

using System.Globalization;
using PgCloud.Contracts;

namespace PgCloud.Engine.Providers.Ovh.Api;

/// <summary>Reads what the API gives in pages by <c>limit</c> and <c>offset</c>.</summary>
internal static class OvhPages
{
    /// <summary>How many a page has at most.</summary>
    internal const int Size = 100;

    /// <summary>
    ///   Reads all pages. What is listed may change between two of them, so that one that was seen before comes again; it is taken once.
    /// </summary>
    /// <param name="client">The API.</param>
    /// <param name="path">Of the list, without a query.</param>
    /// <param name="itemsOf">The items of a page.</param>
    /// <param name="keyOf">What tells one item from another.</param>
    /// <param name="reporter">Hears of retries.</param>
    /// <param name="cancellation">Ends it.</param>
    internal static async Task<IReadOnlyList<TItem>> ReadAsync<TPage, TItem, TKey>(
        this OvhClient client,
        string path,
        Func<TPage, IReadOnlyList<TItem>?> itemsOf,
        Func<TItem, TKey> keyOf,
        IReporter reporter,
        CancellationToken cancellation)
    {
        var all = new List<TItem>();
        var seen = new HashSet<TKey>();
        for (int offset = 0; ; offset += Size)
        {
            string query = string.Create(CultureInfo.InvariantCulture, $"?limit={Size}&offset={offset}");
            TPage page = await client.GetAsync<TPage>(path + query, reporter, cancellation);
            IReadOnlyList<TItem> items = itemsOf(page) ?? [];
            int before = all.Count;
            all.AddRange(items.Where(i => seen.Add(keyOf(i))));

            // A page without anything new is the end too: of an API that does not know the offset it would never come.
            if (items.Count < Size || all.Count == before)
            {
                return all;
            }
        }
    }
}
