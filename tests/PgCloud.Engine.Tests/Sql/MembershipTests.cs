// SPDX-License-Identifier: MIT

using Npgsql;
using PgCloud.Contracts;
using PgCloud.Engine.Sql;
using PgCloud.Engine.Sql.Roles;
using PgCloud.Engine.Tests.Sql.Servers;
using PgCloud.Errors;
using Xunit;

namespace PgCloud.Engine.Tests.Sql;

[Collection(ServerTests.Name)]
public sealed class MembershipTests(ServerPool servers)
{
    [Theory]
    [Server(15)]
    [Server(16)]
    [Server(18)]
    public async Task Every_role_is_granted_to_every_member(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        await MakeAsync(session, "joe", "mary");

        IReadOnlyList<PgRoleMember> granted = await session.GrantRolesAsync(
            ["pg_monitor", "pg_signal_backend", "pg_monitor"], ["joe", "mary"], CancellationToken.None);

        Assert.Equal(
            ["joe in pg_monitor", "mary in pg_monitor", "joe in pg_signal_backend", "mary in pg_signal_backend"], granted.Select(g => g.ToString()));
        Assert.All(granted, membership => Assert.Equal(PgChange.Created, membership.Change));
        Assert.All(
            await session.GetRolesAsync(["joe", "mary"], CancellationToken.None),
            role => Assert.Equal(["pg_monitor", "pg_signal_backend"], role.MemberOf));

        IReadOnlyList<PgRoleMember> revoked = await session.RevokeRolesAsync(
            ["pg_monitor", "pg_read_all_stats"], ["joe", "mary"], CancellationToken.None);
        Assert.Equal(
            [PgChange.Removed, PgChange.Removed, PgChange.Unchanged, PgChange.Unchanged], revoked.Select(membership => membership.Change));
        Assert.All(
            await session.GetRolesAsync(["joe", "mary"], CancellationToken.None),
            role => Assert.Equal(["pg_signal_backend"], role.MemberOf));
        await DropAsync(session, "joe", "mary");
    }

    [Theory]
    [Server(15)]
    [Server(18)]
    public async Task A_role_that_is_not_there_is_found_before_anything_is_written(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        await MakeAsync(session, "present");
        string before = await server.RoleCatalogAsync();

        await Expect.ErrorAsync("PgCloud.Role.NotFound", PgErrorKind.NotFound, "absent", () => session.GrantRolesAsync(
            ["pg_monitor", "absent"], ["present"], CancellationToken.None));
        await Expect.ErrorAsync("PgCloud.Role.NotFound", PgErrorKind.NotFound, "absent", () => session.GrantRolesAsync(
            ["pg_monitor"], ["present", "absent"], CancellationToken.None));
        await Expect.ErrorAsync("PgCloud.Role.NotFound", PgErrorKind.NotFound, "absent", () => session.RevokeRolesAsync(
            ["absent"], ["present"], CancellationToken.None));

        Assert.Equal(before, await server.RoleCatalogAsync());
        await DropAsync(session, "present");
    }

    [Theory]
    [Server(15)]
    [Server(18)]
    public async Task A_loop_is_refused_and_nothing_is_written(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        await MakeAsync(session, "loop_a", "loop_b", "loop_c", "loop_d");
        await session.GrantRolesAsync(["loop_a"], ["loop_b"], CancellationToken.None);
        await session.GrantRolesAsync(["loop_b"], ["loop_c"], CancellationToken.None);
        string before = await server.RoleCatalogAsync();

        await Expect.ErrorAsync("PgCloud.Role.MembershipLoop", PgErrorKind.InvalidOperation, "loop_c", () => session.GrantRolesAsync(
            ["loop_d", "loop_c"], ["loop_a"], CancellationToken.None));
        await Expect.ErrorAsync("PgCloud.Role.MembershipLoop", PgErrorKind.InvalidOperation, "loop_d", () => session.GrantRolesAsync(
            ["loop_d"], ["loop_d"], CancellationToken.None));

        Assert.Equal(before, await server.RoleCatalogAsync());
        await DropAsync(session, "loop_c", "loop_b", "loop_a", "loop_d");
    }

