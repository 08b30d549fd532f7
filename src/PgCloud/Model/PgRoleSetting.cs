// SPDX-License-Identifier: MIT

using System.ComponentModel;
using PgCloud.Pipeline;

namespace PgCloud;

/// <summary>What a configuration parameter is in the sessions of a role, where neither the server nor the session says otherwise.</summary>
[TypeConverter(typeof(DeserializedObjectConverter))]
public sealed class PgRoleSetting
{
    /// <summary>The database whose sessions it is for; <c>$null</c> for those of all databases.</summary>
    public string? Database { get; init; }

    /// <summary>The parameter's name.</summary>
    public required string Name { get; init; }

    /// <summary>Its value, as PostgreSQL keeps it.</summary>
    public required string Value { get; init; }

    /// <summary>The parameter, its value, and the database where it is for one.</summary>
    public override string ToString() => Database is null ? $"{Name}={Value}" : $"{Name}={Value} in {Database}";
}
