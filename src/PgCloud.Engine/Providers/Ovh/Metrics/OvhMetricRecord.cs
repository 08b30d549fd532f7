// SPDX-License-Identifier: MIT

namespace PgCloud.Engine.Providers.Ovh.Metrics;

/// <summary>The API's <c>service.Metric</c>.</summary>
internal sealed record OvhMetricRecord(string? Name, string? Units, IReadOnlyList<OvhHostMetric>? Metrics);

/// <summary>The API's <c>service.HostMetric</c>.</summary>
internal sealed record OvhHostMetric(string? Hostname, IReadOnlyList<OvhDataPoint>? DataPoints);

/// <summary>The API's <c>service.DataPoint</c>; the time is in seconds since 1970.</summary>
internal sealed record OvhDataPoint(long Timestamp, double? Value);
