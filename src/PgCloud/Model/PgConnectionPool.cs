// SPDX-License-Identifier: MIT

using System.ComponentModel;
using PgCloud.Pipeline;

namespace PgCloud;

/// <summary>A connection pool of an instance: many clients share few server connections.</summary>
[TypeConverter(typeof(DeserializedObjectConverter))]
public sealed class PgConnectionPool
{
    /// <summary>The pool's name. Clients give it as the name of the database.</summary>
    public required string Name { get; init; }

    /// <summary>The provider's own id of the pool.</summary>
    public string Id { get; init; } = string.Empty;

    /// <summary>The database it leads to; its id where that has been removed.</summary>
    public required string Database { get; init; }

    /// <summary>The provider's own id of the database.</summary>
    public string DatabaseId { get; init; } = string.Empty;

    /// <summary>The one user it lets in, its id where that has been removed; <c>$null</c> where it lets all users in.</summary>
    public string? UserName { get; init; }

    /// <summary>The provider's own id of that user.</summary>
    public string? UserId { get; init; }

    /// <summary>
    ///   When a client gives its server connection back: Session, Statement or Transaction (<see cref="PgPoolMode"/>); a word that is none of
    ///   them stands as the provider writes it.
    /// </summary>
    public string Mode { get; init; } = string.Empty;

    /// <summary>How many server connections it holds.</summary>
    public long Size { get; init; }

    /// <summary>The host that clients connect to.</summary>
    public string HostName { get; init; } = string.Empty;

    /// <summary>The TCP port that clients connect to; another one than the instance's.</summary>
    public int Port { get; init; }

    /// <summary>
    ///   What TLS it demands at the least, as in <see cref="PgTlsMode"/>. Get-PgConnection verifies the certificate all the same.
    /// </summary>
    public string TlsMode { get; init; } = string.Empty;

    /// <summary>The instance it belongs to.</summary>
    public PgInstance? Instance { get; internal set; }

    /// <summary>What the cmdlet that wrote this object did.</summary>
    public PgChange Change { get; init; }

    /// <summary>The name once more, as Get-PgConnection takes it out of the pipeline for its -Pool.</summary>
    public string Pool => Name;

    /// <summary>The pool's name.</summary>
    public override string ToString() => Name;
}
