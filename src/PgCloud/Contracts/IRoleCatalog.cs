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

    /// <summary>The same for a role that must be there: one that does not exist is <c>PgCloud.Role.NotFound</c>.</summary>
    Task<PgRole?> SetAsync(RoleRequest request, IChangeApproval approval, CancellationToken cancellation);

    /// <summary>Drops a role; one that does not exist is <c>PgCloud.Role.NotFound</c>.</summary>
    Task<PgRole?> DropAsync(RoleRemoval removal, IChangeApproval approval, CancellationToken cancellation);
}

/// <summary>The attributes a role shall have; <see langword="null"/> leaves one as it is (or as CREATE ROLE makes it).</summary>
/// <param name="Name">The role's name.</param>
public sealed record RoleRequest(string Name)
{
    /// <summary>The name it shall have from now on; only for a role that is there.</summary>
    public string? NewName { get; init; }

    /// <summary>SUPERUSER or NOSUPERUSER.</summary>
    public bool? Superuser { get; init; }

    /// <summary>LOGIN or NOLOGIN.</summary>
    public bool? Login { get; init; }

    /// <summary>INHERIT or NOINHERIT.</summary>
    public bool? Inherit { get; init; }

    /// <summary>CREATEDB or NOCREATEDB.</summary>
    public bool? CreateDatabase { get; init; }

    /// <summary>CREATEROLE or NOCREATEROLE.</summary>
    public bool? CreateRole { get; init; }

    /// <summary>REPLICATION or NOREPLICATION.</summary>
    public bool? Replication { get; init; }

    /// <summary>BYPASSRLS or NOBYPASSRLS.</summary>
    public bool? BypassRls { get; init; }

    /// <summary>CONNECTION LIMIT; -1 for none.</summary>
    public int? ConnectionLimit { get; init; }

    /// <summary>VALID UNTIL; the largest value for ever.</summary>
    public DateTimeOffset? ValidUntil { get; init; }

    /// <summary>The password; sent as a verifier, never as itself.</summary>
    public SecureString? Password { get; init; }

    /// <summary>Whether a role that is there already keeps the password it has.</summary>
    public bool IsPasswordForNewRole { get; init; }

    /// <summary>The comment; empty for none.</summary>
    public string? Comment { get; init; }

    /// <summary>Configuration parameters for the role's sessions.</summary>
    public IReadOnlyList<RoleSettingRequest> Settings { get; init; } = [];

    /// <summary>The one database in which the settings shall hold; <see langword="null"/> for all.</summary>
    public string? SettingsDatabase { get; init; }
}

/// <summary>Which role to drop, and what may be done about what depends on it.</summary>
/// <param name="Name">The role's name.</param>
public sealed record RoleRemoval(string Name)
{
    /// <summary>The role that is given what the role owns; what else depends on it is then dropped.</summary>
    public string? ReassignOwnedTo { get; init; }

    /// <summary>Whether what the role owns is dropped too.</summary>
    public bool DropOwned { get; init; }

    /// <summary>Whether its sessions are ended.</summary>
    public bool Force { get; init; }

    /// <summary>Whether anything may be done about what depends on it.</summary>
    public bool Clears => DropOwned || ReassignOwnedTo is not null;
}

/// <summary>What a configuration parameter shall be in a role's sessions.</summary>
/// <param name="Name">The parameter's name.</param>
/// <param name="Value">
///   <see langword="null"/> to reset it; one text, in which a list is written as in postgresql.conf; or, with <paramref name="IsList"/>,
///   the elements of a list, each taken as it is.
/// </param>
/// <param name="IsList">Whether the value is a list of elements.</param>
public sealed record RoleSettingRequest(string Name, IReadOnlyList<string>? Value, bool IsList = false);
