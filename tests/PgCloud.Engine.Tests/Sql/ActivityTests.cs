// SPDX-License-Identifier: MIT

using Npgsql;
using PgCloud.Contracts;
using PgCloud.Engine.Sql;
using PgCloud.Engine.Tests.Sql.Servers;
using PgCloud.Errors;
using Xunit;

namespace PgCloud.Engine.Tests.Sql;

/// <summary>Sessions that really run, wait, block and are stopped.</summary>
[Collection(ServerTests.Name)]
public sealed class ActivityTests(ServerPool servers)
{
    [Theory]
    [Server(14)]
    [Server(15)]
    [Server(16)]
    [Server(17)]
    [Server(18)]
    public async Task Who_blocks_whom_is_shown_from_the_root_on(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await server.ExecuteAsync("CREATE TABLE act_queue (n int)");
        await using NpgsqlSqlSession session = await server.OpenAsync();
        await using NpgsqlConnection root = await server.ConnectAsync();
        await RunAsync(root, "BEGIN; LOCK TABLE act_queue IN SHARE MODE");
        await using NpgsqlConnection middle = await server.ConnectAsync();
        await RunAsync(middle, "BEGIN");
        Task waitsForRoot = RunAsync(middle, "LOCK TABLE act_queue IN ACCESS EXCLUSIVE MODE");
        await UntilAsync(session, middle.ProcessID, activity => activity.BlockedBy.Count > 0);
        await using NpgsqlConnection last = await server.ConnectAsync();
        Task waitsForMiddle = RunAsync(last, "SELECT count(*)  \n FROM act_queue");
        await UntilAsync(session, last.ProcessID, activity => activity.BlockedBy.Count > 0);

        IReadOnlyList<PgActivity> all = await session.Activity.GetAsync(false, false, CancellationToken.None);

        Assert.Equal([root.ProcessID, middle.ProcessID, last.ProcessID], all.Take(3).Select(activity => activity.ProcessId));
        Assert.Equal([0, 1, 2], all.Take(3).Select(activity => activity.BlockingDepth));
        Assert.Equal([middle.ProcessID], all[0].Blocking);
        Assert.Empty(all[0].RootBlocker);
        Assert.Equal("idle in transaction", all[0].State);
        Assert.Equal([root.ProcessID], all[1].BlockedBy);
        Assert.Equal([middle.ProcessID], all[2].BlockedBy);
        Assert.Equal([root.ProcessID], all[2].RootBlocker);
        PgActivity waiting = all[2];
        Assert.Equal(("active", "Lock", "relation", "Lock:relation"), (waiting.State, waiting.WaitEventType, waiting.WaitEvent, waiting.Wait));
        Assert.Equal("SELECT count(*)  \n FROM act_queue", waiting.Query);
        Assert.Equal("SELECT count(*) FROM act_queue", waiting.ShortQuery);
        Assert.Equal(("postgres", "postgres", "127.0.0.1", "client backend"), (waiting.User, waiting.Database, waiting.ClientAddress, waiting.BackendType));
        Assert.True(waiting.Duration >= TimeSpan.Zero && waiting.Duration < TimeSpan.FromMinutes(1));
        Assert.True(waiting is { IsHidden: false, ConnectedAt: not null, TransactionStartedAt: not null, QueryStartedAt: not null });

        await RunAsync(root, "ROLLBACK");
        await waitsForRoot;
        await RunAsync(middle, "ROLLBACK");
        await waitsForMiddle;
        await server.ExecuteAsync("DROP TABLE act_queue");
    }

