// SPDX-License-Identifier: MIT

using Npgsql;
using PgCloud.Contracts;
using PgCloud.Engine.Sql;
using PgCloud.Engine.Tests.Sql.Servers;
using PgCloud.Errors;
using Xunit;

namespace PgCloud.Engine.Tests.Sql;

/// <summary>
///   What goes wrong between inspecting and writing: all or nothing, an error with an id, and a rerun that completes. The approval is asked
///   just there, so the faults are made in it.
/// </summary>
[Collection(ServerTests.Name)]
public sealed class FaultTests(ServerPool servers)
{
    private static readonly RoleRequest[] Requests = [new("fault_role") { Login = true }, new("fault_member")];

    [Theory]
    [Server(14)]
    [Server(16)]
    [Server(18)]
    public async Task A_backend_that_is_terminated_writes_nothing_and_the_rerun_completes(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        string before = await server.RoleCatalogAsync();
        RecordedApproval fault = Between(() => server.ExecuteAsync(
            $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '{TestServer.Admin}' AND state = 'idle in transaction'"));

        PgCloudException error = await Assert.ThrowsAsync<PgCloudException>(
            () => session.Roles.EnsureAsync(Requests[0], fault, CancellationToken.None));

        Assert.Equal(("PgCloud.Connection.Lost", PgErrorKind.Unavailable), (error.ErrorId, error.Kind));
        Assert.Equal(before, await server.RoleCatalogAsync());
        await RerunAsync(session);
    }

    [Theory]
    [Server(14)]
    [Server(18)]
    public async Task A_server_that_crashes_wrote_nothing_and_the_rerun_completes(int version)
    {
        await using TestServer server = await TestServer.CreateAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        RecordedApproval fault = Between(server.CrashAsync);

        PgCloudException error = await Assert.ThrowsAsync<PgCloudException>(
            () => session.Roles.EnsureAsync(Requests[0], fault, CancellationToken.None));

        Assert.Equal("PgCloud.Connection.Lost", error.ErrorId);
        await server.StartAsync();
        Assert.Empty(await session.GetRolesAsync([Requests[0].Name], CancellationToken.None));
        await RerunAsync(session);
    }

    [Theory]
    [Server(14)]
    [Server(18)]
    public async Task A_role_that_another_drops_in_between_is_an_error_about_that_role(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        await MakeAsync(session);
        // Not by PgCloud, which would wait for the lock.
        RecordedApproval fault = Between(() => server.ExecuteAsync("DROP ROLE IF EXISTS fault_member"));

        IReadOnlyList<MembershipOutcome>? outcomes = await session.Memberships.GrantAsync(
            [new GrantRequest(["fault_role"], ["fault_member"])], fault, CancellationToken.None);

        PgCloudException error = Assert.Single(outcomes!).Error!;
        Assert.Equal(("PgCloud.Role.NotFound", PgErrorKind.NotFound, "fault_member"), (error.ErrorId, error.Kind, error.Target));
        await session.DropRoleAsync("fault_role", CancellationToken.None);
    }

    [Theory]
    [Server(14)]
    [Server(18)]
    public async Task A_deadlock_with_another_client_is_resolved_and_both_are_done(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        await MakeAsync(session);
        await using NpgsqlConnection other = await server.ConnectAsync();
        await ExecuteAsync(other, "BEGIN; ALTER ROLE fault_role CONNECTION LIMIT 7");
        Task waiting = Task.CompletedTask;
        // The other holds the role's row and wants the lock that this session has; this session wants the row.
        RecordedApproval fault = Between(() =>
        {
            waiting = waiting.IsCompleted ? ExecuteAsync(other, $"SELECT pg_advisory_xact_lock({CatalogChange<PgRole>.LockKey}); COMMIT") : waiting;
            return Task.Delay(100);
        });

        PgRole? altered = await session.Roles.EnsureAsync(new RoleRequest("fault_role") { Login = false }, fault, CancellationToken.None);

        Assert.False(altered!.Login);
        Assert.Contains("deadlock detected", server.ReadLog(), StringComparison.Ordinal);
        try
        {
            await waiting;
        }
        catch (PostgresException victim) when (victim.SqlState == PostgresErrorCodes.DeadlockDetected)
        {
            await ExecuteAsync(other, "ROLLBACK");
        }

        await DropAsync(session);
    }

    [Theory]
    [Server(14)]
    [Server(18)]
    public async Task A_read_replica_says_that_it_is_one(int version)
    {
        await using TestServer server = await TestServer.CreateAsync(version);
        await using TestServer replica = await server.CreateStandbyAsync();
        await using NpgsqlSqlSession session = await replica.OpenAsync();

        Assert.NotEmpty(await session.GetRolesAsync(null, CancellationToken.None));
        PgCloudException error = await Assert.ThrowsAsync<PgCloudException>(
            () => session.EnsureRoleAsync(Requests[0], CancellationToken.None));

        Assert.Equal(("PgCloud.Sql.ReadOnly", PgErrorKind.InvalidState), (error.ErrorId, error.Kind));
        Assert.Contains("primary", error.RecommendedAction, StringComparison.Ordinal);

        // What would be written can be seen there all the same.
        var approval = new RecordedApproval(answer: false);
        Assert.Null(await session.Roles.EnsureAsync(Requests[0], approval, CancellationToken.None));
        Assert.Single(approval.Statements);
    }

    [Theory]
    [Server(14)]
    [Server(18)]
    public async Task Sixteen_sessions_at_once_all_succeed(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        await MakeAsync(session);

        PgChange[] changes = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(async () =>
        {
            await using NpgsqlSqlSession own = await server.OpenAsync();
            await own.EnsureRoleAsync(new RoleRequest("fault_role") { ConnectionLimit = i }, CancellationToken.None);
            return (await own.GrantRolesAsync(["fault_role"], ["fault_member"], CancellationToken.None)).Single().Change;
        })));

        Assert.Single(changes, PgChange.Created);
        Assert.Equal(15, changes.Count(change => change == PgChange.Unchanged));
        await DropAsync(session);
    }

    private static RecordedApproval Between(Func<Task> fault) => new(answer: true, mayWait: false, fault);

    private static async Task MakeAsync(NpgsqlSqlSession session)
    {
        foreach (RoleRequest request in Requests)
        {
            await session.EnsureRoleAsync(request, CancellationToken.None);
        }
    }

    private static async Task RerunAsync(NpgsqlSqlSession session)
    {
        Assert.Equal(PgChange.Created, (await session.EnsureRoleAsync(Requests[0], CancellationToken.None)).Change);
        await session.DropRoleAsync(Requests[0].Name, CancellationToken.None);
    }

    private static async Task DropAsync(NpgsqlSqlSession session)
    {
        foreach (RoleRequest request in Requests)
        {
            await session.DropRoleAsync(request.Name, CancellationToken.None);
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
