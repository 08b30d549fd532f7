// SPDX-License-Identifier: MIT

namespace PgCloud.Contracts;

/// <summary>What pool to make.</summary>
/// <param name="Name">Its name, which clients give as the database.</param>
/// <param name="Database">The database it leads to, by name.</param>
/// <param name="Mode">When a client gives its server connection back.</param>
/// <param name="Size">How many server connections it holds.</param>
public sealed record NewPoolRequest(string Name, string Database, PgPoolMode Mode, int Size)
{
    /// <summary>The one user it lets in, by name; <see langword="null"/> for all.</summary>
    public string? UserName { get; init; }
}

/// <summary>What a pool shall be; <see langword="null"/> leaves it as it is.</summary>
public sealed record PoolChangeRequest
{
    /// <summary>The database it leads to, by name.</summary>
    public string? Database { get; init; }

    /// <summary>When a client gives its server connection back.</summary>
    public PgPoolMode? Mode { get; init; }

    /// <summary>How many server connections it holds.</summary>
    public int? Size { get; init; }

    /// <summary>The one user it lets in, by name.</summary>
    public string? UserName { get; init; }

    /// <summary>Whether it lets all users in.</summary>
    public bool AnyUser { get; init; }
}
