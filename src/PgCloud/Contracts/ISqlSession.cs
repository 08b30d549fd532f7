// SPDX-License-Identifier: MIT

using System.Security;

namespace PgCloud.Contracts;

/// <summary>
///   One open connection to one database. Not for use by two callers at once. Changes are inspected, compared and applied in one
///   transaction, and nothing is written that is already so.
/// </summary>
public interface ISqlSession : IAsyncDisposable
{
    /// <summary>The server's version.</summary>
    Version ServerVersion { get; }

    /// <summary>Reads all roles, or those of the given names.</summary>
    Task<IReadOnlyList<PgRole>> GetRolesAsync(IReadOnlyCollection<string>? names, CancellationToken cancellation);

    /// <summary>Makes a role, or brings an existing one to what is asked; attributes that are not asked for stay as they are.</summary>
    Task<PgRole> EnsureRoleAsync(RoleRequest request, CancellationToken cancellation);

    /// <summary>Drops a role; one that does not exist is <c>PgCloud.Role.NotFound</c>.</summary>
    Task<PgRole> DropRoleAsync(string name, CancellationToken cancellation);

    /// <summary>Grants every role to every member, all or none.</summary>
    Task<IReadOnlyList<PgRoleMember>> GrantRolesAsync(
        IReadOnlyList<string> roles, IReadOnlyList<string> members, CancellationToken cancellation);

    /// <summary>Revokes every role from every member, all or none.</summary>
    Task<IReadOnlyList<PgRoleMember>> RevokeRolesAsync(
        IReadOnlyList<string> roles, IReadOnlyList<string> members, CancellationToken cancellation);

    /// <summary>Runs SQL text and hands over its rows in batches as they arrive.</summary>
    IAsyncEnumerable<SqlRowBatch> QueryAsync(SqlQuery query, CancellationToken cancellation);
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

/// <summary>A query.</summary>
/// <param name="Text">SQL with <c>@name</c> parameters.</param>
/// <param name="Parameters">Their values.</param>
/// <param name="Timeout">How long the server may take over it; <see langword="null"/> for no limit.</param>
public sealed record SqlQuery(string Text, IReadOnlyDictionary<string, object?> Parameters, TimeSpan? Timeout);

/// <summary>Some rows of one result set.</summary>
/// <param name="Columns">The names of the columns.</param>
/// <param name="Rows">The values, a row an array; <see langword="null"/> for NULL.</param>
public sealed record SqlRowBatch(IReadOnlyList<string> Columns, IReadOnlyList<object?[]> Rows);
