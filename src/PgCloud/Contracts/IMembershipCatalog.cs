// SPDX-License-Identifier: MIT

using PgCloud.Errors;

namespace PgCloud.Contracts;

/// <summary>
///   Roles granted to roles. A change takes all its requests together, in one transaction, and answers each of them; it answers
///   <see langword="null"/> where its approval was refused, and nothing was written. A request with a name that no role has, or that would
///   close a loop, fails by itself, and nothing of it is written; a failure of the server is thrown, and nothing at all is written.
/// </summary>
public interface IMembershipCatalog
{
    /// <summary>Reads memberships.</summary>
    Task<MembershipReading> GetAsync(MembershipFilter filter, CancellationToken cancellation);

    /// <summary>Grants, for each request, every role to every member.</summary>
    Task<IReadOnlyList<MembershipOutcome>?> GrantAsync(
        IReadOnlyList<GrantRequest> requests, IChangeApproval approval, CancellationToken cancellation);

    /// <summary>Revokes, for each request, every role from every member.</summary>
    Task<IReadOnlyList<MembershipOutcome>?> RevokeAsync(
        IReadOnlyList<RevokeRequest> requests, IChangeApproval approval, CancellationToken cancellation);
}

/// <summary>What granting and revoking are both asked.</summary>
/// <param name="Roles">The roles.</param>
/// <param name="Members">The members, each of each role.</param>
public abstract record MembershipRequest(IReadOnlyList<string> Roles, IReadOnlyList<string> Members)
{
    /// <summary>Only the grant by this role, from PostgreSQL 16 on; <see langword="null"/> for whoever's.</summary>
    public string? GrantedBy { get; init; }

    /// <summary>
    ///   Whether the options were read elsewhere and not asked for one by one. Below 16, those that say what is always so there are then no error.
    /// </summary>
    public bool IsCopy { get; init; }
}

/// <summary>Memberships that shall be; an option that is <see langword="null"/> stays as it is, or as GRANT makes it.</summary>
/// <param name="Roles">The roles.</param>
/// <param name="Members">The members, each of each role.</param>
public sealed record GrantRequest(IReadOnlyList<string> Roles, IReadOnlyList<string> Members) : MembershipRequest(Roles, Members)
{
    /// <summary>ADMIN OPTION.</summary>
    public bool? Admin { get; init; }

    /// <summary>INHERIT OPTION, from 16 on.</summary>
    public bool? Inherit { get; init; }

    /// <summary>SET OPTION, from 16 on.</summary>
    public bool? Set { get; init; }

    /// <summary>
    ///   Whether the roles shall have no other members than those of all requests of the call that say so. Where one of these fails, nobody
    ///   is removed from its roles.
    /// </summary>
    public bool IsExact { get; init; }
}

/// <summary>Memberships that shall no longer be, or options of theirs.</summary>
/// <param name="Roles">The roles.</param>
/// <param name="Members">The members, each of each role.</param>
public sealed record RevokeRequest(IReadOnlyList<string> Roles, IReadOnlyList<string> Members) : MembershipRequest(Roles, Members)
{
    /// <summary>ADMIN OPTION only.</summary>
    public bool Admin { get; init; }

    /// <summary>INHERIT OPTION only, from 16 on.</summary>
    public bool Inherit { get; init; }

    /// <summary>SET OPTION only, from 16 on.</summary>
    public bool Set { get; init; }

    /// <summary>What the members granted on goes too.</summary>
    public bool Cascade { get; init; }
}

/// <summary>The answer to one request.</summary>
/// <param name="Memberships">Its memberships, as they are now, or were where they were revoked; none where it failed.</param>
/// <param name="Error">Why it failed.</param>
public sealed record MembershipOutcome(IReadOnlyList<PgRoleMember> Memberships, PgCloudException? Error = null);

/// <summary>Which memberships to read.</summary>
/// <param name="IncludesRole">Whether to answer memberships in a role.</param>
/// <param name="IncludesMember">Whether to answer those of a member.</param>
/// <param name="IsEffective">Whether to answer also what a member has through other roles, with the path that leads there.</param>
public sealed record MembershipFilter(Func<string, bool> IncludesRole, Func<string, bool> IncludesMember, bool IsEffective = false);

/// <summary>What was read.</summary>
/// <param name="Memberships">The memberships, by member and role.</param>
/// <param name="RoleNames">All roles there are.</param>
public sealed record MembershipReading(IReadOnlyList<PgRoleMember> Memberships, IReadOnlyList<string> RoleNames);
