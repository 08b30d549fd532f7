// SPDX-License-Identifier: MIT

using System.ComponentModel;
using PgCloud.Pipeline;

namespace PgCloud;

/// <summary>A kind of link that an instance can have.</summary>
[TypeConverter(typeof(DeserializedObjectConverter))]
public sealed class PgIntegrationCapability
{
    /// <summary>The kind, in the provider's word: what New-PgIntegration takes as -Type.</summary>
    public required string Type { get; init; }

    /// <summary>The engine of the service that the data comes from.</summary>
    public string SourceEngine { get; init; } = string.Empty;

    /// <summary>The engine of the service that the data goes to.</summary>
    public string DestinationEngine { get; init; } = string.Empty;

    /// <summary>
    ///   What New-PgIntegration takes as -Parameter, each with its type. Not named Parameter: a capability that is piped there would bring
    ///   types in the place of values.
    /// </summary>
    public IReadOnlyDictionary<string, string> AllowedParameter { get; init; } = new Dictionary<string, string>();

    /// <summary>The instance that can have it.</summary>
    public PgInstance? Instance { get; internal set; }

    /// <summary>The kind and the two engines.</summary>
    public override string ToString() => $"{Type}: {SourceEngine} -> {DestinationEngine}";
}
