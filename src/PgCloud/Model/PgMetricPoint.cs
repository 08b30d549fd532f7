// SPDX-License-Identifier: MIT

using System.ComponentModel;
using PgCloud.Pipeline;

namespace PgCloud;

/// <summary>One value of a metric. It says itself what it is of, so that the points of several metrics make one table.</summary>
[TypeConverter(typeof(DeserializedObjectConverter))]
public sealed class PgMetricPoint
{
    /// <summary>When it was measured (UTC).</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>The value.</summary>
    public required double Value { get; init; }

    /// <summary>The metric's name.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>What the value counts.</summary>
    public string Unit { get; init; } = string.Empty;

    /// <summary>The host.</summary>
    public string HostName { get; init; } = string.Empty;

    /// <summary>The value with its time.</summary>
    public override string ToString() => FormattableString.Invariant($"{Timestamp:u} {Value:0.###}");
}
