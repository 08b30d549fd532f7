// SPDX-License-Identifier: MIT

using System.ComponentModel;
using System.Management.Automation;
using PgCloud.Pipeline;

namespace PgCloud;

/// <summary>The access by which Prometheus fetches an instance's metrics.</summary>
[TypeConverter(typeof(DeserializedObjectConverter))]
public sealed class PgPrometheus
{
    /// <summary>Whether metrics are served: Set-PgInstance -Prometheus.</summary>
    public bool IsEnabled { get; init; }

    /// <summary>Who logs in there; empty where nothing is served.</summary>
    public string UserName { get; init; } = string.Empty;

    /// <summary>Where the metrics are served; none where nothing is.</summary>
    public IReadOnlyList<PgPrometheusTarget> Target { get; init => field = Lists.Indexable(value); } = [];

    /// <summary>The instance.</summary>
    public PgInstance? Instance { get; internal set; }

    /// <summary>
    ///   The name and password. Present once, on the object that Reset-PgPrometheusCredential writes: no password is told again.
    /// </summary>
    public PSCredential? Credential { get; internal set; }

    /// <summary>What the cmdlet that wrote this object did.</summary>
    public PgChange Change { get; init; }

    /// <summary>The instance and whether metrics are served; never the password.</summary>
    public override string ToString() => $"Prometheus of {Instance?.Name}: {(IsEnabled ? "enabled" : "not enabled")}";
}
