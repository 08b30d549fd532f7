// SPDX-License-Identifier: MIT

using System.ComponentModel;
using PgCloud.Pipeline;

namespace PgCloud;

/// <summary>A parameter of an instance's server that the provider lets its customers set.</summary>
[TypeConverter(typeof(DeserializedObjectConverter))]
public sealed class PgConfiguration
{
    /// <summary>The provider's name of it, such as <c>pg.deadlock_timeout</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Its value, of its type; <c>$null</c> where it is not set and the server's default holds.</summary>
    public object? Value { get; init; }

    /// <summary><c>Boolean</c>, <c>Long</c>, <c>Double</c> or <c>String</c>; a word that is not known here is the provider's own.</summary>
    public string Type { get; init; } = string.Empty;

    /// <summary>The least value; <c>$null</c> where there is no bound.</summary>
    public double? Minimum { get; init; }

    /// <summary>The greatest value; <c>$null</c> where there is no bound.</summary>
    public double? Maximum { get; init; }

    /// <summary>The values that are allowed; empty where they are not counted.</summary>
    public IReadOnlyList<string> AllowedValue { get; init => field = Lists.Indexable(value); } = [];

    /// <summary>What it does, in the provider's words.</summary>
    public string Description { get; init; } = string.Empty;

    /// <summary>Whether somebody has set it.</summary>
    public bool IsSet { get; init; }

    /// <summary>What it was before the change that this object tells of.</summary>
    public object? PreviousValue { get; init; }

    /// <summary>The instance it belongs to.</summary>
    public PgInstance? Instance { get; internal set; }

    /// <summary>What the cmdlet that wrote this object did.</summary>
    public PgChange Change { get; init; }

    /// <summary>The name and the value.</summary>
    public override string ToString() => FormattableString.Invariant($"{Name}={Value}");
}
