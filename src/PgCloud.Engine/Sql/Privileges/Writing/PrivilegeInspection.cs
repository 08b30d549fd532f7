// SPDX-License-Identifier: MIT

using Npgsql;
using PgCloud.Contracts;
using PgCloud.Errors;

namespace PgCloud.Engine.Sql.Privileges.Writing;

/// <summary>Looks up all that several requests name: objects, default privileges, roles and schemas.</summary>
/// <param name="objects">The objects.</param>
/// <param name="defaults">The default privileges.</param>
/// <param name="roles">Grantees and owners.</param>
/// <param name="withColumns">Whether the privileges on a table's columns belong to it.</param>
/// <param name="target">The connection, for errors.</param>
/// <param name="server">The server's version.</param>
internal sealed class PrivilegeInspection(
    IReadOnlyList<ObjectSelector> objects,
    IReadOnlyList<DefaultSelector> defaults,
    IReadOnlyCollection<string> roles,
    bool withColumns,
    SqlTarget target,
    Version server)
{
    private const string RolesQuery =
        $"""
        SELECT r.rolname::pg_catalog.text, r.rolname {SqlText.Eq} CURRENT_USER, r.rolinherit FROM pg_catalog.pg_roles r
        WHERE r.rolname::pg_catalog.text {SqlText.Eq} ANY ($1) OR r.rolname {SqlText.Eq} CURRENT_USER
        """;

    private const string SchemasQuery =
        $"SELECT n.nspname::pg_catalog.text FROM pg_catalog.pg_namespace n WHERE n.nspname::pg_catalog.text {SqlText.Eq} ANY ($1)";

    private readonly IReadOnlyList<ObjectSelector>[] _groups =
        [.. objects.GroupBy(o => (o.Family, o.All)).Select(group => group.ToArray())];

    private readonly HashSet<string> _roles = new(StringComparer.Ordinal);
    private readonly HashSet<string> _schemas = new(StringComparer.Ordinal);
    private readonly Dictionary<ObjectSelector, (ObjectRow Row, AclHolder Holder)[]> _objects = [];
    private Dictionary<DefaultSelector, AclHolder> _defaults = [];

    /// <summary>The role that the session acts as.</summary>
    internal string User { get; private set; } = string.Empty;

    /// <summary>Whether a new membership gives the session the role's rights without SET ROLE.</summary>
    internal bool Inherits { get; private set; }

    /// <summary>Whether there is a role of that name, among those asked for.</summary>
    internal bool HasRole(string name) => _roles.Contains(name);

    /// <summary>Adds the queries.</summary>
    internal void AddTo(NpgsqlBatchCommandCollection commands)
    {
        Add(commands, RolesQuery, [.. roles]);
        Add(commands, SchemasQuery, [.. objects.Select(o => o.Schema).Concat(defaults.Select(d => d.Schema)).OfType<string>().Distinct(StringComparer.Ordinal)]);
        foreach (IReadOnlyList<ObjectSelector> group in _groups)
        {
            commands.Add(AclQuery.Query(group, roles, withColumns && group[0].Family == ObjectFamily.Of(PgObjectType.Table), server));
        }

        if (defaults.Count > 0)
        {
            commands.Add(DefaultSelector.Query(defaults, roles, server));
        }
    }

    /// <summary>Reads the answers; the reader stands on the first.</summary>
    internal async Task ReadAsync(NpgsqlDataReader reader, CancellationToken cancellation)
    {
        _roles.Clear();
        _schemas.Clear();
        _objects.Clear();
        while (await reader.ReadAsync(cancellation))
        {
            _roles.Add(reader.GetString(0));
            if (reader.GetBoolean(1))
            {
                User = reader.GetString(0);
                Inherits = server.Major >= 16 || reader.GetBoolean(2);
            }
        }

        await reader.NextResultAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            _schemas.Add(reader.GetString(0));
        }

        foreach (IReadOnlyList<ObjectSelector> group in _groups)
        {
            await reader.NextResultAsync(cancellation);
            ILookup<ObjectSelector, (ObjectRow, AclHolder)> found = await AclQuery.ReadAsync(reader, group, cancellation);
            foreach (ObjectSelector selector in group)
            {
                _objects[selector] = [.. found[selector]];
            }
        }

        if (defaults.Count > 0)
        {
            await reader.NextResultAsync(cancellation);
            _defaults = await DefaultSelector.ReadAsync(reader, defaults, cancellation);
        }
    }

    /// <summary>Everything in a schema, objects of extensions included.</summary>
    internal IEnumerable<AclHolder> Everything(ObjectSelector selector) => _objects[selector].Select(found => found.Holder);

    /// <summary>What a selector means.</summary>
    /// <exception cref="PgCloudException"><c>PgCloud.Privilege.ObjectNotFound</c>, <c>Ambiguous</c>.</exception>
    internal IReadOnlyList<AclHolder> Find(ObjectSelector selector)
    {
        if (selector.Schema is { } schema)
        {
            CheckSchema(schema);
        }

        (ObjectRow Row, AclHolder Holder)[] found = _objects[selector];
        if (selector.All)
        {
            return [.. found.Select(f => f.Holder).Where(holder => !holder.IsOfExtension)];
        }

        IReadOnlyList<AclHolder> matching = selector.Type is PgObjectType.Function or PgObjectType.Procedure or PgObjectType.Routine
            ? RoutineMatch.Of(selector.Name!, found)
            : [.. found.Select(f => f.Holder)];
        return matching.Count > 0
            ? matching
            : throw PgErrors.PrivilegeObjectNotFound(
                selector.Type, selector.Schema, selector.Column ?? selector.Name ?? string.Empty, target.ToString(), Similar(found));
    }

    /// <summary>What a selector means.</summary>
    /// <exception cref="PgCloudException"><c>PgCloud.Role.NotFound</c>, <c>PgCloud.Privilege.ObjectNotFound</c>.</exception>
    internal AclHolder Find(DefaultSelector selector)
    {
        if (selector.Schema is { } schema)
        {
            CheckSchema(schema);
        }

        return _defaults.GetValueOrDefault(selector) ?? throw PgErrors.RoleNotFound(selector.Owner, target.ToString());
    }

    /// <summary>Who is meant by a grantee's name.</summary>
    /// <exception cref="PgCloudException"><c>PgCloud.Role.NotFound</c>, <c>PgCloud.Privilege.GranteeAmbiguous</c>.</exception>
    internal Grantee FindGrantee(string name, bool? isPublic)
    {
        // No role can be named public; one named PUBLIC is allowed.
        bool isEverybody = name switch
        {
            "public" => isPublic ?? true,
            "PUBLIC" when isPublic is null && HasRole(name) => throw PgErrors.GranteeAmbiguous(),
            "PUBLIC" => isPublic ?? true,
            _ => false,
        };
        return isEverybody ? Grantee.Public
            : HasRole(name) ? new Grantee(name, false)
            : throw PgErrors.RoleNotFound(name, target.ToString());
    }

    private void CheckSchema(string schema)
    {
        if (!_schemas.Contains(schema))
        {
            throw PgErrors.PrivilegeObjectNotFound(PgObjectType.Schema, null, schema, target.ToString());
        }
    }

    private static string? Similar((ObjectRow Row, AclHolder Holder)[] found) =>
        found.Length == 0 ? null : string.Join("; ", found.Select(f => f.Row.FullName));

    private static void Add(NpgsqlBatchCommandCollection commands, string sql, string[] names)
    {
        var command = new NpgsqlBatchCommand(sql);
        command.Parameters.Add(SqlText.Array(names));
        commands.Add(command);
    }
}
