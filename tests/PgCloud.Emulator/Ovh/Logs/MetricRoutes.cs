// SPDX-License-Identifier: MIT

using PgCloud.Emulator.Hosting;
using PgCloud.Emulator.Ovh.Errors;
using PgCloud.Emulator.Ovh.Services;

namespace PgCloud.Emulator.Ovh.Logs;

/// <summary>~/postgresql/{clusterId}/metric. The points are made up; OVHcloud's list of names is not in the sources.</summary>
internal static class MetricRoutes
{
    private const int Points = 12;

    private static readonly Dictionary<string, (string Unit, double Level)> Metrics = new()
    {
        ["cpu_usage"] = ("PERCENT", 12.5),
        ["disk_usage"] = ("PERCENT", 21),
        ["load_5"] = ("SCALAR", 0.25),
        ["mem_usage"] = ("PERCENT", 43),
    };

    private static readonly Dictionary<string, (string Unit, double Level)> MoreMetrics = new()
    {
        ["disk_iops_read"] = ("SCALAR_PER_SECOND", 3),
        ["disk_iops_write"] = ("SCALAR_PER_SECOND", 7),
        ["net_receive"] = ("BYTES_PER_SECOND", 2048),
    };

    private static readonly Dictionary<string, TimeSpan> Periods = new()
    {
        ["lastHour"] = TimeSpan.FromHours(1),
        ["lastDay"] = TimeSpan.FromDays(1),
        ["lastWeek"] = TimeSpan.FromDays(7),
        ["lastMonth"] = TimeSpan.FromDays(30),
        ["lastYear"] = TimeSpan.FromDays(365),
    };

    internal static void MapMetrics(this IEndpointRouteBuilder service)
    {
        service.MapGet("/metric", (ServiceCall call, bool? extended) => Metrics.Keys.Concat(extended == true ? MoreMetrics.Keys : Enumerable.Empty<string>()));
        service.MapGet("/metric/{metricName}", (ServiceCall call, string metricName, string period) =>
        {
            call.ThrowIfNotReady();
            return View(call.Service, metricName, Periods[period]);
        });
    }

    private static object View(Service service, string name, TimeSpan period)
    {
        if (!Metrics.TryGetValue(name, out (string Unit, double Level) metric) && !MoreMetrics.TryGetValue(name, out metric))
        {
            throw ApiErrors.NotFound("InvalidMetricName", $"An invalid metric {name} was specified");
        }

        TimeSpan step = period / Points;
        return new
        {
            metrics = service.Nodes.Select(n => new
            {
                dataPoints = Enumerable.Range(0, Points).Select(i => new
                {
                    timestamp = (EmulatorClock.Now - (step * (Points - 1 - i))).ToUnixTimeSeconds(),
                    value = metric.Level * (1 + (i % 3 / 10.0)),
                }),
                hostname = n.Name,
            }),
            name,
            units = metric.Unit,
        };
    }
}
