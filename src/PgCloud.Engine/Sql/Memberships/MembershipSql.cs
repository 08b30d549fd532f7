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

    // The options came with 16; before it a membership is always what INHERIT of the member makes of it, and SET ROLE always allowed.
    private const string Grants16 =
        """
        SELECT g.rolname::pg_catalog.text, u.rolname::pg_catalog.text, b.rolname::pg_catalog.text, m.admin_option,
               m.inherit_option, m.set_option, pg_catalog.pg_has_role(m.grantor, 'USAGE'), m.grantor OPERATOR(pg_catalog.=) 10
        """;

    private const string GrantsBefore16 =
        """
        SELECT g.rolname::pg_catalog.text, u.rolname::pg_catalog.text, b.rolname::pg_catalog.text, m.admin_option,
               u.rolinherit, true, true, false
        """;

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

    private const string InOrder = "ORDER BY u.rolname, g.rolname, b.rolname";

    // With these every way can be followed that begins at one of the roles.
    private const string Above =
        """
        WITH RECURSIVE above (role) AS (
            SELECT r.oid FROM pg_catalog.pg_roles r WHERE r.rolname::pg_catalog.text OPERATOR(pg_catalog.=) ANY ($1)
            UNION
            SELECT m.roleid FROM above a JOIN pg_catalog.pg_auth_members m ON m.member OPERATOR(pg_catalog.=) a.role)
        SELECT DISTINCT u.rolname::pg_catalog.text, g.rolname::pg_catalog.text
        FROM above a
        JOIN pg_catalog.pg_auth_members m ON m.member OPERATOR(pg_catalog.=) a.role
        JOIN pg_catalog.pg_roles u ON u.oid OPERATOR(pg_catalog.=) m.member
        JOIN pg_catalog.pg_roles g ON g.oid OPERATOR(pg_catalog.=) m.roleid
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
        string query = (hasOptions ? Grants16 : GrantsBefore16) + From + OfRolesAndMembers;
        return wholeRoles.Count == 0 ? With(query, roles, members) : With(query + OrOfWholeRoles, roles, members, wholeRoles);
    }

    /// <summary>All grants, by member, role and grantor.</summary>
    internal static NpgsqlBatchCommand AllGrants(bool hasOptions) => With((hasOptions ? Grants16 : GrantsBefore16) + From + InOrder);

    /// <summary>The memberships, as member and role, of the roles, of those they are members of, and so on.</summary>
    internal static NpgsqlBatchCommand MembershipsAbove(IReadOnlyCollection<string> roles) => With(Above, roles);

    /// <summary>The names of all roles.</summary>
    internal static NpgsqlBatchCommand AllNames() => With(Names);

    /// <summary>The owner of this database, who is a member of pg_database_owner without a grant.</summary>
    internal static NpgsqlBatchCommand OwnerOfDatabase() => With(DatabaseOwner);

    /// <summary>Reads the present row of one of the queries for grants.</summary>
    internal static (string Role, string Member, RoleGrant Grant) ReadGrant(NpgsqlDataReader reader) => (
        reader.GetString(0),
        reader.GetString(1),
        new RoleGrant
        {
            Grantor = reader.IsDBNull(2) ? null : reader.GetString(2),
            Admin = reader.GetBoolean(3),
            Inherit = reader.GetBoolean(4),
            Set = reader.GetBoolean(5),
            IsRevocable = reader.GetBoolean(6),
            IsFromServer = reader.GetBoolean(7),
        });

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
