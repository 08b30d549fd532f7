// SPDX-License-Identifier: MIT

using Npgsql;
using PgCloud.Contracts;
using PgCloud.Engine.Sql;
using PgCloud.Engine.Tests.Sql.Servers;

namespace PgCloud.Engine.Tests.Sql.Privileges;

/// <summary>A database of its own for one test, owned by a role that the admin made, with a schema "app"; dropped at the end with its roles.</summary>
internal sealed class PrivilegeSetting : IAsyncDisposable
{
    private readonly TestServer _server;
    private readonly string _id;

    private PrivilegeSetting(TestServer server, string id)
    {
        _server = server;
        _id = id;
    }

    internal string Database => $"pv_{_id}";

    /// <summary>The role that owns the database and what is in it. The admin made it and is no member of it.</summary>
    internal string Owner => $"pv_{_id}_owner";

    internal string Reader => $"pv_{_id}_reader";

    internal string Other => $"pv_{_id}_other";

    internal NpgsqlSqlSession Session { get; private set; } = null!;

    internal IPrivilegeChanges Changes => Session.PrivilegeChanges;

    internal static async Task<PrivilegeSetting> CreateAsync(TestServer server, string id, string user = TestServer.Admin)
    {
        var setting = new PrivilegeSetting(server, id);
        await using (NpgsqlSqlSession admin = await server.OpenAsync())
        {
            foreach (string role in new[] { setting.Owner, setting.Reader, setting.Other })
            {
                await admin.EnsureRoleAsync(new RoleRequest(role) { Login = true }, CancellationToken.None);
            }
        }

        await server.ExecuteAsync($"CREATE DATABASE \"{setting.Database}\" OWNER \"{setting.Owner}\"");
        setting.Session = await server.OpenAsync(user, setting.Database);
        await setting.ExecuteAsync($"CREATE SCHEMA app AUTHORIZATION \"{setting.Owner}\"");
        return setting;
    }

    /// <summary>Runs statements as superuser, in the owner's name where it makes objects.</summary>
    internal Task ExecuteAsync(string sql) => _server.ExecuteAsync(sql, Database);

    internal Task AsOwnerAsync(string sql) => ExecuteAsync($"SET ROLE \"{Owner}\"; {sql}; RESET ROLE");

    internal async Task<T> ScalarAsync<T>(string sql)
    {
        await using NpgsqlConnection connection = await _server.ConnectAsync(database: Database);
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Every row that holds an ACL or an owner, with the transaction that wrote it.</summary>
    internal Task<string> CatalogAsync() => ScalarAsync<string>(
        $"""
        SELECT string_agg(line, E'\n' ORDER BY line) FROM (
            SELECT format('class %s %s %s', oid, xmin, ctid) AS line FROM pg_class
            UNION ALL SELECT format('column %s %s %s %s', attrelid, attnum, xmin, ctid) FROM pg_attribute WHERE attrelid >= 16384
            UNION ALL SELECT format('schema %s %s %s', oid, xmin, ctid) FROM pg_namespace
            UNION ALL SELECT format('proc %s %s %s', oid, xmin, ctid) FROM pg_proc
            UNION ALL SELECT format('type %s %s %s', oid, xmin, ctid) FROM pg_type
            UNION ALL SELECT format('database %s %s %s', oid, xmin, ctid) FROM pg_database WHERE datname = current_database()
            UNION ALL SELECT format('default %s %s %s', oid, xmin, ctid) FROM pg_default_acl
            UNION ALL SELECT format('member %s %s %s %s', roleid, member, xmin, ctid) FROM pg_auth_members
                WHERE roleid::regrole::text ~ 'pv_{_id}_'
            UNION ALL SELECT format('large %s %s %s', oid, xmin, ctid) FROM pg_largeobject_metadata) x
        """);

    internal Task<bool> HasAsync(string kind, string role, string name, string privilege) =>
        ScalarAsync<bool>($"SELECT has_{kind}_privilege('{role}', '{name}', '{privilege}')");

    internal async Task<IReadOnlyList<PgPrivilege>> GrantAsync(PrivilegeRequest request) =>
        Sound(await Changes.GrantAsync([request], Approved.Beforehand, CancellationToken.None));

    internal async Task<IReadOnlyList<PgPrivilege>> RevokeAsync(PrivilegeRequest request) =>
        Sound(await Changes.RevokeAsync([request], Approved.Beforehand, CancellationToken.None));

    internal async Task<IReadOnlyList<PgObjectOwner>> OwnAsync(ObjectRequest objects, string owner) =>
        Sound(await Changes.SetOwnerAsync([new OwnerRequest(objects, owner)], Approved.Beforehand, CancellationToken.None));

    /// <summary>What would be written, and is not.</summary>
    internal async Task<IReadOnlyList<string>> PlanAsync(PrivilegeRequest request, bool revoke = false)
    {
        var approval = new RecordedApproval(answer: false);
        _ = revoke
            ? await Changes.RevokeAsync([request], approval, CancellationToken.None)
            : await Changes.GrantAsync([request], approval, CancellationToken.None);
        return [.. approval.Statements];
    }

    internal PrivilegeRequest On(PgObjectType type, string? name, params string[] privileges) => new()
    {
        Objects = new ObjectRequest(type)
        {
            Schema = HasSchema(type) ? ["app"] : [],
            Name = name is null ? [] : [name],
        },
        Privilege = privileges,
        Grantee = [Reader],
    };

    public async ValueTask DisposeAsync()
    {
        await Session.DisposeAsync();
        await _server.ExecuteAsync($"DROP DATABASE \"{Database}\" WITH (FORCE)");
        foreach (string role in new[] { Reader, Other, Owner })
        {
            await _server.ExecuteAsync($"DROP OWNED BY \"{role}\" CASCADE; DROP ROLE \"{role}\"");
        }
    }

    private static bool HasSchema(PgObjectType type) => type is not (PgObjectType.Schema or PgObjectType.Database or PgObjectType.Language
        or PgObjectType.ForeignDataWrapper or PgObjectType.ForeignServer or PgObjectType.Tablespace or PgObjectType.LargeObject
        or PgObjectType.Parameter);

    private static IReadOnlyList<T> Sound<T>(ChangeOutcome<T>? outcome) =>
        outcome!.Failures.Count == 0 ? outcome.Results : throw outcome.Failures[0];
}
