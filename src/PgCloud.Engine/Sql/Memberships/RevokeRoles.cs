// SPDX-License-Identifier: MIT

using Npgsql;
using PgCloud.Contracts;
using PgCloud.Errors;

namespace PgCloud.Engine.Sql.Memberships;

/// <summary>Revokes every role from every member, whoever granted it.</summary>
internal sealed class RevokeRoles(IReadOnlyList<string> roles, IReadOnlyList<string> members, SqlTarget target, Version serverVersion)
    : MembershipChange(roles, members, target, serverVersion)
{
    private readonly List<PgRoleMember> _result = [];

    /// <inheritdoc/>
    protected override IReadOnlyList<SqlStatement> Plan()
    {
        _result.Clear();
        var statements = new List<SqlStatement>();
        foreach (string role in Roles)
        {
            // A plain REVOKE takes back the caller's own grant, and where another granted it does no more than warn.
            var membersByGrantor = new Dictionary<string, List<string>>(StringComparer.Ordinal);
            foreach (string member in Members)
            {
                List<Grant> all = Present.GetValueOrDefault((role, member), []);
                List<Grant> grants = all.FindAll(g => !g.IsMakersOwn);
                foreach (string grantor in Grantors(grants))
                {
                    if (!membersByGrantor.TryGetValue(grantor, out List<string>? granted))
                    {
                        membersByGrantor.Add(grantor, granted = []);
                    }

                    granted.Add(member);
                }

                PgChange change = grants.Count == 0 ? PgChange.Unchanged
                    : grants.Count == all.Count ? PgChange.Removed
                    : PgChange.Updated;
                _result.Add(new PgRoleMember { Role = role, Member = member, Change = change });
            }

            statements.AddRange(membersByGrantor.Select(
                granted => (SqlStatement)MembershipSql.Revoke(role, granted.Value, granted.Key.Length == 0 ? null : granted.Key)));
        }

        return statements;
    }

    /// <inheritdoc/>
    protected override Exception? Explain(PostgresException exception)
    {
        ServerError error = ServerError.From(exception);
        return error.SqlState == PostgresErrorCodes.DependentObjectsStillExist
            ? PgErrors.MembershipHasDependents(string.Join(", ", Roles), string.Join(", ", Members), error.Message.TrimEnd('.'))
            : null;
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<PgRoleMember> Result() => _result;

    /// <summary>Who granted it; below 16, where it does not matter, nobody.</summary>
    private IEnumerable<string> Grantors(List<Grant> grants) =>
        HasOptions ? grants.Select(grant => grant.Grantor ?? string.Empty) : grants.Select(_ => string.Empty).Take(1);
}
