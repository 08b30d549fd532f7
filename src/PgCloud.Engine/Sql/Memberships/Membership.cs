// SPDX-License-Identifier: MIT

namespace PgCloud.Engine.Sql.Memberships;

/// <summary>Makes the objects that show memberships.</summary>
internal static class Membership
{
    /// <summary>A membership by all its grants together.</summary>
    internal static PgRoleMember Show(string role, string member, IReadOnlyList<RoleGrant> grants, PgChange change = PgChange.None)
    {
        bool inherit = grants.Any(grant => grant.Inherit);
        bool set = grants.Any(grant => grant.Set);
        return new PgRoleMember
        {
            Role = role,
            Member = member,
            Admin = grants.Any(grant => grant.Admin),
            Inherit = inherit,
            Set = set,
            Grantor = grants.Count == 1 ? grants[0].Grantor : null,
            Rights = inherit ? PgMembershipRights.Inherited : set ? PgMembershipRights.BySetRole : PgMembershipRights.None,
            Change = change,
        };
    }
}