    [Theory]
    [Server(15)]
    public async Task Own_and_background_processes_are_shown_when_they_are_asked_for(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();

        IReadOnlyList<PgActivity> few = await session.Activity.GetAsync(false, false, CancellationToken.None);
        IReadOnlyList<PgActivity> own = await session.Activity.GetAsync(true, false, CancellationToken.None);
        IReadOnlyList<PgActivity> every = await session.Activity.GetAsync(false, true, CancellationToken.None);

        Assert.DoesNotContain(few, activity => activity.IsOwn || activity.BackendType == "checkpointer");
        PgActivity self = Assert.Single(own, activity => activity.IsOwn);
        Assert.Equal(("ops", "PgCloud"), (self.User, self.Application));
        Assert.Contains(every, activity => activity is { BackendType: "checkpointer", User: null, State: null, Duration: null });
        await Expect.ErrorAsync("PgCloud.Activity.OwnSession", PgErrorKind.InvalidOperation, self.ProcessId, () => session.StopAsync(self.ProcessId));
    }

    [Theory]
    [Server(14)]
    [Server(18)]
    public async Task A_query_is_cancelled_and_a_session_is_ended(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        await using NpgsqlConnection victim = await server.ConnectAsync(TestServer.Admin);
        int id = victim.ProcessID;
        Assert.Equal(PgChange.Unchanged, (await session.StopAsync(id)).Change);

        Task sleeping = RunAsync(victim, "SELECT pg_sleep(30)");
        await UntilAsync(session, id, activity => activity.State == "active");
        Assert.Equal(PgChange.Updated, (await session.StopAsync(id)).Change);
        Assert.Equal("57014", (await Assert.ThrowsAsync<PostgresException>(() => sleeping)).SqlState);

        PgActivity ended = await session.StopAsync(id, terminate: true);
        Assert.Equal((PgChange.Removed, id, "ops"), (ended.Change, ended.ProcessId, ended.User));
        await Expect.ErrorAsync("PgCloud.Activity.BackendNotFound", PgErrorKind.NotFound, id, () => session.StopAsync(id, terminate: true));
    }

    [Theory]
    [Server(14)]
    [Server(18)]
    public async Task Another_session_with_the_same_process_id_is_left_alone(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        await using NpgsqlConnection bystander = await server.ConnectAsync(TestServer.Admin);
        int id = bystander.ProcessID;
        DateTimeOffset connected = (await UntilAsync(session, id, _ => true)).ConnectedAt!.Value;

        PgCloudException error = await Expect.ErrorAsync(
            "PgCloud.Activity.BackendNotFound",
            PgErrorKind.NotFound,
            id,
            () => session.StopAsync(id, connected.AddTicks(-10), terminate: true));
        Assert.Contains("another one has that process id", error.Message, StringComparison.Ordinal);

        await RunAsync(bystander, "SELECT 1");
        Assert.Equal(PgChange.Removed, (await session.StopAsync(id, connected, terminate: true)).Change);
    }

    [Theory]
    [Server(14)]
    [Server(18)]
    public async Task The_statement_is_shown_and_compares_what_it_stops(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        await using NpgsqlConnection spared = await server.ConnectAsync(TestServer.Admin);
        PgActivity seen = await UntilAsync(session, spared.ProcessID, _ => true);
        var approval = new RecordedApproval(answer: false);

        Assert.Null(await session.Activity.StopAsync(
            new StopRequest(seen.ProcessId, null, Terminate: true, TimeSpan.FromSeconds(3)), approval, CancellationToken.None));

        string shown = approval.Statements.Single();
        Assert.StartsWith("SELECT pg_catalog.pg_terminate_backend(pid, 3000) FROM pg_catalog.pg_stat_activity WHERE pid ", shown, StringComparison.Ordinal);
        await RunAsync(spared, "SELECT 1");
        // As it stands it can be pasted into psql, and it meets that session and no other.
        Assert.Equal(1L, await server.ScalarAsync<long>(shown.Replace("pg_catalog.pg_terminate_backend(pid, 3000)", "count(*)", StringComparison.Ordinal)));
    }

