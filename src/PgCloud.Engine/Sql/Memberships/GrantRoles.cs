// SPDX-License-Identifier: MIT

using Npgsql;
using PgCloud.Contracts;
using PgCloud.Errors;

namespace PgCloud.Engine.Sql.Memberships;

/// <summary>Grants every role to every member, as far as that is not so already.</summary>
internal sealed class GrantRoles(IReadOnlyList<string> roles, IReadOnlyList<string> members, SqlTarget target, Version serverVersion)
    : MembershipChange(roles, members, target, serverVersion)
{
    /// <summary>Which of the members each role is itself a member of, however indirectly: there the grant would close a loop.</summary>
    private const string LoopQuery =
        """
        WITH RECURSIVE above (start, role) AS (
            SELECT r.oid, r.oid FROM pg_catalog.pg_roles r WHERE r.rolname::pg_catalog.text OPERATOR(pg_catalog.=) ANY ($1)
            UNION
            SELECT a.start, m.roleid FROM above a JOIN pg_catalog.pg_auth_members m ON m.member OPERATOR(pg_catalog.=) a.role)
        SELECT s.rolname::pg_catalog.text, r.rolname::pg_catalog.text
        FROM above a
        JOIN pg_catalog.pg_roles s ON s.oid OPERATOR(pg_catalog.=) a.start
        JOIN pg_catalog.pg_roles r ON r.oid OPERATOR(pg_catalog.=) a.role
        WHERE r.rolname::pg_catalog.text OPERATOR(pg_catalog.=) ANY ($2)
        ORDER BY 1, 2 LIMIT 1
        """;

    private readonly List<PgRoleMember> _result = [];

    /// <inheritdoc/>
    protected override void AddInspection(NpgsqlBatchCommandCollection commands)
    {
        base.AddInspection(commands);
        var loops = new NpgsqlBatchCommand(LoopQuery);
        loops.Parameters.Add(SqlText.Array(Roles));
        loops.Parameters.Add(SqlText.Array(Members));
        commands.Add(loops);
    }

    /// <inheritdoc/>
    protected override async Task ReadAsync(NpgsqlDataReader reader, CancellationToken cancellation)
    {
        await base.ReadAsync(reader, cancellation);
        await reader.NextResultAsync(cancellation);
        if (await reader.ReadAsync(cancellation))
        {
            throw PgErrors.MembershipLoop(reader.GetString(0), reader.GetString(1), null);
        }
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<SqlStatement> Plan()
    {
        _result.Clear();
        var statements = new List<SqlStatement>();
        var missing = new List<string>();
        foreach (string role in Roles)
        {
            missing.Clear();
            foreach (string member in Members)
            {
                PgChange change = PgChange.Unchanged;
                if (!Present.TryGetValue((role, member), out List<Grant>? grants))
                {
                    missing.Add(member);
                    change = PgChange.Created;
                }
                else if (!IsUsable(grants, Inherits(member)))
                {
                    // From 16 on whoever makes a role is a member with ADMIN only, who can neither use its rights nor SET ROLE to it.
                    statements.Add(MembershipSql.Grant(role, [member], Inherits(member) ? " WITH INHERIT TRUE, SET TRUE" : " WITH SET TRUE"));
                    change = PgChange.Updated;
                }

                _result.Add(new PgRoleMember { Role = role, Member = member, Change = change });
            }

            if (missing.Count > 0)
            {
                statements.Add(MembershipSql.Grant(role, missing));
            }
        }

        return statements;
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<PgRoleMember> Result() => _result;

    /// <summary>Whether the grants, together, give what a plain GRANT would.</summary>
    private static bool IsUsable(List<Grant> grants, bool memberInherits)
    {
        bool inherit = !memberInherits;
        bool set = false;
        foreach (Grant grant in grants)
        {
            inherit |= grant.Inherit;
            set |= grant.Set;
        }

        return inherit && set;
    }
}
