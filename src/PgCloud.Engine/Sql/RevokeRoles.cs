// SPDX-License-Identifier: MIT

using Npgsql;
using PgCloud.Contracts;
using PgCloud.Errors;

namespace PgCloud.Engine.Sql;

/// <summary>Revokes every role from every member, whoever granted it.</summary>
internal sealed class RevokeRoles(IReadOnlyList<string> roles, IReadOnlyList<string> members, SqlTarget target, Version serverVersion)
    : MembershipChange(roles, members, target, serverVersion)
{
    private readonly List<PgRoleMember> _result = [];

    /// <inheritdoc/>
    protected override IReadOnlyList<string> Plan()
    {
        _result.Clear();
        var statements = new List<string>();
        foreach (string role in Roles)
        {
            foreach (string member in Members)
            {
                bool isPresent = Present.TryGetValue((role, member), out List<Grant>? grants);
                _result.Add(new PgRoleMember { Role = role, Member = member, Change = isPresent ? PgChange.Removed : PgChange.Unchanged });
                if (isPresent && HasOptions)
                {
                    // A plain REVOKE takes back the caller's own grant, and where another granted it does no more than warn.
                    statements.AddRange(grants!.Select(grant => RoleSql.Revoke(role, member, grant.Grantor)));
                }
                else if (isPresent)
                {
                    statements.Add(RoleSql.Revoke(role, member, null));
                }
            }
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
}