    [Theory]
    [Server(14)]
    [Server(16)]
    [Server(18)]
    public async Task Who_lacks_the_right_sees_less_and_is_told_what_is_missing(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await server.ExecuteAsync("CREATE ROLE act_plain LOGIN PASSWORD 'Pw-0123456789'");
        await using NpgsqlSqlSession ops = await server.OpenAsync();
        await using (NpgsqlSqlSession plain = await server.OpenAsync("act_plain"))
        {
            await using NpgsqlConnection victim = await server.ConnectAsync(TestServer.Admin);
            await using NpgsqlConnection super = await server.ConnectAsync();
            PgActivity seen = await UntilAsync(plain, victim.ProcessID, _ => true);
            Assert.True(seen is { IsHidden: true, Query: null, State: null, ConnectedAt: null, Duration: null, User: "ops", Database: "postgres" });

            PgCloudException error = await Expect.ErrorAsync(
                "PgCloud.Sql.PermissionDenied",
                PgErrorKind.PermissionDenied,
                server.Target("act_plain").ToString(),
                () => plain.StopAsync(victim.ProcessID, terminate: true));
            Assert.Contains("Grant-PgRole pg_signal_backend act_plain", error.RecommendedAction, StringComparison.Ordinal);

            // The admin has pg_signal_backend, which does not reach a superuser's session.
            error = await Expect.ErrorAsync(
                "PgCloud.Sql.PermissionDenied",
                PgErrorKind.PermissionDenied,
                server.Target().ToString(),
                () => ops.StopAsync(super.ProcessID, terminate: true));
            Assert.Contains("is a superuser", error.RecommendedAction, StringComparison.Ordinal);
            await RunAsync(victim, "SELECT 1");

            // As the advice says.
            await server.ExecuteAsync("GRANT pg_signal_backend TO act_plain");
            Assert.Equal(PgChange.Removed, (await plain.StopAsync(victim.ProcessID, terminate: true)).Change);
        }

        await server.ExecuteAsync("DROP ROLE act_plain");
    }

    [Theory]
    [Server(15)]
    public async Task A_superuser_stops_anybody(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync(TestServer.Superuser);
        await using NpgsqlConnection victim = await server.ConnectAsync();
        Assert.Equal(PgChange.Removed, (await session.StopAsync(victim.ProcessID, terminate: true)).Change);
    }

    [Theory]
    [Server(15)]
    public async Task A_long_queue_for_one_lock_is_arranged_at_once(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await server.ExecuteAsync("CREATE TABLE act_long (n int)");
        await using NpgsqlSqlSession session = await server.OpenAsync();
        await using NpgsqlConnection root = await server.ConnectAsync();
        await RunAsync(root, "BEGIN; LOCK TABLE act_long");
        // Everyone waits for all before it: 2^24 ways lead from the last to the first.
        NpgsqlConnection[] queue = await Task.WhenAll(Enumerable.Range(0, 24).Select(_ => server.ConnectAsync()));
        Task[] waiting = [.. queue.Select(connection => RunAsync(connection, "BEGIN; LOCK TABLE act_long; ROLLBACK"))];
        await TestServer.WaitUntilAsync(async () => (await session.Activity.GetAsync(false, false, CancellationToken.None))
            .Count(activity => activity.BlockedBy.Count > 0) == queue.Length);

        PgActivity[] all = [.. await session.Activity.GetAsync(false, false, CancellationToken.None)];

        Assert.Equal(24, all.Max(activity => activity.BlockingDepth));
        Assert.All(all.Where(activity => activity.BlockedBy.Count > 0), activity => Assert.Equal([root.ProcessID], activity.RootBlocker));
        await RunAsync(root, "ROLLBACK");
        await Task.WhenAll(waiting);
        foreach (NpgsqlConnection connection in queue)
        {
            await connection.DisposeAsync();
        }

        await server.ExecuteAsync("DROP TABLE act_long");
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<PgActivity> UntilAsync(NpgsqlSqlSession session, int processId, Func<PgActivity, bool> condition)
    {
        PgActivity? seen = null;
        await TestServer.WaitUntilAsync(async () =>
        {
            seen = (await session.Activity.GetAsync(false, false, CancellationToken.None)).FirstOrDefault(activity => activity.ProcessId == processId);
            return seen is not null && condition(seen);
        });
        return seen!;
    }
}
