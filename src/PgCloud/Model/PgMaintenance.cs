// SPDX-License-Identifier: MIT

using System.ComponentModel;
using PgCloud.Pipeline;

namespace PgCloud;

/// <summary>Work of the provider on an instance: planned, or done.</summary>
[TypeConverter(typeof(DeserializedObjectConverter))]
public sealed class PgMaintenance
{
    /// <summary>The provider's id of the maintenance.</summary>
    public required string Id { get; init; }

    /// <summary>What is done, in the provider's words.</summary>
    public string Description { get; init; } = string.Empty;

    /// <summary><c>Scheduled</c>, <c>Pending</c>, <c>Applying</c>, <c>Applied</c> or <c>Error</c>; a word that is not known here is the provider's own.</summary>
    public string Status { get; init; } = string.Empty;

    /// <summary>When it is to be applied (UTC); <c>$null</c> where no time is set.</summary>
    public DateTimeOffset? ScheduledAt { get; init; }

    /// <summary>When it was applied (UTC).</summary>
    public DateTimeOffset? AppliedAt { get; init; }

    /// <summary>The instance it is about.</summary>
    public PgInstance? Instance { get; internal set; }

    /// <summary>What the cmdlet that wrote this object did.</summary>
    public PgChange Change { get; init; }

    /// <summary>The description and the state.</summary>
    public override string ToString() => $"{Description} ({Status})";
}
