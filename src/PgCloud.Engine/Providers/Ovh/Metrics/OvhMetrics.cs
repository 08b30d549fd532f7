// SPDX-License-Identifier: MIT

using PgCloud.Contracts;
using PgCloud.Engine.Providers.Ovh.Api;
using PgCloud.Engine.Providers.Ovh.Instances;
using PgCloud.Errors;

namespace PgCloud.Engine.Providers.Ovh.Metrics;

/// <summary>Reads what the API measures.</summary>
internal sealed class OvhMetrics(OvhProject project, OvhPatience patience) : IMetrics
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> GetNamesAsync(
        PgInstance instance, bool isExtended, IReporter reporter, CancellationToken cancellation)
    {
        string path = project.PathOf(instance, isExtended ? "/metric?extended=true" : "/metric");
        string[] names = await patience.RunAsync(
            instance, () => project.Client.GetAsync<string[]>(path, reporter, cancellation), reporter, cancellation);
        return [.. names.Order(StringComparer.Ordinal)];
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<PgMetric>> GetAsync(
        PgInstance instance, string name, PgMetricPeriod period, IReporter reporter, CancellationToken cancellation)
    {
        string path = project.PathOf(instance, $"/metric/{Uri.EscapeDataString(name)}?period={WordOf(period)}");
        try
        {
            OvhMetricRecord record = await patience.RunAsync(
                instance, () => project.Client.GetAsync<OvhMetricRecord>(path, reporter, cancellation), reporter, cancellation);
            return [.. (record.Metrics ?? []).Select(h => Describe(record, h, name, period, instance))];
        }
        catch (PgCloudException exception) when (exception.ErrorId == OvhErrorIds.MetricNotFound)
        {
            throw PgErrors.MetricNotFound(name, instance.Name, await GetNamesAsync(instance, true, reporter, cancellation));
        }
    }

    private static PgMetric Describe(OvhMetricRecord record, OvhHostMetric host, string name, PgMetricPeriod period, PgInstance instance)
    {
        string unit = record.Units ?? string.Empty;
        string hostName = host.Hostname ?? string.Empty;
        return new PgMetric
        {
            Name = name,
            HostName = hostName,
            Unit = unit,
            Period = period,
            Point =
            [
                .. (host.DataPoints ?? []).Where(p => p.Value is not null).OrderBy(p => p.Timestamp).Select(p => new PgMetricPoint
                {
                    Timestamp = DateTimeOffset.FromUnixTimeSeconds(p.Timestamp),
                    Value = p.Value!.Value,
                    Name = name,
                    Unit = unit,
                    HostName = hostName,
                }),
            ],
            Instance = instance,
        };
    }

    // lastHour and so on: the API's MetricPeriodEnum.
    private static string WordOf(PgMetricPeriod period) => $"l{period.ToString()[1..]}";
}
