// SPDX-License-Identifier: MIT

using System.ComponentModel;
using PgCloud.Pipeline;

namespace PgCloud;

/// <summary>One managed PostgreSQL service, as it was when it was read.</summary>
[TypeConverter(typeof(DeserializedObjectConverter))]
public sealed class PgInstance
{
    private PgInstanceStatus? _since;

    /// <summary>The instance's name.</summary>
    public required string Name { get; init; }

    /// <summary>The provider's own id of the instance.</summary>
    public required string Id { get; init; }

    /// <summary>The provider that runs it.</summary>
    public required PgProviderName Provider { get; init; }

    /// <summary>Whether it can be used.</summary>
    public required PgInstanceStatus Status { get => _since ?? field; init; }

    /// <summary>Why the status is what it is, in a sentence; empty where there is nothing to say.</summary>
    public string StatusDetail { get; init; } = string.Empty;

    /// <summary>The PostgreSQL version, such as <c>18.4</c>; empty where it is not known.</summary>
    public string Version { get; init; } = string.Empty;

    /// <summary>The host that clients connect to.</summary>
    public string HostName { get; init; } = string.Empty;

    /// <summary>The TCP port that clients connect to; 0 where none is known.</summary>
    public int Port { get; init; }

    /// <summary>The database that clients connect to where they name none.</summary>
    public string Database { get; init; } = string.Empty;

    /// <summary>The certificate authority that signed the server's certificate, in PEM; not a secret.</summary>
    public string CaCertificate { get; internal set; } = string.Empty;

    /// <summary>The region its nodes stand in; empty where the provider has none.</summary>
    public string Region { get; init; } = string.Empty;

    /// <summary>The plan it was ordered with; empty where the provider has none.</summary>
    public string Plan { get; init; } = string.Empty;

    /// <summary>The size of its machines, in the provider's word; empty where the provider has none.</summary>
    public string Flavor { get; init; } = string.Empty;

    /// <summary>How many nodes it has.</summary>
    public int NodeCount { get; init; } = 1;

    /// <summary>Its storage in GB; 0 where the provider sets no bound.</summary>
    public long DiskSizeGB { get; init; }

    /// <summary>Every place at which clients can reach it, the read replica's too; <see cref="HostName"/> is the primary's.</summary>
    public IReadOnlyList<PgEndpoint> Endpoint { get; init => field = Lists.Indexable(value); } = [];

    /// <summary>When the instance was made (UTC).</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>What belongs to this provider only, by name.</summary>
    public IReadOnlyDictionary<string, object> Detail { get; init; } = new Dictionary<string, object>();

    /// <summary>What the cmdlet that wrote this object did.</summary>
    public PgChange Change { get; internal set; }

    /// <summary>The session through which the object was read; lost when the object is serialised.</summary>
    internal PgCloudSession? Session { get; set; }

    /// <summary>Notes what the cmdlet that has the object made of the instance since it was read.</summary>
    internal PgInstance Became(PgInstanceStatus status)
    {
        _since = status;
        return this;
    }

    /// <summary>The instance's name.</summary>
    public override string ToString() => Name;
}
