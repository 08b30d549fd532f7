// SPDX-License-Identifier: MIT

namespace PgCloud.Engine.Sql.Memberships;

/// <summary>Makes the members of a role just those that are wanted.</summary>
internal static class ExactMembers
{
    /// <summary>Revokes a role from all others.</summary>
    internal static List<PgRoleMember> RemoveOthers(string role, HashSet<string> wanted, MembershipState state, MembershipStatements statements)
    {
        var removed = new List<PgRoleMember>();
        var revocations = new List<(string Member, string? Grantor)>();
        foreach (string member in state.MembersOf(role).Where(member => !wanted.Contains(member) && !IsBuiltIn(role, member)))
        {
            List<RoleGrant> all = state.GrantsOf(role, member);
            List<RoleGrant> grants = all.FindAll(grant => !grant.IsOfMaker);
            if (grants.Count > 0)
            {
                removed.Add(Membership.Show(role, member, grants, grants.Count == all.Count ? PgChange.Removed : PgChange.Updated));
                revocations.AddRange(grants.Select(grant => (member, grant.Grantor)));
            }
        }

        foreach ((string member, string? grantor) in revocations.OrderByDescending(one => state.Depth(role, one.Grantor)))
        {
            statements.Revoke(role, member, null, grantor);
        }

        foreach (PgRoleMember gone in removed)
        {
            state.GrantsOf(role, gone.Member).RemoveAll(grant => !grant.IsOfMaker);
            if (gone.Change == PgChange.Removed)
            {
                state.Unlink(role, gone.Member);
            }
        }

        return removed;
    }

    // The predefined roles' memberships of each other are the server's own.
    private static bool IsBuiltIn(string role, string member) => PgNames.IsPredefined(role) && PgNames.IsPredefined(member);
}
