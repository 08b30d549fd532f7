// SPDX-License-Identifier: MIT

using System.ComponentModel;
using PgCloud.Pipeline;

namespace PgCloud;

/// <summary>A place at which clients reach an instance.</summary>
[TypeConverter(typeof(DeserializedObjectConverter))]
public sealed class PgEndpoint
{
    /// <summary>The host.</summary>
    public required string HostName { get; init; }

    /// <summary>The TCP port.</summary>
    public required int Port { get; init; }

    /// <summary>Whether it leads to a replica, on which nothing can be written.</summary>
    public bool IsReadReplica { get; init; }

    /// <summary>What it is, in the provider's word, such as <c>postgresqlRead</c>.</summary>
    public string Component { get; init; } = string.Empty;

    /// <summary>The host and port.</summary>
    public override string ToString() => $"{HostName}:{Port}{(IsReadReplica ? " (read)" : string.Empty)}";
}
