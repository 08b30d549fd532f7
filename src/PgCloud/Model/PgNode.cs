// SPDX-License-Identifier: MIT

using System.ComponentModel;
using PgCloud.Pipeline;

namespace PgCloud;

/// <summary>A machine that an instance stands on.</summary>
[TypeConverter(typeof(DeserializedObjectConverter))]
public sealed class PgNode
{
    /// <summary>The provider's id of the node.</summary>
    public required string Id { get; init; }

    /// <summary>Its name, which is a host name at some providers.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>Its role in the provider's word, such as <c>Standard</c>; empty where none is told.</summary>
    public string Role { get; init; } = string.Empty;

    /// <summary>The region it stands in.</summary>
    public string Region { get; init; } = string.Empty;

    /// <summary>Its size.</summary>
    public string Flavor { get; init; } = string.Empty;

    /// <summary>Its state, such as <c>Ready</c>.</summary>
    public string Status { get; init; } = string.Empty;

    /// <summary>The TCP port of the server on it; 0 where none is told.</summary>
    public int Port { get; init; }

    /// <summary>When it was made (UTC).</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>The instance it belongs to.</summary>
    public PgInstance? Instance { get; internal set; }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
