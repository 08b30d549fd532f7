// SPDX-License-Identifier: MIT

using PgCloud.Contracts;

namespace PgCloud.Engine.Sql.Memberships;

/// <summary>Revokes every role of a request from every member, or options of the memberships, whoever granted them.</summary>
internal sealed class RevokeRoles(IReadOnlyList<RevokeRequest> requests, SqlContext context)
    : MembershipChange<RevokeRequest>(requests, context)
{
    private readonly List<Revocation> _revocations = [];

    // Before anything is revoked: it tells what hangs on what.
    private MembershipState _found = new([], []);

    /// <inheritdoc/>
    protected override IReadOnlyList<SqlStatement> Plan()
    {
        _revocations.Clear();
        Begin();
        _found = State;
        Begin();
        PlanRequests(static _ => { });
        foreach (Revocation one in _revocations.OrderByDescending(one => one.Depth))
        {
            Statements.Revoke(one.Role, one.Member, one.Option, one.Grantor, one.Cascade);
        }

        return Statements.ToList();
    }

    /// <inheritdoc/>
    private protected override void Check(RevokeRequest request)
    {
        base.Check(request);
        if (!HasOptions && (request.Inherit || request.Set))
        {
            throw NotSupported(request.Inherit ? "INHERIT OPTION" : "SET OPTION");
        }
    }

    /// <inheritdoc/>
    private protected override IReadOnlyList<PgRoleMember> Plan(RevokeRequest request)
    {
        string[] members = Distinct(request.Members);
        var result = new List<PgRoleMember>();
        foreach (string role in Distinct(request.Roles))
        {
            foreach (string member in members)
            {
                result.Add(request.Admin || request.Inherit || request.Set
                    ? RevokeOptions(request, role, member)
                    : RevokeAll(request, role, member));
            }
        }

        return result;
    }

    private PgRoleMember RevokeAll(RevokeRequest request, string role, string member)
    {
        List<RoleGrant> asked = GrantsOf(request, role, member);
        List<RoleGrant> grants = asked.FindAll(grant => !grant.IsMakersOwn);
        PgRoleMember shown = Membership.Show(
            role, member, asked, grants.Count == 0 ? PgChange.Unchanged : grants.Count == asked.Count ? PgChange.Removed : PgChange.Updated);
        foreach (RoleGrant grant in grants)
        {
            // A plain REVOKE takes back the caller's own grant, and where another granted it does no more than warn.
            Revoke(request, role, member, null, grant);
            State.GrantsOf(role, member).Remove(grant);
        }

        return shown;
    }

    private PgRoleMember RevokeOptions(RevokeRequest request, string role, string member)
    {
        bool changed = false;
        foreach (RoleGrant grant in GrantsOf(request, role, member))
        {
            if (request.Admin && grant.Admin && !grant.IsMakersOwn)
            {
                Revoke(request, role, member, "ADMIN", grant);
                grant.Admin = false;
                changed = true;
            }

            if (request.Inherit && grant.Inherit)
            {
                Revoke(request, role, member, "INHERIT", grant);
                grant.Inherit = false;
                changed = true;
            }

            if (request.Set && grant.Set)
            {
                Revoke(request, role, member, "SET", grant);
                grant.Set = false;
                changed = true;
            }
        }

        return Membership.Show(role, member, State.GrantsOf(role, member), changed ? PgChange.Updated : PgChange.Unchanged);
    }

    private void Revoke(RevokeRequest request, string role, string member, string? option, RoleGrant grant) =>
        _revocations.Add(new Revocation(role, member, option, grant.Grantor, request.Cascade, _found.Depth(role, grant.Grantor)));

    private sealed record Revocation(string Role, string Member, string? Option, string? Grantor, bool Cascade, int Depth);
}
