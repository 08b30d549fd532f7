// SPDX-License-Identifier: MIT

using System.ComponentModel;
using PgCloud.Pipeline;

namespace PgCloud;

/// <summary>Who owns an object, and who owned it before.</summary>
[TypeConverter(typeof(DeserializedObjectConverter))]
public sealed class PgObjectOwner
{
    /// <summary>What kind of object it is.</summary>
    public PgObjectType ObjectType { get; init; }

    /// <summary>The object's schema; <c>$null</c> where that kind has none.</summary>
    public string? Schema { get; init; }

    /// <summary>The object's name, unquoted; of a routine its signature, name(argument types).</summary>
    public required string Name { get; init; }

    /// <summary>The object as SQL names it, quoted where it must be.</summary>
    public string ObjectName { get; init; } = string.Empty;

    /// <summary>The role that owns it.</summary>
    public required string Owner { get; init; }

    /// <summary>The role that owned it before.</summary>
    public string? PreviousOwner { get; init; }

    /// <summary>The connection through which it was changed.</summary>
    public PgConnection? Connection { get; internal set; }

    /// <summary>What the cmdlet that wrote this object did.</summary>
    public PgChange Change { get; init; }

    /// <summary>The object and its owner.</summary>
    public override string ToString() => $"{ObjectType} {ObjectName} of {Owner}";
}
