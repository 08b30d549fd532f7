// SPDX-License-Identifier: MIT

using Npgsql;
using PgCloud.Contracts;
using PgCloud.Errors;

namespace PgCloud.Engine.Sql.Roles;

/// <summary>What there is to know of a role before it is removed.</summary>
/// <param name="Role">The role.</param>
/// <param name="Sessions">How many sessions it has open.</param>
/// <param name="Dependents">What depends on it in this database, and of what all share.</param>
/// <param name="Databases">The other databases in which something does, and whether each can be connected to.</param>
internal sealed record RemovalFacts(
    PgRole Role, int Sessions, IReadOnlyList<PgRoleDependent> Dependents, IReadOnlyList<(string Name, bool IsReachable)> Databases)
{
    // Roles below 16384 are those of initdb.
    private const string StateQuery =
        """
        SELECT r.oid OPERATOR(pg_catalog.<) 16384::pg_catalog.oid,
               r.rolname OPERATOR(pg_catalog.=) CURRENT_USER OR r.rolname OPERATOR(pg_catalog.=) SESSION_USER,
               u.rolsuper OR (u.rolcreaterole AND NOT r.rolsuper AND ($2 OR pg_catalog.pg_has_role(r.oid, 'MEMBER WITH ADMIN OPTION'))),
               (SELECT pg_catalog.count(*) FROM pg_catalog.pg_stat_activity a WHERE a.usesysid OPERATOR(pg_catalog.=) r.oid)::pg_catalog.int4
        FROM pg_catalog.pg_roles r
        JOIN pg_catalog.pg_roles u ON u.rolname OPERATOR(pg_catalog.=) CURRENT_USER
        WHERE r.rolname::pg_catalog.text OPERATOR(pg_catalog.=) ANY ($1)
        """;

    private const string DatabasesQuery =
        """
        SELECT d.datname::pg_catalog.text, d.datallowconn AND pg_catalog.has_database_privilege(d.oid, 'CONNECT')
        FROM pg_catalog.pg_database d
        WHERE d.datname OPERATOR(pg_catalog.<>) pg_catalog.current_database() AND d.oid OPERATOR(pg_catalog.=) ANY (
            SELECT s.dbid
            FROM pg_catalog.pg_shdepend s JOIN pg_catalog.pg_roles r ON r.oid OPERATOR(pg_catalog.=) s.refobjid
            WHERE s.refclassid OPERATOR(pg_catalog.=) 'pg_catalog.pg_authid'::pg_catalog.regclass
                AND r.rolname::pg_catalog.text OPERATOR(pg_catalog.=) ANY ($1))
        ORDER BY 1
        """;

    /// <summary>Whether anything depends on the role.</summary>
    internal bool HasDependents => Dependents.Count > 0 || Databases.Count > 0;

    /// <summary>Reads them, and refuses what PostgreSQL would refuse with DROP ROLE, when all else is done.</summary>
    /// <exception cref="PgCloudException">
    ///   <c>PgCloud.Role.NotFound</c>, <c>PgCloud.Role.Protected</c>, <c>PgCloud.Sql.PermissionDenied</c>.
    /// </exception>
    internal static async Task<RemovalFacts> ReadAsync(SqlContext context, RoleRemoval removal, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(context.Connection) { Timeout = 0 };
        batch.BatchCommands.Add(RoleReader.Query([removal.Name, .. removal.ReassignOwnedTo is { } heir ? [heir] : Array.Empty<string>()]));
        NpgsqlBatchCommand state = About(removal, StateQuery);
        // Before 16 CREATEROLE was enough.
        state.Parameters.Add(new NpgsqlParameter { Value = context.ServerVersion.Major < 16 });
        batch.BatchCommands.Add(state);
        batch.BatchCommands.Add(About(removal, DatabasesQuery));
        batch.BatchCommands.Add(RoleDependents.Query(removal.Name, includesShared: true));
        await using NpgsqlDataReader reader = await batch.ExecuteReaderAsync(cancellation);

        List<PgRole> found = await RoleReader.ReadAsync(reader, PgChange.None, cancellation);
        PgRole role = Find(found, removal.Name, context.Target);
        if (removal.ReassignOwnedTo is not null)
        {
            Find(found, removal.ReassignOwnedTo, context.Target);
        }

        await reader.NextResultAsync(cancellation);
        await reader.ReadAsync(cancellation);
        if (reader.GetBoolean(0) || reader.GetBoolean(1))
        {
            throw PgErrors.RoleProtected(removal.Name, reader.GetBoolean(0) ? "it is one of PostgreSQL's own" : "it is the role of this connection");
        }

        if (!reader.GetBoolean(2))
        {
            throw PgErrors.RoleNotDroppable(removal.Name, context.Target.ToString());
        }

        int sessions = reader.GetInt32(3);
        await reader.NextResultAsync(cancellation);
        var databases = new List<(string, bool)>();
        while (await reader.ReadAsync(cancellation))
        {
            databases.Add((reader.GetString(0), reader.GetBoolean(1)));
        }

        await reader.NextResultAsync(cancellation);
        return new RemovalFacts(role, sessions, await RoleDependents.ReadAsync(reader, cancellation), databases);
    }

    private static NpgsqlBatchCommand About(RoleRemoval removal, string query)
    {
        var command = new NpgsqlBatchCommand(query);
        command.Parameters.Add(SqlText.Array([removal.Name]));
        return command;
    }

    private static PgRole Find(List<PgRole> found, string name, SqlTarget target) =>
        found.Find(role => role.Name == name) ?? throw PgErrors.RoleNotFound(name, target.ToString());
}
