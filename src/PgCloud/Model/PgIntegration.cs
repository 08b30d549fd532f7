// SPDX-License-Identifier: MIT

using System.ComponentModel;
using PgCloud.Pipeline;

namespace PgCloud;

/// <summary>A link between an instance and another service of the same project, such as one that takes its logs.</summary>
[TypeConverter(typeof(DeserializedObjectConverter))]
public sealed class PgIntegration
{
    /// <summary>The provider's id of the link.</summary>
    public required string Id { get; init; }

    /// <summary>Its kind, in the provider's word, such as <c>opensearchLogs</c>.</summary>
    public string Type { get; init; } = string.Empty;

    /// <summary>Whether data flows.</summary>
    public PgInstanceStatus Status { get; init; }

    /// <summary>The provider's own word for the status, where that says more; else empty.</summary>
    public string StatusDetail { get; init; } = string.Empty;

    /// <summary>The id of the service that the data comes from.</summary>
    public string SourceInstance { get; init; } = string.Empty;

    /// <summary>The id of the service that the data goes to.</summary>
    public string DestinationInstance { get; init; } = string.Empty;

    /// <summary>What else belongs to the link.</summary>
    public IReadOnlyDictionary<string, string> Parameter { get; init; } = new Dictionary<string, string>();

    /// <summary>The instance through which it was read: one of the two ends.</summary>
    public PgInstance? Instance { get; internal set; }

    /// <summary>What the cmdlet that wrote this object did.</summary>
    public PgChange Change { get; init; }

    /// <summary>The kind and the two ends.</summary>
    public override string ToString() => Type.Length == 0 ? Id : $"{Type}: {SourceInstance} -> {DestinationInstance}";
}
