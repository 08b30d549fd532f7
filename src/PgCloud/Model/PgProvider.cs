// SPDX-License-Identifier: MIT

using System.ComponentModel;
using PgCloud.Pipeline;

namespace PgCloud;

/// <summary>A provider and what it offers.</summary>
[TypeConverter(typeof(DeserializedObjectConverter))]
public sealed class PgProvider
{
    /// <summary>The name that <c>Connect-PgCloud -Provider</c> takes.</summary>
    public required PgProviderName Name { get; init; }

    /// <summary>What it is, in a sentence.</summary>
    public required string Description { get; init; }

    /// <summary>What the provider offers, and the way round where it does not.</summary>
    public required IReadOnlyList<PgProviderFeature> Feature { get; init => field = Lists.Indexable(value); }

    /// <summary>The provider's name.</summary>
    public override string ToString() => Name.ToString();
}

/// <summary>One feature of a provider.</summary>
[TypeConverter(typeof(DeserializedObjectConverter))]
public sealed class PgProviderFeature
{
    /// <summary>What it is about, in the words of the cmdlets.</summary>
    public required string Name { get; init; }

    /// <summary>Whether the provider offers it.</summary>
    public required bool IsOffered { get; init; }

    /// <summary>How it is done underneath or, where it is not offered, the way round.</summary>
    public required string Note { get; init; }

    /// <summary>The name, with a minus sign before it where the feature is not offered.</summary>
    public override string ToString() => IsOffered ? Name : "-" + Name;
}
