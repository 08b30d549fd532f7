// SPDX-License-Identifier: MIT

using Npgsql;

namespace PgCloud.Engine.Sql;

/// <summary>
///   Roles whose rights the work needs and the session has not: it grants them to itself before the work and takes them back after, as an
///   admin with CREATEROLE may who is no superuser. To make a role does not suffice: from 16 on that gives the right to grant it on and no
///   use of it, and before 16 nothing at all, so that giving an object to it, or altering what it owns, is refused (PostgreSQL
///   documentation, 22.2 and CREATE ROLE).
/// </summary>
internal sealed class BorrowedRoles(Version serverVersion)
{
    // In an order that is the same every time: what is shown must be what is run. Of a superuser both are true without any membership.
    private const string Query16 =
        """
        SELECT r.rolname::pg_catalog.text, pg_catalog.pg_has_role(r.oid, 'USAGE') AND pg_catalog.pg_has_role(r.oid, 'SET'),
               m.inherit_option, m.set_option
        FROM pg_catalog.pg_roles r
        LEFT JOIN pg_catalog.pg_auth_members m
            ON m.roleid OPERATOR(pg_catalog.=) r.oid
            AND m.member OPERATOR(pg_catalog.=) (SELECT oid FROM pg_catalog.pg_roles WHERE rolname OPERATOR(pg_catalog.=) CURRENT_USER)
            AND m.grantor OPERATOR(pg_catalog.=) m.member
        WHERE r.rolname::pg_catalog.text OPERATOR(pg_catalog.=) ANY ($1)
        ORDER BY 1
        """;

    // There a role is NOINHERIT as a whole, and what it is a member of would be lost by giving it back, and not be gained by borrowing.
    private const string QueryBefore16 =
        """
        SELECT r.rolname::pg_catalog.text, pg_catalog.pg_has_role(r.oid, 'MEMBER'), NULL::pg_catalog.bool, NULL::pg_catalog.bool
        FROM pg_catalog.pg_roles r
        WHERE r.rolname::pg_catalog.text OPERATOR(pg_catalog.=) ANY ($1)
        ORDER BY 1
        """;

    private readonly List<(string Role, bool? Inherit, bool? Set)> _missing = [];

    private bool HasOptions => serverVersion.Major >= 16;

    /// <summary>The query that <see cref="ReadAsync"/> reads.</summary>
    internal NpgsqlBatchCommand Query(IReadOnlyCollection<string> roles)
    {
        var command = new NpgsqlBatchCommand(HasOptions ? Query16 : QueryBefore16);
        command.Parameters.Add(SqlText.Array(roles));
        return command;
    }

    /// <summary>Reads which of the roles the session lacks. One that does not exist is passed over: the statement that needs it says so.</summary>
    internal async Task ReadAsync(NpgsqlDataReader reader, CancellationToken cancellation)
    {
        _missing.Clear();
        while (await reader.ReadAsync(cancellation))
        {
            if (!reader.GetBoolean(1))
            {
                _missing.Add((reader.GetString(0), Option(reader, 2), Option(reader, 3)));
            }
        }
    }

    /// <summary>Adds a role that the session lacks, where the caller's own inspection has found that out; once is enough.</summary>
    internal void Add(string role, bool? inherit, bool? set)
    {
        if (!_missing.Exists(borrowed => borrowed.Role == role))
        {
            _missing.Add((role, inherit, set));
        }
    }

    /// <summary>The statements that come before the work.</summary>
    internal IEnumerable<SqlStatement> Borrow() => _missing.Select(borrowed =>
        (SqlStatement)$"GRANT {PgNames.Quote(borrowed.Role)} TO CURRENT_USER{(HasOptions ? " WITH INHERIT TRUE, SET TRUE" : string.Empty)}");

    /// <summary>The statements that come after it, in the same transaction where there is one.</summary>
    internal IEnumerable<SqlStatement> Return() => _missing.Select(borrowed => (SqlStatement)(borrowed is { Inherit: { } inherit, Set: { } set }
        ? $"GRANT {PgNames.Quote(borrowed.Role)} TO CURRENT_USER WITH INHERIT {Word(inherit)}, SET {Word(set)}"
        : $"REVOKE {PgNames.Quote(borrowed.Role)} FROM CURRENT_USER"));

    private static bool? Option(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetBoolean(column);

    private static string Word(bool value) => value ? "TRUE" : "FALSE";
}
