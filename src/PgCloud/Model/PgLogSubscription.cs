// SPDX-License-Identifier: MIT

using System.ComponentModel;
using PgCloud.Pipeline;

namespace PgCloud;

/// <summary>A log stream that an instance's log is sent to.</summary>
[TypeConverter(typeof(DeserializedObjectConverter))]
public sealed class PgLogSubscription
{
    /// <summary>The provider's id of the subscription.</summary>
    public required string SubscriptionId { get; init; }

    /// <summary>The kind of log.</summary>
    public string Kind { get; init; } = string.Empty;

    /// <summary>The id of the stream.</summary>
    public string StreamId { get; init; } = string.Empty;

    /// <summary>The service that the stream belongs to, at OVHcloud one of Logs Data Platform, such as <c>ldp-ab-12345</c>.</summary>
    public string ServiceName { get; init; } = string.Empty;

    /// <summary>When it was made (UTC).</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When it was changed last (UTC).</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>The instance whose log it is.</summary>
    public PgInstance? Instance { get; internal set; }

    /// <summary>What the cmdlet that wrote this object did.</summary>
    public PgChange Change { get; init; }

    /// <summary>The id.</summary>
    public override string ToString() => SubscriptionId;
}
