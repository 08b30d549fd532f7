// SPDX-License-Identifier: MIT

using System.ComponentModel;
using PgCloud.Pipeline;

namespace PgCloud;

/// <summary>A kind of log that a provider can hand on.</summary>
[TypeConverter(typeof(DeserializedObjectConverter))]
public sealed class PgLogKind
{
    /// <summary>
    ///   Its name, such as <c>customer_logs</c>. Not named Name: an instance has a name too, and would be taken for a kind where both can be
    ///   piped.
    /// </summary>
    public required string Kind { get; init; }

    /// <summary>Its name for people.</summary>
    public string DisplayName { get; init; } = string.Empty;

    /// <summary>The provider's id of it.</summary>
    public string Id { get; init; } = string.Empty;

    /// <summary>The fields that an entry has beside the usual ones.</summary>
    public IReadOnlyList<string> Field { get; init => field = Lists.Indexable(value); } = [];

    /// <summary>When the provider made it (UTC).</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When the provider changed it last (UTC).</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>The instance it was read of.</summary>
    public PgInstance? Instance { get; internal set; }

    /// <summary>The name.</summary>
    public override string ToString() => Kind;
}
