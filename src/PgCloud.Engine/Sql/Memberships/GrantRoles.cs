// SPDX-License-Identifier: MIT

using Npgsql;
using PgCloud.Contracts;

namespace PgCloud.Engine.Sql.Memberships;

/// <summary>Grants every role of a request to every member, as far as that is not so already.</summary>
internal sealed class GrantRoles(IReadOnlyList<GrantRequest> requests, SqlContext context)
    : MembershipChange<GrantRequest>(requests, context)
{
    /// <inheritdoc/>
    protected override string[] WholeRoles => Distinct(Requests.Where(request => request.IsExact).SelectMany(request => request.Roles));

    /// <inheritdoc/>
    protected override void AddInspection(NpgsqlBatchCommandCollection commands)
    {
        base.AddInspection(commands);
        commands.Add(MembershipSql.MembershipsAbove(Distinct(Requests.SelectMany(request => request.Roles))));
    }

    /// <inheritdoc/>
    protected override async Task ReadAsync(NpgsqlDataReader reader, CancellationToken cancellation)
    {
        await base.ReadAsync(reader, cancellation);
        await reader.NextResultAsync(cancellation);
        Above.Clear();
        while (await reader.ReadAsync(cancellation))
        {
            Above.Add((reader.GetString(0), reader.GetString(1)));
        }
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<SqlStatement> Plan()
    {
        // Which requests fail may hang on who is removed first, and nobody is removed from a role of a request that failed.
        var spared = new HashSet<string>(StringComparer.Ordinal);
        bool isFinal;
        do
        {
            isFinal = true;
            Begin();
            var removed = new List<PgRoleMember>();
            foreach (string role in WholeRoles.Except(spared))
            {
                removed.AddRange(ExactMembers.RemoveOthers(role, MembersOf(role), State, Statements));
            }

            Statements.Close();
            PlanRequests(failed =>
            {
                foreach (string role in failed.IsExact ? failed.Roles : [])
                {
                    isFinal &= !spared.Add(role);
                }
            });
            Answer(removed);
        }
        while (!isFinal);

        return Statements.ToList();
    }

    /// <inheritdoc/>
    private protected override void Check(GrantRequest request)
    {
        base.Check(request);
        if (HasOptions)
        {
            return;
        }

        if (request.Set is { } set && !(request.IsCopy && set))
        {
            throw NotSupported("SET OPTION");
        }

        if (request.Inherit is { } inherit && !(request.IsCopy && request.Members.All(member => Inherits(member) == inherit)))
        {
            throw NotSupported("INHERIT OPTION");
        }
    }

    /// <inheritdoc/>
    private protected override IReadOnlyList<PgRoleMember> Plan(GrantRequest request)
    {
        string[] roles = Distinct(request.Roles);
        string[] members = Distinct(request.Members);
        State.LinkAll(roles, members);
        var result = new List<PgRoleMember>(roles.Length * members.Length);
        foreach (string role in roles)
        {
            foreach (string member in members)
            {
                result.Add(Plan(request, role, member));
            }
        }

        return result;
    }

    private PgRoleMember Plan(GrantRequest request, string role, string member)
    {
        Statements.Begin(role, member);
        List<RoleGrant> all = State.GrantsOf(role, member);
        List<RoleGrant> grants = GrantsOf(request, role, member);
        var asked = new MembershipOptions(request.Admin, request.Inherit, request.Set);
        if (grants.Count > 0)
        {
            // A plain GRANT is for use: from 16 on, whoever makes a role is a member with ADMIN only, who can neither use it nor SET ROLE.
            MembershipOptions wanted = asked.IsEmpty ? new MembershipOptions(null, Inherits(member) ? true : null, true) : asked;
            return Membership.Show(role, member, all, Adjust(request, role, member, grants, wanted) ? PgChange.Updated : PgChange.Unchanged);
        }

        // ADMIN FALSE is what a new grant has anyway; the others' defaults hang on the server's settings and the member.
        MembershipOptions options = asked with { Admin = asked.Admin == true ? true : null };
        Statements.Grant(role, member, options, request.GrantedBy);
        all.Add(new RoleGrant
        {
            Grantor = request.GrantedBy,
            Admin = options.Admin == true,
            Inherit = options.Inherit ?? Inherits(member),
            Set = options.Set ?? true,
        });
        return Membership.Show(role, member, all, PgChange.Created);
    }

    /// <summary>Brings the options of the grants to what is wanted: true if any grant has it, false if none has.</summary>
    private bool Adjust(GrantRequest request, string role, string member, List<RoleGrant> grants, MembershipOptions wanted)
    {
        var raise = new MembershipOptions(
            Missing(wanted.Admin, grants, grant => grant.Admin),
            Missing(wanted.Inherit, grants, grant => grant.Inherit),
            Missing(wanted.Set, grants, grant => grant.Set));
        bool changed = !raise.IsEmpty;
        RoleGrant? raised = request.GrantedBy is null ? grants.Find(grant => grant.IsRevocable && !grant.IsMakersOwn) : grants[0];
        if (changed && raised is null)
        {
            // A grant of one's own beside those of others, which must not bring what is not asked for.
            var options = new MembershipOptions(
                raise.Admin,
                raise.Inherit ?? grants.Exists(grant => grant.Inherit),
                raise.Set ?? grants.Exists(grant => grant.Set));
            Statements.Grant(role, member, options, null);
            State.GrantsOf(role, member).Add(
                new RoleGrant { Admin = options.Admin == true, Inherit = options.Inherit == true, Set = options.Set == true });
        }

        foreach (RoleGrant grant in grants.Where(grant => !grant.IsMakersOwn))
        {
            var options = new MembershipOptions(
                null,
                wanted.Inherit == false && grant.Inherit ? false : null,
                wanted.Set == false && grant.Set ? false : null);
            options = ReferenceEquals(grant, raised)
                ? new MembershipOptions(raise.Admin, raise.Inherit ?? options.Inherit, raise.Set ?? options.Set)
                : options;
            if (!options.IsEmpty)
            {
                Statements.Grant(role, member, options, grant.Grantor);
                (grant.Admin, grant.Inherit, grant.Set) = (options.Admin ?? grant.Admin, options.Inherit ?? grant.Inherit, options.Set ?? grant.Set);
                changed = true;
            }

            if (wanted.Admin == false && grant.Admin)
            {
                // GRANT … WITH ADMIN FALSE would not look at what hangs on it.
                Statements.Revoke(role, member, "ADMIN", grant.Grantor);
                grant.Admin = false;
                changed = true;
            }
        }

        return changed;
    }

    /// <summary>Who shall be the members of a role that is asked to have no others.</summary>
    private HashSet<string> MembersOf(string role) =>
        Requests.Where(request => IsExactOf(request, role)).SelectMany(request => request.Members).ToHashSet(StringComparer.Ordinal);

    private static bool IsExactOf(GrantRequest request, string role) => request.IsExact && request.Roles.Contains(role, StringComparer.Ordinal);

    // Who was removed belongs to the last request about the role.
    private void Answer(List<PgRoleMember> removed)
    {
        foreach (IGrouping<string, PgRoleMember> ofRole in removed.GroupBy(gone => gone.Role))
        {
            for (int i = Requests.Count - 1; i >= 0; i--)
            {
                if (IsExactOf(Requests[i], ofRole.Key))
                {
                    AddOutcome(i, ofRole);
                    break;
                }
            }
        }
    }

    private static bool? Missing(bool? wanted, List<RoleGrant> grants, Predicate<RoleGrant> has) =>
        wanted == true && !grants.Exists(has) ? true : null;
}
