// SPDX-License-Identifier: MIT

using System.ComponentModel;
using PgCloud.Pipeline;

namespace PgCloud;

/// <summary>An instance that was removed and can be had back for some days (IBM Cloud: a reclamation).</summary>
[TypeConverter(typeof(DeserializedObjectConverter))]
public sealed class PgReclaimedInstance
{
    /// <summary>The name it had.</summary>
    public required string Name { get; init; }

    /// <summary>The provider's own id of the instance, which it has again when it is back.</summary>
    public required string Id { get; init; }

    /// <summary>The id of the reclamation.</summary>
    public required string ReclamationId { get; init; }

    /// <summary>The provider that keeps it.</summary>
    public required PgProviderName Provider { get; init; }

    /// <summary>The provider's word: SCHEDULED, RESTORING or RECLAIMING.</summary>
    public required string State { get; init; }

    /// <summary>The region it stood in.</summary>
    public string Region { get; init; } = string.Empty;

    /// <summary>When it was removed (UTC).</summary>
    public DateTimeOffset? RemovedAt { get; init; }

    /// <summary>Until when it can be had back (UTC).</summary>
    public DateTimeOffset? GoneAt { get; init; }

    /// <summary>The session through which it was read; lost when the object is serialised.</summary>
    internal PgCloudSession? Session { get; set; }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
