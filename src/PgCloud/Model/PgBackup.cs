// SPDX-License-Identifier: MIT

using System.ComponentModel;
using PgCloud.Pipeline;

namespace PgCloud;

/// <summary>A backup that the provider made of an instance.</summary>
[TypeConverter(typeof(DeserializedObjectConverter))]
public sealed class PgBackup
{
    /// <summary>The provider's id of the backup.</summary>
    public required string Id { get; init; }

    /// <summary>When it was made (UTC).</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>How it came about, in the provider's word, such as <c>automatic</c>.</summary>
    public string Type { get; init; } = string.Empty;

    /// <summary><c>Ready</c> where it can be restored.</summary>
    public string Status { get; init; } = string.Empty;

    /// <summary>Its size in bytes; <c>$null</c> where it is not told.</summary>
    public long? SizeBytes { get; init; }

    /// <summary>
    ///   The regions in which it is kept. Not named Region: piped into New-PgInstance that would be where the new instance shall stand.
    /// </summary>
    public IReadOnlyList<string> Regions { get; init => field = Lists.Indexable(value); } = [];

    /// <summary>What the provider says about it.</summary>
    public string Description { get; init; } = string.Empty;

    /// <summary>The instance it was made of.</summary>
    public PgInstance? Instance { get; internal set; }

    /// <summary>The id.</summary>
    public override string ToString() => Id;
}