    [Theory]
    [Server(15)]
    [Server(18)]
    public async Task All_or_nothing_when_one_of_several_grants_is_refused(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        await MakeAsync(session, "partial");

        PgCloudException error = await Expect.ErrorAsync(
            "PgCloud.Sql.PermissionDenied",
            PgErrorKind.PermissionDenied,
            server.Target().ToString(),
            () => session.GrantRolesAsync(["pg_monitor", "postgres"], ["partial"], CancellationToken.None));

        Assert.Null(error.InnerException);
        Assert.Empty((await session.GetRolesAsync(["partial"], CancellationToken.None)).Single().MemberOf);
        await DropAsync(session, "partial");
    }

    [Theory]
    [Server(16)]
    [Server(18)]
    public async Task A_missing_admin_option_is_named(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await server.ExecuteAsync("CREATE ROLE foreign_role; CREATE ROLE some_user");
        await using NpgsqlSqlSession session = await server.OpenAsync();

        PgCloudException error = await Expect.ErrorAsync(
            "PgCloud.Sql.PermissionDenied",
            PgErrorKind.PermissionDenied,
            server.Target().ToString(),
            () => session.GrantRolesAsync(["foreign_role"], ["some_user"], CancellationToken.None));

        Assert.Contains("ADMIN option on role \"foreign_role\"", error.RecommendedAction, StringComparison.Ordinal);
        await server.ExecuteAsync("DROP ROLE foreign_role; DROP ROLE some_user");
    }

    [Theory]
    [Server(16)]
    [Server(18)]
    public async Task The_maker_of_a_role_who_is_granted_it_can_use_it_afterwards(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        await MakeAsync(session, "app");
        // From 16 on the maker is a member already, with ADMIN and nothing else.
        Assert.Contains("app", (await session.GetRolesAsync([TestServer.Admin], CancellationToken.None)).Single().MemberOf);

        Assert.Equal(PgChange.Updated, (await session.GrantRolesAsync(["app"], [TestServer.Admin], CancellationToken.None)).Single().Change);
        string before = await server.RoleCatalogAsync();
        Assert.Equal(PgChange.Unchanged, (await session.GrantRolesAsync(["app"], [TestServer.Admin], CancellationToken.None)).Single().Change);
        Assert.Equal(before, await server.RoleCatalogAsync());

        await foreach (SqlRowBatch batch in session.QueryAsync(
            new SqlQuery("SET ROLE app; SELECT current_user; RESET ROLE", new Dictionary<string, object?>(), null), CancellationToken.None))
        {
            Assert.Equal("app", batch.Rows.Single().Values[0]);
        }

        await DropAsync(session, "app");
    }

    [Theory]
    [Server(16)]
    [Server(18)]
    public async Task A_membership_that_two_roles_granted_is_revoked_altogether_or_not_at_all(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession admin = await server.OpenAsync();
        await using NpgsqlSqlSession superuser = await server.OpenAsync(TestServer.Superuser);
        await MakeAsync(admin, "twice", "twice_member");
        await admin.GrantRolesAsync(["twice"], ["twice_member"], CancellationToken.None);
        await server.ExecuteAsync("GRANT twice TO twice_member");

        // The admin lacks the superuser's rights, and with them that to take back what the superuser granted.
        PgCloudException error = await Expect.ErrorAsync(
            "PgCloud.Sql.PermissionDenied",
            PgErrorKind.PermissionDenied,
            server.Target().ToString(),
            () => admin.RevokeRolesAsync(["twice"], ["twice_member"], CancellationToken.None));
        Assert.Contains("postgres", error.Message, StringComparison.Ordinal);
        const string count = "SELECT count(*) FROM pg_auth_members WHERE roleid = 'twice'::regrole AND member = 'twice_member'::regrole";
        Assert.Equal(2L, await server.ScalarAsync<long>(count));

        Assert.Equal(
            PgChange.Removed, (await superuser.RevokeRolesAsync(["twice"], ["twice_member"], CancellationToken.None)).Single().Change);
        Assert.Equal(0L, await server.ScalarAsync<long>(count));
        await DropAsync(admin, "twice", "twice_member");
    }

