// SPDX-License-Identifier: MIT

using System.Security;

namespace PgCloud.Contracts;

/// <summary>
///   Roles. A change answers <see langword="null"/> where its approval was refused, and nothing was written.
/// </summary>
public interface IRoleCatalog
{
    /// <summary>Reads all roles, or those of the given names.</summary>
    Task<IReadOnlyList<PgRole>> GetAsync(IReadOnlyCollection<string>? names, CancellationToken cancellation);

    /// <summary>Makes a role, or brings an existing one to what is asked; attributes that are not asked for stay as they are.</summary>
    Task<PgRole?> EnsureAsync(RoleRequest request, IChangeApproval approval, CancellationToken cancellation);

    /// <summary>Drops a role; one that does not exist is <c>PgCloud.Role.NotFound</c>.</summary>
    Task<PgRole?> DropAsync(string name, IChangeApproval approval, CancellationToken cancellation);
}

/// <summary>The attributes a role shall have; <see langword="null"/> leaves one as it is (or as CREATE ROLE makes it).</summary>
/// <param name="Name">The role's name.</param>
public sealed record RoleRequest(string Name)
{
    /// <summary>LOGIN or NOLOGIN.</summary>
    public bool? Login { get; init; }

    /// <summary>INHERIT or NOINHERIT.</summary>
    public bool? Inherit { get; init; }

    /// <summary>CREATEDB or NOCREATEDB.</summary>
    public bool? CreateDatabase { get; init; }

    /// <summary>CREATEROLE or NOCREATEROLE.</summary>
    public bool? CreateRole { get; init; }

    /// <summary>CONNECTION LIMIT; -1 for none.</summary>
    public int? ConnectionLimit { get; init; }

    /// <summary>VALID UNTIL.</summary>
    public DateTimeOffset? ValidUntil { get; init; }

    /// <summary>The password; sent as a verifier, never as itself.</summary>
    public SecureString? Password { get; init; }
}
