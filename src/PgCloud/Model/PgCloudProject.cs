// SPDX-License-Identifier: MIT

using System.ComponentModel;
using PgCloud.Pipeline;

namespace PgCloud;

/// <summary>A project, or a resource group, of a cloud account: what instances are ordered in.</summary>
[TypeConverter(typeof(DeserializedObjectConverter))]
public sealed class PgCloudProject
{
    /// <summary>The provider's own id.</summary>
    public required string Id { get; init; }

    /// <summary>What its owner calls it; not unique.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>In what state it is, in the provider's word.</summary>
    public string Status { get; init; } = string.Empty;

    /// <summary>The name and the id.</summary>
    public override string ToString() => Name.Length == 0 ? Id : $"{Name} ({Id})";
}