    [Theory]
    [Server(18)]
    public async Task A_membership_that_others_depend_on_is_not_revoked(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession admin = await server.OpenAsync();
        await MakeAsync(admin, "chain", "chain_a", "chain_b");
        await server.ExecuteAsync(
            "GRANT chain TO chain_a WITH ADMIN OPTION GRANTED BY ops; SET ROLE chain_a; GRANT chain TO chain_b; RESET ROLE");

        PgCloudException error = await Expect.ErrorAsync(
            "PgCloud.Role.MembershipHasDependents",
            PgErrorKind.InvalidState,
            "chain",
            () => admin.RevokeRolesAsync(["chain"], ["chain_a"], CancellationToken.None));

        Assert.Contains("dependent privileges exist", error.Message, StringComparison.Ordinal);
        await DropAsync(admin, "chain", "chain_a", "chain_b");
    }

    [Theory]
    [Server(15, "postgres", "postgres")]
    [Server(18, "postgres", "postgres")]
    // Advisory locks are per database: from two databases the conflicts do happen, and are tried again.
    [Server(15, "postgres", "template1")]
    [Server(18, "postgres", "template1")]
    public async Task Eight_sessions_that_grant_and_revoke_at_once_all_succeed(int version, string database, string otherDatabase)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        string[] members = [.. Enumerable.Range(0, 4).Select(i => $"parallel_{i}")];
        await MakeAsync(session, members);
        string[] roles = ["pg_monitor", "pg_signal_backend", "pg_read_all_data"];

