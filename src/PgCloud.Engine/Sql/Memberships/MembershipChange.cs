// SPDX-License-Identifier: MIT

using Npgsql;
using PgCloud.Contracts;
using PgCloud.Errors;

namespace PgCloud.Engine.Sql.Memberships;

/// <summary>What granting and revoking of memberships share: the inspection.</summary>
internal abstract class MembershipChange : CatalogChange<IReadOnlyList<PgRoleMember>>
{
    private const string RolesQuery =
        """
        SELECT r.rolname::pg_catalog.text, r.rolinherit FROM pg_catalog.pg_roles r
        WHERE r.rolname::pg_catalog.text OPERATOR(pg_catalog.=) ANY ($1)
        """;

    private const string GrantsColumns =
        "SELECT g.rolname::pg_catalog.text, u.rolname::pg_catalog.text, b.rolname::pg_catalog.text, ";

    private const string GrantsSource =
        """

        FROM pg_catalog.pg_auth_members m
        JOIN pg_catalog.pg_roles g ON g.oid OPERATOR(pg_catalog.=) m.roleid
        JOIN pg_catalog.pg_roles u ON u.oid OPERATOR(pg_catalog.=) m.member
        LEFT JOIN pg_catalog.pg_roles b ON b.oid OPERATOR(pg_catalog.=) m.grantor
        WHERE g.rolname::pg_catalog.text OPERATOR(pg_catalog.=) ANY ($1) AND u.rolname::pg_catalog.text OPERATOR(pg_catalog.=) ANY ($2)
        """;

    // The options came with 16; before it a membership is always what INHERIT of the member makes of it, and SET ROLE always allowed.
    private const string GrantsQuery = GrantsColumns + "m.inherit_option, m.set_option, pg_catalog.pg_has_role(m.grantor, 'USAGE')" + GrantsSource;
    private const string GrantsQueryBefore16 = GrantsColumns + "u.rolinherit, true, true" + GrantsSource;

    private readonly Dictionary<string, bool> _inherits = new(StringComparer.Ordinal);

    private protected MembershipChange(IReadOnlyList<string> roles, IReadOnlyList<string> members, SqlTarget target, Version serverVersion)
    {
        foreach (string name in roles)
        {
            PgNames.CheckIdentifier(name);
        }

        foreach (string name in members)
        {
            PgNames.CheckIdentifier(name);
        }

        Roles = Distinct(roles);
        Members = Distinct(members);
        Target = target;
        HasOptions = serverVersion.Major >= 16;
    }

    /// <summary>The roles, each once, in the order given.</summary>
    protected string[] Roles { get; }

    /// <summary>The members, each once, in the order given.</summary>
    protected string[] Members { get; }

    /// <summary>The connection, for errors.</summary>
    protected SqlTarget Target { get; }

    /// <summary>Whether memberships have options and several grantors, as from 16 on.</summary>
    protected bool HasOptions { get; }

    /// <summary>The grants there are, by role and member; from 16 on there may be several, by different grantors.</summary>
    private protected Dictionary<(string Role, string Member), List<Grant>> Present { get; } = [];

    /// <summary>Whether a member has INHERIT, which from 16 on is only the default for new grants.</summary>
    protected bool Inherits(string member) => _inherits[member];

    /// <inheritdoc/>
    protected override void AddInspection(NpgsqlBatchCommandCollection commands)
    {
        var roles = new NpgsqlBatchCommand(RolesQuery);
        roles.Parameters.Add(SqlText.Array([.. Roles, .. Members]));
        commands.Add(roles);

        var grants = new NpgsqlBatchCommand(HasOptions ? GrantsQuery : GrantsQueryBefore16);
        grants.Parameters.Add(SqlText.Array(Roles));
        grants.Parameters.Add(SqlText.Array(Members));
        commands.Add(grants);
    }

    /// <inheritdoc/>
    protected override async Task ReadAsync(NpgsqlDataReader reader, CancellationToken cancellation)
    {
        _inherits.Clear();
        Present.Clear();
        while (await reader.ReadAsync(cancellation))
        {
            _inherits[reader.GetString(0)] = reader.GetBoolean(1);
        }

        foreach (string name in Roles.Concat(Members))
        {
            if (!_inherits.ContainsKey(name))
            {
                throw PgErrors.RoleNotFound(name, Target.ToString());
            }
        }

        await reader.NextResultAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            (string, string) key = (reader.GetString(0), reader.GetString(1));
            if (!Present.TryGetValue(key, out List<Grant>? grants))
            {
                Present.Add(key, grants = []);
            }

            grants.Add(new Grant(reader.IsDBNull(2) ? null : reader.GetString(2), reader.GetBoolean(3), reader.GetBoolean(4), reader.GetBoolean(5)));
        }
    }

    private static string[] Distinct(IReadOnlyList<string> names) => [.. new HashSet<string>(names, StringComparer.Ordinal)];

    /// <summary>One row of pg_auth_members.</summary>
    /// <param name="Grantor">Who granted it; <see langword="null"/> where that role is gone.</param>
    /// <param name="Inherit">INHERIT option; below 16 the member's attribute.</param>
    /// <param name="Set">SET option; below 16 always.</param>
    /// <param name="IsRevocable">Whether this session may revoke in the grantor's name; below 16 that is not asked.</param>
    private protected sealed record Grant(string? Grantor, bool Inherit, bool Set, bool IsRevocable)
    {
        /// <summary>
        ///   Whether it is what the server itself gives to whoever makes a role, from 16 on: the right to grant the role on, and no use of
        ///   it. Only a superuser could take that back.
        /// </summary>
        internal bool IsMakersOwn => !Inherit && !Set && !IsRevocable;
    }
}
