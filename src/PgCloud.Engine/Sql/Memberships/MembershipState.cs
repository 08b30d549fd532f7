// SPDX-License-Identifier: MIT

using PgCloud.Errors;

namespace PgCloud.Engine.Sql.Memberships;

/// <summary>The memberships as they were found, and as they become while a change is planned.</summary>
internal sealed class MembershipState
{
    private readonly Dictionary<(string Role, string Member), List<RoleGrant>> _grants = [];
    private readonly Dictionary<string, HashSet<string>> _above = new(StringComparer.Ordinal);

    internal MembershipState(
        IEnumerable<(string Role, string Member, RoleGrant Grant)> grants, IEnumerable<(string Member, string Role)> above)
    {
        foreach ((string role, string member, RoleGrant grant) in grants)
        {
            GrantsOf(role, member).Add(grant with { });
        }

        foreach ((string member, string role) in above)
        {
            Link(role, member);
        }
    }

    /// <summary>The grants of a role to a member, to be changed along with what is planned.</summary>
    internal List<RoleGrant> GrantsOf(string role, string member)
    {
        if (!_grants.TryGetValue((role, member), out List<RoleGrant>? grants))
        {
            _grants.Add((role, member), grants = []);
        }

        return grants;
    }

    /// <summary>The members that a role was found to have.</summary>
    internal IEnumerable<string> MembersOf(string role) =>
        _grants.Where(pair => pair.Key.Role == role && pair.Value.Count > 0).Select(pair => pair.Key.Member).Order(StringComparer.Ordinal);

    /// <summary>Forgets a membership.</summary>
    internal void Unlink(string role, string member)
    {
        if (_above.TryGetValue(member, out HashSet<string>? roles))
        {
            roles.Remove(role);
        }
    }

    /// <summary>
    ///   Makes every member one of every role, or none of any, if that would make a role a member of itself, however indirectly.
    /// </summary>
    /// <exception cref="PgCloudException"><c>PgCloud.Role.MembershipLoop</c>.</exception>
    internal void LinkAll(string[] roles, string[] members)
    {
        var linked = new List<(string Role, string Member)>();
        foreach (string role in roles)
        {
            foreach (string member in members)
            {
                if (PathUp(role, member) is { } path)
                {
                    linked.ForEach(link => Unlink(link.Role, link.Member));
                    throw PgErrors.MembershipLoop(role, member, path);
                }

                if (Link(role, member))
                {
                    linked.Add((role, member));
                }
            }
        }
    }

    /// <summary>
    ///   By how many others' grants the grantor came to the right to grant: the server refuses to revoke a grant before those that hang on it.
    /// </summary>
    internal int Depth(string role, string? grantor)
    {
        int depth = 0;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (grantor is not null && seen.Add(grantor) && _grants.TryGetValue((role, grantor), out List<RoleGrant>? grants)
            && grants.Find(grant => grant.Admin && grant.Grantor != grantor) is { } right)
        {
            depth++;
            grantor = right.Grantor;
        }

        return depth;
    }

    private bool Link(string role, string member)
    {
        if (!_above.TryGetValue(member, out HashSet<string>? roles))
        {
            _above.Add(member, roles = new HashSet<string>(StringComparer.Ordinal));
        }

        return roles.Add(role);
    }

    /// <summary>The roles from one to another, from member to role; <see langword="null"/> where no way leads there.</summary>
    private List<string>? PathUp(string from, string to)
    {
        if (from != to && !_above.ContainsKey(from))
        {
            return null;
        }

        var cameFrom = new Dictionary<string, string?>(StringComparer.Ordinal) { [from] = null };
        var next = new Queue<string>([from]);
        while (next.TryDequeue(out string? role))
        {
            if (role == to)
            {
                var path = new List<string>();
                for (string? step = role; step is not null; step = cameFrom[step])
                {
                    path.Add(step);
                }

                path.Reverse();
                return path;
            }

            foreach (string above in _above.GetValueOrDefault(role) ?? [])
            {
                if (cameFrom.TryAdd(above, role))
                {
                    next.Enqueue(above);
                }
            }
        }

        return null;
    }
}
