// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Errors;

namespace PgCloud.Pipeline;

/// <summary>
///   What a piped object says about a membership, if it is one. Not bound by property name, since a PgRole, piped as the member, has an
///   Inherit that means something else.
/// </summary>
internal sealed class PipedMembership(PSObject? piped) : PipedRecord(piped, nameof(PgRoleMember.Role), nameof(PgRoleMember.Member))
{
    /// <summary>Its ADMIN option.</summary>
    internal bool? Admin => Flag(nameof(PgRoleMember.Admin));

    /// <summary>Its INHERIT option.</summary>
    internal bool? Inherit => Flag(nameof(PgRoleMember.Inherit));

    /// <summary>Its SET option.</summary>
    internal bool? Set => Flag(nameof(PgRoleMember.Set));

    /// <summary>Whether it says anything about options.</summary>
    internal bool HasOptions => Admin is not null || Inherit is not null || Set is not null;

    /// <summary>Who granted it, if it was read through this connection: on another server that says nothing.</summary>
    internal string? GrantorAt(PgConnection connection) =>
        BaseObject is PgRoleMember membership && ReferenceEquals(membership.Connection, connection) ? membership.Grantor : null;

    /// <summary>Refuses what was granted to other roles: to take it for a grant to the member would widen it.</summary>
    /// <exception cref="PgCloudException"><c>PgCloud.Role.MembershipNotDirect</c>.</exception>
    internal void RefuseIndirect()
    {
        if (Flag(nameof(PgRoleMember.IsDirect)) == false)
        {
            throw PgErrors.MembershipNotDirect(BaseObject!, Text(nameof(PgRoleMember.PathText)) ?? string.Empty);
        }
    }
}
