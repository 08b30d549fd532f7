// SPDX-License-Identifier: MIT

using Npgsql;
using PgCloud.Engine.Sql.Privileges.Writing;
using PgCloud.Errors;

namespace PgCloud.Engine.Sql.Ownership;

/// <summary>Looks up objects, who owns them, and whether they may be given to somebody else.</summary>
internal sealed class OwnerInspection(IReadOnlyList<ObjectSelector> objects, IReadOnlyCollection<string> owners, SqlContext context)
{
    private const string SessionQuery =
        $"""
        SELECT r.rolsuper, r.rolcreatedb, pg_catalog.has_database_privilege(pg_catalog.current_database(), 'CREATE')
        FROM pg_catalog.pg_roles r WHERE r.rolname {SqlText.Eq} CURRENT_USER
        """;

    private const string SchemasQuery =
        $"""
        SELECT r.rolname::pg_catalog.text, n.nspname::pg_catalog.text
        FROM pg_catalog.pg_roles r CROSS JOIN pg_catalog.pg_namespace n
        WHERE r.rolname::pg_catalog.text {SqlText.Eq} ANY ($1) AND pg_catalog.has_schema_privilege(r.oid, n.oid, 'CREATE')
        """;

    // Of a serial or identity column: they go with their table, and the server refuses to part them.
    private const string LinkedSequencesQuery =
        $"""
        SELECT pg_catalog.format('%I.%I', n.nspname, c.relname)
        FROM pg_catalog.pg_depend d
        JOIN pg_catalog.pg_class c ON c.oid {SqlText.Eq} d.objid AND c.relkind {SqlText.Eq} 'S'
        JOIN pg_catalog.pg_namespace n ON n.oid {SqlText.Eq} c.relnamespace
        WHERE d.classid {SqlText.Eq} 'pg_catalog.pg_class'::pg_catalog.regclass
            AND d.refclassid {SqlText.Eq} 'pg_catalog.pg_class'::pg_catalog.regclass AND d.deptype {SqlText.Eq} ANY ('{@"{a,i}"}'::pg_catalog."char"[])
        """;

    private readonly PrivilegeInspection _objects = new(objects, [], owners, withColumns: false, context.Target, context.ServerVersion);
    private readonly Dictionary<string, RoleAccess> _owners = new(StringComparer.Ordinal);
    private readonly HashSet<(string Owner, string Schema)> _creatable = [];
    private readonly HashSet<string> _linked = new(StringComparer.Ordinal);
    private bool _isSuperuser;
    private bool _createsDatabases;
    private bool _createsSchemas;

    /// <summary>Adds the queries.</summary>
    internal void AddTo(NpgsqlBatchCommandCollection commands)
    {
        _objects.AddTo(commands);
        commands.Add(new NpgsqlBatchCommand(SessionQuery));
        commands.Add(WithOwners(
            $"WITH {RoleAccess.Source(context.ServerVersion)} SELECT {RoleAccess.Select("act")} FROM acting act WHERE act.name {SqlText.Eq} ANY ($1)"));
        commands.Add(WithOwners(SchemasQuery));
        commands.Add(new NpgsqlBatchCommand(LinkedSequencesQuery));
    }

    /// <summary>Reads the answers; the reader stands on the first.</summary>
    internal async Task ReadAsync(NpgsqlDataReader reader, CancellationToken cancellation)
    {
        _owners.Clear();
        _creatable.Clear();
        _linked.Clear();
        await _objects.ReadAsync(reader, cancellation);
        await reader.NextResultAsync(cancellation);
        await reader.ReadAsync(cancellation);
        (_isSuperuser, _createsDatabases, _createsSchemas) = (reader.GetBoolean(0), reader.GetBoolean(1), reader.GetBoolean(2));
        await reader.NextResultAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            RoleAccess owner = RoleAccess.Read(reader, 0)!;
            _owners.Add(owner.Name, owner);
        }

        await reader.NextResultAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            _creatable.Add((reader.GetString(0), reader.GetString(1)));
        }

        await reader.NextResultAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            _linked.Add(reader.GetString(0));
        }
    }

    /// <summary>What a selector means. A sequence that goes with its table is not among all of a schema.</summary>
    /// <exception cref="PgCloudException"><c>PgCloud.Privilege.ObjectNotFound</c>, <c>Ambiguous</c>.</exception>
    internal IEnumerable<AclHolder> Find(ObjectSelector selector) => _objects.Find(selector)
        .Where(holder => !(selector.All && holder.Type == PgObjectType.Sequence && _linked.Contains(holder.Title)));

    /// <summary>The access to the present owner and to the new one; <see langword="null"/> where it is the owner already.</summary>
    /// <exception cref="PgCloudException"><c>PgCloud.Role.NotFound</c>, <c>PgCloud.Owner.*</c>.</exception>
    internal (RoleAccess Old, RoleAccess New)? Check(AclHolder holder, string owner)
    {
        if (!_owners.TryGetValue(owner, out RoleAccess? next))
        {
            throw PgErrors.RoleNotFound(owner, context.Target.ToString());
        }

        if (holder.Owner == owner)
        {
            return null;
        }

        string type = holder.Type.ToString();
        if (holder.OwnerAccess is not { } old || !(old.Uses || (old.IsBorrowable && _objects.Inherits)))
        {
            throw PgErrors.OwnerNotChanged(_objects.User, type, holder.Title, holder.OwnerAccess?.Name ?? holder.Owner, "who owns it");
        }

        if (!next.Sets && !next.IsBorrowable)
        {
            throw PgErrors.OwnerNotChanged(_objects.User, type, holder.Title, owner, "who would own it");
        }

        return _isSuperuser || WhyNotCreate(holder, owner) is not { } error ? (old, next) : throw error;
    }

    // The server asks whether the new owner could have made the object, but for schemas and databases whether the caller could.
    private PgCloudException? WhyNotCreate(AclHolder holder, string owner) => holder switch
    {
        { Type: PgObjectType.Database } => _createsDatabases ? null : PgErrors.OwnerNeedsCreateDatabase(_objects.User, holder.Title),
        { Type: PgObjectType.Schema } => _createsSchemas
            ? null
            : PgErrors.OwnerCannotCreate(_objects.User, "Schema", holder.Title, $"database {context.Target.Database}"),
        { Schema: { } schema } when !_creatable.Contains((owner, schema)) =>
            PgErrors.OwnerCannotCreate(owner, holder.Type.ToString(), holder.Title, $"schema {schema}"),
        _ => null,
    };

    private NpgsqlBatchCommand WithOwners(string sql)
    {
        var command = new NpgsqlBatchCommand(sql);
        command.Parameters.Add(SqlText.Array(owners));
        return command;
    }
}
