// SPDX-License-Identifier: MIT

using System.ComponentModel;
using PgCloud.Pipeline;

namespace PgCloud;

/// <summary>A place at which an instance's metrics are served.</summary>
[TypeConverter(typeof(DeserializedObjectConverter))]
public sealed class PgPrometheusTarget
{
    /// <summary>The host.</summary>
    public required string HostName { get; init; }

    /// <summary>The TCP port.</summary>
    public required int Port { get; init; }

    /// <summary>Host and port, as Prometheus's configuration has them.</summary>
    public override string ToString() => FormattableString.Invariant($"{HostName}:{Port}");
}
