// SPDX-License-Identifier: MIT

using Npgsql;

namespace PgCloud.Engine.Sql.Memberships;

/// <summary>The queries about memberships.</summary>
internal static class MembershipSql
{
    private const string Roles =
        """
        SELECT r.rolname::pg_catalog.text, r.rolinherit FROM pg_catalog.pg_roles r
        WHERE r.rolname::pg_catalog.text OPERATOR(pg_catalog.=) ANY ($1)
        """;

    // The options came with 16; before it a membership is always what INHERIT of the member makes of it, and SET ROLE always allowed. Members
    // for whom all is alike come in one row: thousands of memberships are read in a fraction of the time.
    private const string Grants16 =
        """
        SELECT g.rolname::pg_catalog.text, b.rolname::pg_catalog.text, m.admin_option, m.inherit_option, m.set_option,
               pg_catalog.pg_has_role(m.grantor, 'USAGE'), m.grantor OPERATOR(pg_catalog.=) 10,
               pg_catalog.array_agg(u.rolname::pg_catalog.text)
        """;

    private const string GroupBy16 = " GROUP BY g.rolname, m.grantor, b.rolname, m.admin_option, m.inherit_option, m.set_option";

    private const string GrantsBefore16 =
        """
        SELECT g.rolname::pg_catalog.text, b.rolname::pg_catalog.text, m.admin_option, u.rolinherit, true,
               true, false,
               pg_catalog.array_agg(u.rolname::pg_catalog.text)
        """;

    private const string GroupByBefore16 = " GROUP BY g.rolname, m.grantor, b.rolname, m.admin_option, u.rolinherit";

    private const string From =
        """

        FROM pg_catalog.pg_auth_members m
        JOIN pg_catalog.pg_roles g ON g.oid OPERATOR(pg_catalog.=) m.roleid
        JOIN pg_catalog.pg_roles u ON u.oid OPERATOR(pg_catalog.=) m.member
        LEFT JOIN pg_catalog.pg_roles b ON b.oid OPERATOR(pg_catalog.=) m.grantor

        """;

    private const string OfRolesAndMembers =
        """
        WHERE g.rolname::pg_catalog.text OPERATOR(pg_catalog.=) ANY ($1) AND u.rolname::pg_catalog.text OPERATOR(pg_catalog.=) ANY ($2)
        """;

    private const string OrOfWholeRoles = " OR g.rolname::pg_catalog.text OPERATOR(pg_catalog.=) ANY ($3)";

    // With these every way can be followed that begins at one of the roles.
    private const string Above =
        """
        WITH RECURSIVE above (member, role) AS (
            SELECT m.member, m.roleid
            FROM pg_catalog.pg_roles r JOIN pg_catalog.pg_auth_members m ON m.member OPERATOR(pg_catalog.=) r.oid
            WHERE r.rolname::pg_catalog.text OPERATOR(pg_catalog.=) ANY ($1)
            UNION
            SELECT m.member, m.roleid FROM above a JOIN pg_catalog.pg_auth_members m ON m.member OPERATOR(pg_catalog.=) a.role)
        SELECT u.rolname::pg_catalog.text, g.rolname::pg_catalog.text
        FROM above a
        JOIN pg_catalog.pg_roles u ON u.oid OPERATOR(pg_catalog.=) a.member
        JOIN pg_catalog.pg_roles g ON g.oid OPERATOR(pg_catalog.=) a.role
        """;

    private const string Names = "SELECT r.rolname::pg_catalog.text FROM pg_catalog.pg_roles r";

    private const string DatabaseOwner =
        """
        SELECT pg_catalog.pg_get_userbyid(d.datdba)::pg_catalog.text FROM pg_catalog.pg_database d
        WHERE d.datname OPERATOR(pg_catalog.=) pg_catalog.current_database()
        """;

    /// <summary>Which of the names are roles, and whether they have INHERIT.</summary>
    internal static NpgsqlBatchCommand RolesOf(IReadOnlyCollection<string> names) => With(Roles, names);

    /// <summary>The grants of the roles to the members, and of the whole roles to anybody.</summary>
    internal static NpgsqlBatchCommand GrantsOf(
        IReadOnlyCollection<string> roles, IReadOnlyCollection<string> members, IReadOnlyCollection<string> wholeRoles, bool hasOptions)
    {
        return wholeRoles.Count == 0
            ? With(Grants(OfRolesAndMembers, hasOptions), roles, members)
            : With(Grants(OfRolesAndMembers + OrOfWholeRoles, hasOptions), roles, members, wholeRoles);
    }

    /// <summary>All grants.</summary>
    internal static NpgsqlBatchCommand AllGrants(bool hasOptions) => With(Grants(string.Empty, hasOptions));

    /// <summary>The memberships, as member and role, of the roles, of those they are members of, and so on.</summary>
    internal static NpgsqlBatchCommand MembershipsAbove(IReadOnlyCollection<string> roles) => With(Above, roles);

    /// <summary>The names of all roles.</summary>
    internal static NpgsqlBatchCommand AllNames() => With(Names);

    /// <summary>The owner of this database, who is a member of pg_database_owner without a grant.</summary>
    internal static NpgsqlBatchCommand OwnerOfDatabase() => With(DatabaseOwner);

    /// <summary>Reads the answer to one of the queries for grants.</summary>
    internal static async Task<List<(string Role, string Member, RoleGrant Grant)>> ReadGrantsAsync(
        NpgsqlDataReader reader, CancellationToken cancellation)
    {
        var grants = new List<(string Role, string Member, RoleGrant Grant)>();
        while (await reader.ReadAsync(cancellation))
        {
            string role = reader.GetString(0);
            var grant = new RoleGrant
            {
                Grantor = reader.IsDBNull(1) ? null : reader.GetString(1),
                Admin = reader.GetBoolean(2),
                Inherit = reader.GetBoolean(3),
                Set = reader.GetBoolean(4),
                IsRevocable = reader.GetBoolean(5),
                IsFromServer = reader.GetBoolean(6),
            };
            grants.AddRange(reader.GetFieldValue<string[]>(7).Select(member => (role, member, grant)));
        }

        return grants;
    }

    private static string Grants(string where, bool hasOptions) =>
        hasOptions ? Grants16 + From + where + GroupBy16 : GrantsBefore16 + From + where + GroupByBefore16;

    private static NpgsqlBatchCommand With(string query, params IReadOnlyCollection<string>[] arrays)
    {
        var command = new NpgsqlBatchCommand(query);
        foreach (IReadOnlyCollection<string> array in arrays)
        {
            command.Parameters.Add(SqlText.Array(array));
        }

        return command;
    }
}
