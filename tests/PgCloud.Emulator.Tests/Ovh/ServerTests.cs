// SPDX-License-Identifier: MIT

using System.Text.Json.Nodes;
using Npgsql;
using Xunit;

namespace PgCloud.Emulator.Tests.Ovh;

/// <summary>The server behind a service: who gets in, as what, and what is in it.</summary>
[Collection(EmulatorTests.Name)]
public sealed class ServerTests(EmulatorFixture emulator)
{
    private readonly ApiClient _api = emulator.Api;

    [Fact]
    public async Task Who_is_authorised_gets_in_and_nobody_else()
    {
        string service = await _api.CreateReadyAsync();
        string password = await emulator.AdminPasswordAsync(service);
        PostgresException refused = await Assert.ThrowsAsync<PostgresException>(() => emulator.ConnectAsync(service, "avnadmin", password));
        Assert.Equal("28000", refused.SqlState);

        await _api.PutAsync(service, new { ipRestrictions = new[] { new { ip = "127.0.0.0/8" } } });
        await _api.WaitReadyAsync(service);
        await using (NpgsqlConnection connection = await emulator.ConnectAsync(service, "avnadmin", password))
        {
            await ExecuteAsync(connection, "CREATE SCHEMA mine; CREATE TABLE mine.kept AS SELECT 42 AS answer");
            await ExecuteAsync(connection, "CREATE DATABASE made_by_sql");
        }

        await ForkKeepsDataAsync(service);
        await _api.PutAsync(service, new { ipRestrictions = Array.Empty<object>() });
        await _api.WaitReadyAsync(service);
        await Assert.ThrowsAsync<PostgresException>(() => emulator.ConnectAsync(service, "avnadmin", password));
        await _api.DeleteAsync(service);
    }

    [Fact]
    public async Task Avnadmin_is_no_superuser_and_can_grant()
    {
        string service = await emulator.SharedAsync();
        await using NpgsqlConnection connection = await emulator.ConnectAsync(service, "avnadmin", await emulator.AdminPasswordAsync(service));
        Assert.Equal("f t t t", await ScalarAsync(
            connection, "SELECT concat_ws(' ', rolsuper, rolcreatedb, rolcreaterole, rolreplication) FROM pg_roles WHERE rolname = 'avnadmin'"));
        Assert.Equal("pg_monitor pg_read_all_data pg_signal_backend pg_write_all_data", await ScalarAsync(
            connection,
            """
            SELECT string_agg(g.rolname, ' ' ORDER BY g.rolname) FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid JOIN pg_roles u ON u.oid = m.member
            WHERE u.rolname = 'avnadmin' AND m.admin_option AND g.rolname LIKE 'pg\_%'
            """));
        Answer user = await _api.PostAsync(service + "/user", new { name = "granted" });
        await ExecuteAsync(connection, "CREATE ROLE readers; GRANT readers TO granted; ALTER ROLE granted SET work_mem = '8MB'");
        await using NpgsqlConnection own = await emulator.ConnectAsync(service, "granted", (string)user.Ok["password"]!);
        Assert.Equal("8MB", await ScalarAsync(own, "SHOW work_mem"));
    }

