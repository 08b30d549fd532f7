// SPDX-License-Identifier: MIT

namespace PgCloud.Engine.Sql.Memberships;

/// <summary>
///   Who is in which role, over all ways that lead there. As the server reckons it: privileges pass where every step has INHERIT; SET ROLE
///   goes where every step has SET; and from a role that one may SET ROLE to, its privileges pass on.
/// </summary>
internal sealed class RoleGraph
{
    private readonly Dictionary<string, List<Step>> _up = new(StringComparer.Ordinal);

    /// <param name="grants">All grants.</param>
    /// <param name="databaseOwner">Who owns this database, and so is in pg_database_owner without a grant.</param>
    internal RoleGraph(IEnumerable<(string Role, string Member, RoleGrant Grant)> grants, string databaseOwner)
    {
        foreach (IGrouping<(string Role, string Member), RoleGrant> one in grants.GroupBy(g => (g.Role, g.Member), g => g.Grant))
        {
            Up(one.Key.Member).Add(new Step(one.Key.Role, [.. one]));
        }

        Up(databaseOwner).Add(new Step("pg_database_owner", [new RoleGrant { Inherit = true, Set = true }], IsGranted: false));
    }

    /// <summary>Every role a member is in, each once, by the shortest of the ways that give most.</summary>
    internal IEnumerable<PgRoleMember> RolesOf(string member)
    {
        Dictionary<string, Way> inherited = Ways(member, static (way, step) => way.Inherits && step.Inherits);
        Dictionary<string, Way> settable = Ways(member, static (way, step) => way.Sets && step.Sets);
        Dictionary<string, Way> usable = Ways(member, static (way, step) => step.Inherits || (way.Sets && step.Sets));
        Dictionary<string, Way> all = Ways(member, static (_, _) => true);
        foreach (string role in all.Keys.Where(role => role != member).Order(StringComparer.Ordinal))
        {
            PgMembershipRights rights = inherited.ContainsKey(role) ? PgMembershipRights.Inherited
                : usable.ContainsKey(role) ? PgMembershipRights.BySetRole
                : PgMembershipRights.None;
            Way best = inherited.GetValueOrDefault(role) ?? settable.GetValueOrDefault(role) ?? usable.GetValueOrDefault(role) ?? all[role];
            bool isDirect = best.Before?.Role == member && best.Step!.IsGranted;
            yield return new PgRoleMember
            {
                Role = role,
                Member = member,
                Admin = best.Step!.Grants.Any(grant => grant.Admin),
                Inherit = rights == PgMembershipRights.Inherited,
                Set = settable.ContainsKey(role),
                Grantor = isDirect && best.Step.Grants.Length == 1 ? best.Step.Grants[0].Grantor : null,
                IsDirect = isDirect,
                Path = best.Roles(),
                Rights = rights,
            };
        }
    }

    // Breadth first, so that the first way to a role is the shortest. Two ways to a role differ in what they let go on from there.
    private Dictionary<string, Way> Ways(string member, Func<Way, Step, bool> mayGo)
    {
        var start = new Way(member, null, null, true, true);
        var first = new Dictionary<string, Way>(StringComparer.Ordinal) { [member] = start };
        var seen = new HashSet<(string Role, bool Inherits, bool Sets)> { (member, true, true) };
        var next = new Queue<Way>([start]);
        while (next.TryDequeue(out Way? way))
        {
            foreach (Step step in _up.GetValueOrDefault(way.Role) ?? [])
            {
                if (!mayGo(way, step))
                {
                    continue;
                }

                var further = new Way(step.Role, way, step, way.Inherits && step.Inherits, way.Sets && step.Sets);
                if (seen.Add((further.Role, further.Inherits, further.Sets)))
                {
                    first.TryAdd(further.Role, further);
                    next.Enqueue(further);
                }
            }
        }

        return first;
    }

    private List<Step> Up(string member)
    {
        if (!_up.TryGetValue(member, out List<Step>? steps))
        {
            _up.Add(member, steps = []);
        }

        return steps;
    }

    private sealed record Step(string Role, RoleGrant[] Grants, bool IsGranted = true)
    {
        internal bool Inherits { get; } = Grants.Any(grant => grant.Inherit);

        internal bool Sets { get; } = Grants.Any(grant => grant.Set);
    }

    /// <summary>A way from the member to a role.</summary>
    private sealed record Way(string Role, Way? Before, Step? Step, bool Inherits, bool Sets)
    {
        /// <summary>The roles on it, from the member on.</summary>
        internal IReadOnlyList<string> Roles()
        {
            var roles = new List<string>();
            for (Way? way = this; way is not null; way = way.Before)
            {
                roles.Add(way.Role);
            }

            roles.Reverse();
            return roles;
        }
    }
}
