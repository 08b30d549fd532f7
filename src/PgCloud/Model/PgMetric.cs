// SPDX-License-Identifier: MIT

using System.ComponentModel;
using PgCloud.Pipeline;

namespace PgCloud;

/// <summary>One metric of one host over a period.</summary>
[TypeConverter(typeof(DeserializedObjectConverter))]
public sealed class PgMetric
{
    /// <summary>The metric's name.</summary>
    public required string Name { get; init; }

    /// <summary>The host.</summary>
    public string HostName { get; init; } = string.Empty;

    /// <summary>What its values count, in the provider's word, such as <c>PERCENT</c> or <c>BYTES_PER_SECOND</c>.</summary>
    public string Unit { get; init; } = string.Empty;

    /// <summary>How far back it goes.</summary>
    public PgMetricPeriod Period { get; init; }

    /// <summary>The values, oldest first.</summary>
    public IReadOnlyList<PgMetricPoint> Point { get; init => field = Lists.Indexable(value); } = [];

    /// <summary>The newest value; <c>$null</c> where there is none.</summary>
    public double? Latest => Point.Count == 0 ? null : Point[^1].Value;

    /// <summary>The mean of the values; <c>$null</c> where there is none.</summary>
    public double? Average => Point.Count == 0 ? null : Point.Average(p => p.Value);

    /// <summary>The least value; <c>$null</c> where there is none.</summary>
    public double? Minimum => Point.Count == 0 ? null : Point.Min(p => p.Value);

    /// <summary>The greatest value; <c>$null</c> where there is none.</summary>
    public double? Maximum => Point.Count == 0 ? null : Point.Max(p => p.Value);

    /// <summary>The instance.</summary>
    public PgInstance? Instance { get; internal set; }

    /// <summary>The name and the host.</summary>
    public override string ToString() => $"{Name} of {HostName}";
}