    [Fact]
    public async Task A_reset_ends_the_sessions_and_gives_a_new_password()
    {
        string service = await emulator.SharedAsync();
        Answer user = await _api.PostAsync(service + "/user", new { name = "resetter", roles = new[] { "replication" } });
        string path = $"{service}/user/{user.Id}";
        Assert.Null((await _api.GetAsync(path)).Ok["password"]);
        await using NpgsqlConnection connection = await emulator.ConnectAsync(service, "resetter", (string)user.Ok["password"]!);
        Assert.Equal("t", await ScalarAsync(connection, "SELECT rolreplication::text::\"char\" FROM pg_roles WHERE rolname = current_user"));

        string password = (string)(await _api.PostAsync(path + "/credentials/reset")).Ok["password"]!;
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => ScalarAsync(connection, "SELECT 1"));
        await Assert.ThrowsAsync<PostgresException>(() => emulator.ConnectAsync(service, "resetter", (string)user.Ok["password"]!));
        await (await emulator.ConnectAsync(service, "resetter", password)).DisposeAsync();
    }

    [Theory]
    [InlineData("avnadmin", 409, "Client::Conflict::PostgresUserAlreadyExist")]
    [InlineData("postgres", 409, "Client::Conflict::PostgresUserAlreadyExist")]
    [InlineData("a b!", 400, "Client::BadRequest::UserInvalidNameFormat")]
    [InlineData("ab", 400, "Client::BadRequest")]
    public async Task Some_names_cannot_be_had(string name, int status, string errorClass)
    {
        Answer answer = await _api.PostAsync(await emulator.SharedAsync() + "/user", new { name });
        Assert.Equal((status, errorClass), (answer.Status, answer.Class));
    }

    [Fact]
    public async Task A_user_that_owns_things_can_be_deleted()
    {
        string service = await emulator.SharedAsync();
        Answer user = await _api.PostAsync(service + "/user", new { name = "owner.one" });
        await using (NpgsqlConnection admin = await emulator.ConnectAsync(service, "avnadmin", await emulator.AdminPasswordAsync(service)))
        {
            await ExecuteAsync(admin, "CREATE SCHEMA of_owner; GRANT ALL ON SCHEMA of_owner TO \"owner.one\"");
        }

        await using (NpgsqlConnection own = await emulator.ConnectAsync(service, "owner.one", (string)user.Ok["password"]!))
        {
            await ExecuteAsync(own, "CREATE TABLE of_owner.t ()");
        }

        Assert.Equal(200, (await _api.DeleteAsync($"{service}/user/{user.Id}")).Status);
        await _api.WaitAsync($"{service}/user/{user.Id}", a => a.Status == 404);
    }

    [Fact]
    public async Task A_pool_leads_to_its_database()
    {
        string service = await emulator.SharedAsync();
        string password = await emulator.AdminPasswordAsync(service);
        Answer database = await _api.PostAsync(service + "/database", new { name = "pooled" });
        await _api.WaitAsync($"{service}/database/{database.Id}", a => a.Status == 200);
        var wanted = new { databaseId = database.Id, mode = "session", name = "lake", size = 3, userId = (await _api.GetAsync(service + "/user")).Ids[0] };
        Answer made = await _api.PostPoolAsync(service, wanted);
        string path = $"{service}/connectionPool/{made.Id}";
        JsonNode pool = (await _api.WaitAsync(path, a => a.Status == 200)).Ok;
        Assert.EndsWith("/lake?sslmode=require", (string?)pool["uri"], StringComparison.Ordinal);
        await using (NpgsqlConnection connection = await emulator.ConnectAsync(service, "avnadmin", password, "lake", (int)pool["port"]!))
        {
            Assert.Equal("pooled", await ScalarAsync(connection, "SELECT current_database()::text"));
        }

        await Assert.ThrowsAnyAsync<NpgsqlException>(() => emulator.ConnectAsync(service, "avnadmin", password, "pond", (int)pool["port"]!));
        Assert.Equal(403, (await _api.PostAsync(
            service + "/connectionPool", new { databaseId = Guid.NewGuid(), mode = "session", name = "sea", size = 3 })).Status);
    }

    [Fact]
    public async Task Queries_are_those_of_the_server()
    {
        string service = await emulator.SharedAsync();
        await using NpgsqlConnection connection = await emulator.ConnectAsync(service, "avnadmin", await emulator.AdminPasswordAsync(service));
        Task<string> sleeping = ScalarAsync(connection, "SELECT pg_sleep(60)::text /* found */");
        Answer seen = await _api.WaitAsync(service + "/currentQueries", a => a.Text.Contains("/* found */", StringComparison.Ordinal));
        JsonNode query = seen.Ok["queries"]!.AsArray().Single(q => ((string?)q!["query"])!.Contains("/* found */", StringComparison.Ordinal))!;
        Assert.Equal(("ACTIVE", "TIMEOUT", "PgSleep"), ((string?)query["state"], (string?)query["waitEventType"], (string?)query["waitEvent"]));
        Assert.True((bool)(await _api.PostAsync(service + "/currentQueries/cancel", new { pid = (int)query["pid"]!, terminate = false })).Ok["success"]!);
        Assert.Equal("57014", (await Assert.ThrowsAsync<PostgresException>(() => sleeping)).SqlState);
        Assert.False((bool)(await _api.PostAsync(service + "/currentQueries/cancel", new { pid = 1, terminate = false })).Ok["success"]!);
        Assert.Contains("canceling statement", (await _api.GetAsync(service + "/logs")).Text, StringComparison.Ordinal);
    }

    private async Task ForkKeepsDataAsync(string service)
    {
        Guid backup = (await _api.GetAsync(service + "/backup")).Ids[0];
        Guid source = Guid.Parse(service.Split('/')[^1]);
        Assert.Equal("Client::NotFound::BackupNotFound", (await _api.CreateAsync(new { forkFrom = new { serviceId = source, backupId = source } })).Class);
        string fork = await _api.CreateReadyAsync(new { forkFrom = new { serviceId = source, backupId = backup }, ipRestrictions = new[] { new { ip = "127.0.0.1" } } });
        await using NpgsqlConnection connection = await emulator.ConnectAsync(fork, "avnadmin", await emulator.AdminPasswordAsync(fork));
        Assert.Equal("42", await ScalarAsync(connection, "SELECT answer::text FROM mine.kept"));
        IEnumerable<string> databases = (await _api.GetAsync(fork + "/database", ("X-Pagination-Mode", "CachedObjectList-Pages"))).Ok.AsArray().Select(d => (string)d!["name"]!);
        Assert.Equal(["defaultdb", "made_by_sql"], databases);
        await _api.DeleteAsync(fork);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<string> ScalarAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (await command.ExecuteScalarAsync())?.ToString() ?? string.Empty;
    }
}
