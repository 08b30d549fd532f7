// SPDX-License-Identifier: MIT

using Npgsql;
using PgCloud.Contracts;
using PgCloud.Engine.Sql;
using PgCloud.Engine.Sql.Credentials;
using PgCloud.Engine.Tests.Sql.Servers;
using PgCloud.Errors;
using Xunit;

namespace PgCloud.Engine.Tests.Sql;

/// <summary>Passwords of roles that are there, and of new ones only.</summary>
[Collection(ServerTests.Name)]
public sealed class RolePasswordTests(ServerPool servers)
{
    [Theory]
    [Server(14)]
    [Server(15)]
    [Server(16)]
    [Server(17)]
    [Server(18)]
    public async Task A_role_without_any_right_changes_its_own_password(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        await session.EnsureRoleAsync(new RoleRequest("rp_own") { Login = true, Password = Secret(TestServer.Password) }, CancellationToken.None);
        await using (NpgsqlSqlSession own = await server.OpenAsync("rp_own"))
        {
            Assert.Equal(PgChange.Updated, (await own.SetRoleAsync(new RoleRequest("rp_own") { Password = Secret("second one") })).Change);
            PgCloudException error = await Assert.ThrowsAsync<PgCloudException>(
                () => own.SetRoleAsync(new RoleRequest(TestServer.Admin) { Password = Secret("second one") }));
            Assert.Equal("PgCloud.Sql.PermissionDenied", error.ErrorId);
        }

        await using (await server.ConnectAsync("rp_own", "second one"))
        {
        }

        await Assert.ThrowsAsync<PostgresException>(() => server.ConnectAsync("rp_own"));
        await session.DropRoleAsync("rp_own", CancellationToken.None);
    }

    [Theory]
    [Server(15)]
    [Server(18)]
    public async Task A_password_for_a_new_role_is_not_given_to_one_that_is_there(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        var request = new RoleRequest("rp_new") { Login = true, Password = Secret("generated"), IsPasswordForNewRole = true };

        PgRole made = await session.EnsureRoleAsync(request, CancellationToken.None);
        PgRole again = await session.EnsureRoleAsync(request with { Password = Secret("another") }, CancellationToken.None);

        Assert.Equal((PgChange.Created, PgChange.Unchanged), (made.Change, again.Change));
        await using (await server.ConnectAsync("rp_new", "generated"))
        {
        }

        await session.DropRoleAsync("rp_new", CancellationToken.None);
    }

    [Theory]
    [Server(15)]
    [Server(18)]
    public async Task A_password_is_not_made_for_a_role_that_is_not_there(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        await Expect.ErrorAsync("PgCloud.Role.NotFound", PgErrorKind.NotFound, "rp_absent", () => session.SetRoleAsync(
            new RoleRequest("rp_absent") { Password = Secret("x") }));
        await Expect.ErrorAsync("PgCloud.User.PasswordInvalid", PgErrorKind.InvalidArgument, "rp_absent", () => session.SetRoleAsync(
            new RoleRequest("rp_absent") { Password = Secret("nul\0") }));
    }

    [Theory]
    [Server(15)]
    [Server(18)]
    public async Task Where_the_connection_breaks_while_it_is_set_the_error_says_that_it_can_be_set_again(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        await session.EnsureRoleAsync(new RoleRequest("rp_lost") { Login = true }, CancellationToken.None);
        await using NpgsqlConnection holder = await server.ConnectAsync();
        await ExecuteAsync(holder, "BEGIN; ALTER ROLE rp_lost CONNECTION LIMIT 3");

        Task<PgRole> setting = session.SetRoleAsync(new RoleRequest("rp_lost") { Password = Secret("PgC@nary!") });
        const string waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE 'ALTER ROLE \"rp_lost\"%'";
        await TestServer.WaitUntilAsync(async () => await server.ScalarAsync<long>(waiting) == 1);
        Assert.DoesNotContain(
            "PgC@nary!", await server.ScalarAsync<string>("SELECT string_agg(query, ';') FROM pg_stat_activity WHERE pid <> pg_backend_pid()"), StringComparison.Ordinal);
        await server.ExecuteAsync(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE 'ALTER ROLE \"rp_lost\"%'");

        PgCloudException error = await Expect.ErrorAsync("PgCloud.Role.PasswordUncertain", PgErrorKind.Unavailable, "rp_lost", () => setting);
        Assert.Contains("Set-PgRolePassword", error.RecommendedAction, StringComparison.Ordinal);
        await ExecuteAsync(holder, "ROLLBACK");

        // The session goes on, and the password can be set.
        await session.SetRoleAsync(new RoleRequest("rp_lost") { Password = Secret("PgC@nary!") });
        await using (await server.ConnectAsync("rp_lost", "PgC@nary!"))
        {
        }

        await session.DropRoleAsync("rp_lost", CancellationToken.None);
        Assert.DoesNotContain("PgC@nary!", server.ReadLog(), StringComparison.Ordinal);
    }

    [Theory]
    [Server(15)]
    [Server(18)]
    public async Task The_plan_of_a_password_holds_neither_it_nor_its_verifier(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        await session.EnsureRoleAsync(new RoleRequest("rp_plan"), CancellationToken.None);
        var approval = new RecordedApproval(answer: false);

        Assert.Null(await session.Roles.SetAsync(new RoleRequest("rp_plan") { Password = Secret("PgC@nary!") }, approval, CancellationToken.None));

        Assert.Equal(["ALTER ROLE \"rp_plan\" PASSWORD :'verifier'"], approval.Statements);
        await session.DropRoleAsync("rp_plan", CancellationToken.None);
    }

    [Theory]
    [Server(16)]
    [Server(18)]
    public async Task The_verifier_has_as_many_iterations_as_the_server_asks_for(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await server.ExecuteAsync($"ALTER ROLE {TestServer.Admin} SET scram_iterations TO 5000");
        await using NpgsqlSqlSession session = await server.OpenAsync();
        await session.EnsureRoleAsync(new RoleRequest("rp_iterations") { Login = true, Password = Secret("pw") }, CancellationToken.None);
        await server.ExecuteAsync($"ALTER ROLE {TestServer.Admin} RESET scram_iterations");

        Assert.StartsWith(
            "SCRAM-SHA-256$5000:",
            await server.ScalarAsync<string>("SELECT rolpassword FROM pg_authid WHERE rolname = 'rp_iterations'"),
            StringComparison.Ordinal);
        await using (await server.ConnectAsync("rp_iterations", "pw"))
        {
        }

        await session.DropRoleAsync("rp_iterations", CancellationToken.None);
    }

    private static System.Security.SecureString Secret(string text) => Passwords.FromCharacters(text);

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