        PgChange[][] changes = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(async () =>
        {
            await using NpgsqlSqlSession own = await server.OpenAsync(database: i % 2 == 0 ? database : otherDatabase);
            var seen = new List<PgChange>();
            for (int round = 0; round < 10; round++)
            {
                seen.AddRange((await own.GrantRolesAsync(roles, members, CancellationToken.None)).Select(m => m.Change));
                seen.AddRange((await own.RevokeRolesAsync(roles, members, CancellationToken.None)).Select(m => m.Change));
            }

            return seen.ToArray();
        })));

        Assert.Equal(8 * 10 * 2 * 12, changes.Sum(c => c.Length));
        if (database == otherDatabase)
        {
            Assert.Equal(
                changes.Sum(c => c.Count(change => change == PgChange.Created)),
                changes.Sum(c => c.Count(change => change == PgChange.Removed)));
        }

        await DropAsync(session, members);
    }

    [Theory]
    [Server(15)]
    [Server(18)]
    public async Task Two_thousand_memberships_are_a_handful_of_statements_and_none_the_second_time(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        string[] roles = [.. Enumerable.Range(0, 10).Select(i => $"many_r{i}")];
        string[] members = [.. Enumerable.Range(0, 200).Select(i => $"many_m{i}")];
        await MakeAsync(session, [.. roles, .. members]);
        Assert.All(await session.GrantRolesAsync(roles, members, CancellationToken.None), m => Assert.Equal(PgChange.Created, m.Change));
        string before = await server.RoleCatalogAsync();
        Assert.All(await session.GrantRolesAsync(roles, members, CancellationToken.None), m => Assert.Equal(PgChange.Unchanged, m.Change));
        Assert.Equal(before, await server.RoleCatalogAsync());
        Assert.All(await session.RevokeRolesAsync(roles, members, CancellationToken.None), m => Assert.Equal(PgChange.Removed, m.Change));
        string log = server.ReadLog();
        Assert.Equal(10, log.Split("GRANT \"many_r").Length - 1);
        Assert.Equal(10, log.Split("REVOKE \"many_r").Length - 1);
        await DropAsync(session, [.. roles, .. members]);
    }

    [Theory]
    [Server(15)]
    [Server(18)]
    public async Task A_session_that_waits_too_long_for_another_gives_up_and_changes_nothing(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlConnection holder = await server.ConnectAsync();
        // Another runbook that holds PgCloud's lock.
        await ExecuteAsync(holder, $"SELECT pg_advisory_lock({CatalogChange<PgRole>.LockKey})");

        await using SqlContext context = await server.OpenContextAsync();
        var change = new EnsureRole(new RoleRequest("never"), context, mayCreate: true) { Patience = TimeSpan.FromMilliseconds(100) };
        Exception failure = await Assert.ThrowsAnyAsync<Exception>(() => change.RunAsync(context, Approved.Beforehand, CancellationToken.None));

        PgCloudException error = SqlErrors.InSession(failure, server.Target());
        Assert.Equal(("PgCloud.Sql.LockTimeout", PgErrorKind.Unavailable), (error.ErrorId, error.Kind));
        Assert.Equal(0L, await server.ScalarAsync<long>("SELECT count(*) FROM pg_roles WHERE rolname = 'never'"));
    }

    [Theory]
    [Server(15)]
    [Server(18)]
    public async Task A_change_that_is_cancelled_ends_on_the_server_and_the_session_goes_on(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        await using NpgsqlConnection holder = await server.ConnectAsync();
        await ExecuteAsync(holder, $"SELECT pg_advisory_lock({CatalogChange<PgRole>.LockKey})");
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => session.EnsureRoleAsync(new RoleRequest("stopped"), stop.Token));

        await ExecuteAsync(holder, $"SELECT pg_advisory_unlock({CatalogChange<PgRole>.LockKey})");
        Assert.Equal(PgChange.Created, (await session.EnsureRoleAsync(new RoleRequest("stopped"), CancellationToken.None)).Change);
        await DropAsync(session, "stopped");
    }

    [Theory]
    [Server(15)]
    [Server(18)]
    public async Task A_change_that_collides_with_another_client_is_tried_again(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        await MakeAsync(session, "collision");
        // psql and others know no advisory lock: here one makes the same membership and has not committed.
        await using NpgsqlConnection other = await server.ConnectAsync();
        await ExecuteAsync(other, "BEGIN; ALTER ROLE collision CONNECTION LIMIT 7");

        Task<PgRole> ensure = session.EnsureRoleAsync(new RoleRequest("collision") { ConnectionLimit = 9 }, CancellationToken.None);
        await TestServer.WaitUntilAsync(async () =>
            await server.ScalarAsync<long>("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE 'ALTER ROLE%'") == 1);
        await ExecuteAsync(other, "COMMIT");

        // The server's answer to the first try is XX000 "tuple concurrently updated".
        Assert.Equal(9, (await ensure).ConnectionLimit);
        Assert.Contains("tuple concurrently updated", server.ReadLog(), StringComparison.Ordinal);
        await DropAsync(session, "collision");
    }

    [Theory]
    [Server(15)]
    [Server(18)]
    public async Task Eight_sessions_that_make_the_same_role_all_succeed_and_one_of_them_made_it(int version)
    {
        TestServer server = await servers.GetAsync(version);
        PgChange[] changes = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(async () =>
        {
            await using NpgsqlSqlSession own = await server.OpenAsync(database: i % 2 == 0 ? "postgres" : "template1");
            return (await own.EnsureRoleAsync(new RoleRequest("contended") { Login = true }, CancellationToken.None)).Change;
        })));

        Assert.Single(changes, PgChange.Created);
        Assert.Equal(7, changes.Count(change => change == PgChange.Unchanged));
        await using NpgsqlSqlSession session = await server.OpenAsync();
        await DropAsync(session, "contended");
    }

    private static async Task MakeAsync(NpgsqlSqlSession session, params string[] names)
    {
        foreach (string name in names)
        {
            await session.EnsureRoleAsync(new RoleRequest(name), CancellationToken.None);
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task DropAsync(NpgsqlSqlSession session, params string[] names)
    {
        foreach (string name in names)
        {
            await session.DropRoleAsync(name, CancellationToken.None);
        }
    }
}
