// SPDX-License-Identifier: MIT

using System.Collections.Concurrent;

namespace PgCloud.Emulator.Calls;

/// <summary>Counts the calls of the API by method and route, so that tests can say how many a command made.</summary>
internal sealed class CallCounter
{
    private readonly ConcurrentDictionary<(string Method, string Route), int> _calls = new();

    internal void Add(HttpContext context)
    {
        string route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText is { } raw ? "/" + raw.Trim('/') : context.Request.Path.Value!;
        _calls.AddOrUpdate((context.Request.Method, route), 1, (_, count) => count + 1);
    }

    internal void Reset() => _calls.Clear();

    internal object View()
    {
        var calls = _calls.Select(c => new { method = c.Key.Method, route = c.Key.Route, count = c.Value })
            .OrderBy(c => c.route, StringComparer.Ordinal).ThenBy(c => c.method, StringComparer.Ordinal).ToList();
        return new { total = calls.Sum(c => c.count), calls };
    }
}
