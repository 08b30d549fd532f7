// SPDX-License-Identifier: MIT

using System.ComponentModel;
using PgCloud.Pipeline;

namespace PgCloud;

/// <summary>A database as the provider's API knows it; <see cref="PgDatabase"/> is what the server knows of it.</summary>
[TypeConverter(typeof(DeserializedObjectConverter))]
public sealed class PgCloudDatabase
{
    /// <summary>The database's name.</summary>
    public required string Name { get; init; }

    /// <summary>The provider's own id of the database.</summary>
    public string Id { get; init; } = string.Empty;

    /// <summary>Whether the instance has it from the start; it cannot be removed then.</summary>
    public bool IsDefault { get; init; }

    /// <summary>The instance it belongs to.</summary>
    public PgInstance? Instance { get; internal set; }

    /// <summary>What the cmdlet that wrote this object did.</summary>
    public PgChange Change { get; init; }

    /// <summary>The database's name.</summary>
    public override string ToString() => Name;
}
