// SPDX-License-Identifier: MIT

using System.ComponentModel;
using PgCloud.Pipeline;

namespace PgCloud;

/// <summary>The name of something that is measured of an instance.</summary>
[TypeConverter(typeof(DeserializedObjectConverter))]
public sealed class PgMetricName
{
    /// <summary>The name, such as <c>cpu_usage</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The instance.</summary>
    public PgInstance? Instance { get; internal set; }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
