// SPDX-License-Identifier: MIT

using System.Globalization;
using Npgsql;
using PgCloud.Contracts;
using PgCloud.Engine.Sql;
using PgCloud.Engine.Sql.Credentials;
using PgCloud.Engine.Tests.Sql.Servers;
using PgCloud.Errors;
using Xunit;

namespace PgCloud.Engine.Tests.Sql;

/// <summary>Removing roles on which something depends, in several databases, by an admin who is no superuser.</summary>
[Collection(ServerTests.Name)]
public sealed class RoleRemovalTests(ServerPool servers)
{
    private const string Role = "rr_mary";
    private const string Heir = "rr_heir";
    private const string Member = "rr_member";

    private static readonly string[] Databases = ["rr_one", "rr_two"];

    [Theory]
    [Server(14)]
    [Server(15)]
    [Server(16)]
    [Server(17)]
    [Server(18)]
    public async Task What_depends_on_a_role_is_listed_from_every_database(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await SetUpAsync(server);
        string before = await StateAsync(server);

        PgCloudException error = await Expect.ErrorAsync(
            "PgCloud.Role.HasDependents", PgErrorKind.InvalidState, Role, () => session.DropRoleAsync(Role, CancellationToken.None));

        string[] listed = [.. error.Dependents.Select(d => d.ToString())];
        foreach (string expected in new[]
        {
            "owner of database rr_one",
            "privileges on database rr_two",
            "owner of schema mine in rr_one",
            "owner of table mine.\"Strange; name\" in rr_one",
            "privileges on table theirs.bills in rr_one",
            "privileges on table column theirs.bills.id in rr_two",
            "privileges on schema public in rr_two",
            "named by policy mine_only on theirs.bills in rr_two",
            "default privileges: default acl for role rr_heir in schema theirs on tables in rr_one",
            "owner of function mine.f(integer) in rr_two",
        })
        {
            Assert.Contains(expected, listed);
        }

        Assert.Equal(version >= 16, listed.Any(line => line.StartsWith("grantor of", StringComparison.Ordinal)));
        Assert.All(error.Dependents, d => Assert.Equal(Role, d.Role));
        Assert.Contains($"{listed.Length} objects depend on it: {listed[0]}", error.Message, StringComparison.Ordinal);
        Assert.Contains($"and {listed.Length - 10} more", error.Message, StringComparison.Ordinal);
        Assert.Contains("-ReassignOwnedTo", error.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(before, await StateAsync(server));
        await TearDownAsync(server);
    }

    [Theory]
    [Server(14)]
    [Server(15)]
    [Server(16)]
    [Server(17)]
    [Server(18)]
    public async Task Reassigned_to_another_role_everything_is_kept_and_the_role_goes(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await SetUpAsync(server);
        string memberships = await AdminMembershipsAsync(server);

        PgRole removed = (await session.Roles.DropAsync(
            new RoleRemoval(Role) { ReassignOwnedTo = Heir }, Approved.Beforehand, CancellationToken.None))!;

        Assert.Equal((Role, PgChange.Removed), (removed.Name, removed.Change));
        Assert.Empty(await session.GetRolesAsync([Role], CancellationToken.None));
        Assert.Equal(0L, await server.ScalarAsync<long>(
            "SELECT count(*) FROM pg_shdepend s WHERE refclassid = 'pg_authid'::regclass AND NOT EXISTS (SELECT 1 FROM pg_authid a WHERE a.oid = s.refobjid)"));
        Assert.Equal(Heir, await server.ScalarAsync<string>("SELECT pg_get_userbyid(datdba)::text FROM pg_database WHERE datname = 'rr_one'"));
        Assert.Equal("7", await InAsync(server, "rr_one", "SELECT n::text FROM mine.\"Strange; name\""));
        Assert.Equal(Heir, await InAsync(server, "rr_one", "SELECT tableowner::text FROM pg_tables WHERE schemaname = 'mine'"));
        // What was borrowed is given back.
        Assert.Equal(memberships, await AdminMembershipsAsync(server));
        await TearDownAsync(server);
    }

    [Theory]
    [Server(14)]
    [Server(16)]
    [Server(18)]
    public async Task Owned_objects_are_dropped_but_no_database(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await SetUpAsync(server);
        string before = await StateAsync(server);
        var removal = new RoleRemoval(Role) { DropOwned = true };

        PgCloudException error = await Expect.ErrorAsync(
            "PgCloud.Role.HasDependents", PgErrorKind.InvalidState, Role,
            () => session.Roles.DropAsync(removal, Approved.Beforehand, CancellationToken.None));
        Assert.Equal("owner of database rr_one", Assert.Single(error.Dependents).ToString());
        Assert.Equal(before, await StateAsync(server));

        await server.ExecuteAsync($"ALTER DATABASE rr_one OWNER TO {TestServer.Admin}");
        Assert.NotNull(await session.Roles.DropAsync(removal, Approved.Beforehand, CancellationToken.None));
        Assert.Equal("0", await InAsync(server, "rr_one", "SELECT count(*)::text FROM pg_namespace WHERE nspname = 'mine'"));
        Assert.Equal("1", await InAsync(server, "rr_one", "SELECT count(*)::text FROM pg_namespace WHERE nspname = 'theirs'"));
        await TearDownAsync(server);
    }

    [Theory]
    [Server(14)]
    [Server(15)]
    [Server(16)]
    [Server(18)]
    public async Task What_cannot_be_cleared_in_one_database_leaves_all_as_they_were(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await SetUpAsync(server);
        // The superuser's own table: the admin can act for nobody who may revoke this.
        await server.ExecuteAsync($"CREATE TABLE theirs.secret (id int); GRANT SELECT ON theirs.secret TO {Role}", "rr_two");
        string before = await StateAsync(server);

        PgCloudException error = await Assert.ThrowsAsync<PgCloudException>(() => session.Roles.DropAsync(
            new RoleRemoval(Role) { ReassignOwnedTo = Heir, Force = true }, Approved.Beforehand, CancellationToken.None));

        Assert.Contains(error.ErrorId, new[] { "PgCloud.Role.HasDependents", "PgCloud.Sql.PermissionDenied" });
        Assert.Contains("secret", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, await StateAsync(server));

        // A superuser can.
        await using NpgsqlSqlSession superuser = await server.OpenAsync(TestServer.Superuser);
        Assert.NotNull(await superuser.Roles.DropAsync(
            new RoleRemoval(Role) { ReassignOwnedTo = Heir }, Approved.Beforehand, CancellationToken.None));
        await TearDownAsync(server);
    }

    [Theory]
    [Server(14)]
    [Server(18)]
    public async Task A_database_nobody_may_connect_to_is_named_and_nothing_is_changed(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await SetUpAsync(server);
        await server.ExecuteAsync("ALTER DATABASE rr_two ALLOW_CONNECTIONS false");
        string before = await server.RoleCatalogAsync();

        PgCloudException error = await Expect.ErrorAsync(
            "PgCloud.Role.DatabaseUnreachable", PgErrorKind.PermissionDenied, Role,
            () => session.Roles.DropAsync(new RoleRemoval(Role) { ReassignOwnedTo = Heir }, Approved.Beforehand, CancellationToken.None));
        Assert.Contains("\"rr_two\"", error.Message, StringComparison.Ordinal);
        Assert.All(error.Dependents, d => Assert.Equal("rr_two", d.Database));
        error = await Assert.ThrowsAsync<PgCloudException>(() => session.DropRoleAsync(Role, CancellationToken.None));
        Assert.Contains(error.Dependents, d => d.Database == "rr_two" && d.ObjectType == "pg_proc" && d.Kind == PgRoleDependentKind.Owner);

        Assert.Equal(before, await server.RoleCatalogAsync());
        await server.ExecuteAsync("ALTER DATABASE rr_two ALLOW_CONNECTIONS true");
        await TearDownAsync(server);
    }

    [Theory]
    [Server(14)]
    [Server(15)]
    [Server(16)]
    [Server(18)]
    public async Task A_role_with_sessions_is_left_unless_they_may_be_ended(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        await session.EnsureRoleAsync(new RoleRequest("rr_busy") { Login = true, Password = Secret }, CancellationToken.None);
        await using NpgsqlConnection busy = await server.ConnectAsync("rr_busy");
        string before = await server.RoleCatalogAsync();

        PgCloudException error = await Expect.ErrorAsync(
            "PgCloud.Role.InUse", PgErrorKind.InvalidState, "rr_busy", () => session.DropRoleAsync("rr_busy", CancellationToken.None));
        Assert.Contains("-Force", error.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(before, await server.RoleCatalogAsync());

        var approval = new RecordedApproval(answer: true);
        Assert.NotNull(await session.Roles.DropAsync(new RoleRemoval("rr_busy") { Force = true }, approval, CancellationToken.None));
        Assert.Equal("ALTER ROLE \"rr_busy\" NOLOGIN", approval.Statements.First());
        Assert.Equal("DROP ROLE \"rr_busy\"", approval.Statements.Last());
        await Assert.ThrowsAnyAsync<Exception>(() => new NpgsqlCommand("SELECT 1", busy).ExecuteNonQueryAsync());
        Assert.Empty(await session.GetRolesAsync(["rr_busy"], CancellationToken.None));
    }

    [Theory]
    [Server(15)]
    [Server(18)]
    public async Task The_plan_is_shown_a_database_and_refused_changes_nothing(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await SetUpAsync(server);
        string before = await StateAsync(server);
        var approval = new RecordedApproval(answer: false);

        Assert.Null(await session.Roles.DropAsync(
            new RoleRemoval(Role) { ReassignOwnedTo = Heir, Force = true }, approval, CancellationToken.None));

        Assert.Equal(before, await StateAsync(server));
        string[] targets = [.. approval.Plans.Select(plan => plan.Target[(plan.Target.LastIndexOf('/') + 1)..])];
        Assert.Equal(["postgres", "rr_one", "rr_two", "postgres"], targets);
        foreach (SqlPlan plan in approval.Plans.Skip(1))
        {
            Assert.Contains($"REASSIGN OWNED BY \"{Role}\" TO \"{Heir}\"", plan.Statements);
            Assert.Contains($"DROP OWNED BY \"{Role}\"", plan.Statements);
        }

        Assert.Equal($"DROP ROLE \"{Role}\"", approval.Statements.Last());
        await TearDownAsync(server);
    }

    [Theory]
    [Server(15)]
    [Server(18)]
    public async Task Where_the_server_ends_a_session_half_way_the_error_says_what_was_done_and_a_rerun_completes(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using (await SetUpAsync(server))
        {
        }

        // Between the first database and the second, after both were tried.
        var reporter = new ActingReporter("Work in rr_one", () => server.ExecuteAsync(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'PgCloud' AND datname = 'rr_two'"));
        await using NpgsqlSqlSession session = await NpgsqlSqlSession.OpenAsync(server.Target(), reporter, CancellationToken.None);
        var removal = new RoleRemoval(Role) { ReassignOwnedTo = Heir, Force = true };

        PgCloudException error = await Expect.ErrorAsync(
            "PgCloud.Role.RemovalIncomplete", PgErrorKind.Unavailable, Role,
            () => session.Roles.DropAsync(removal, Approved.Beforehand, CancellationToken.None));

        Assert.Contains("'rr_one' was cleared", error.Message, StringComparison.Ordinal);
        Assert.True((await session.GetRolesAsync([Role], CancellationToken.None)).Single().Login);
        Assert.NotNull(await session.Roles.DropAsync(removal, Approved.Beforehand, CancellationToken.None));
        Assert.Equal("7", await InAsync(server, "rr_two", "SELECT n::text FROM mine.\"Strange; name\""));
        await TearDownAsync(server);
    }

    [Theory]
    [Server(14)]
    [Server(16)]
    [Server(18)]
    public async Task Who_may_not_drop_the_role_does_not_clear_it_either(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await SetUpAsync(server);
        await server.ExecuteAsync($"CREATE ROLE rr_helper LOGIN {(version < 16 ? string.Empty : "CREATEROLE ")}PASSWORD '{TestServer.Password}'; GRANT {Role}, {Heir} TO rr_helper");
        await using NpgsqlSqlSession helper = await server.OpenAsync("rr_helper");
        string before = await StateAsync(server);

        PgCloudException error = await Assert.ThrowsAsync<PgCloudException>(() => helper.Roles.DropAsync(
            new RoleRemoval(Role) { ReassignOwnedTo = Heir }, Approved.Beforehand, CancellationToken.None));

        Assert.Equal("PgCloud.Sql.PermissionDenied", error.ErrorId);
        Assert.Contains("ADMIN OPTION", error.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(before, await StateAsync(server));
        await helper.DisposeAsync();
        await server.ExecuteAsync("DROP ROLE rr_helper");
        await TearDownAsync(server);
    }

    [Theory]
    [Server(15)]
    [Server(18)]
    public async Task Some_roles_are_never_removed(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        await using NpgsqlSqlSession superuser = await server.OpenAsync(TestServer.Superuser);
        string before = await server.RoleCatalogAsync();
        foreach (string name in new[] { "pg_monitor", TestServer.Admin, TestServer.Superuser })
        {
            await Expect.ErrorAsync("PgCloud.Role.Protected", PgErrorKind.InvalidOperation, name, () => session.DropRoleAsync(name, CancellationToken.None));
        }

        await Expect.ErrorAsync(
            "PgCloud.Role.Protected", PgErrorKind.InvalidOperation, TestServer.Superuser,
            () => superuser.DropRoleAsync(TestServer.Superuser, CancellationToken.None));
        await Expect.ErrorAsync("PgCloud.Role.ReassignInvalid", PgErrorKind.InvalidArgument, "x", () => session.Roles.DropAsync(
            new RoleRemoval("x") { ReassignOwnedTo = "x" }, Approved.Beforehand, CancellationToken.None));
        await Expect.ErrorAsync("PgCloud.Role.NotFound", PgErrorKind.NotFound, "rr_absent", () => session.Roles.DropAsync(
            new RoleRemoval("admin_group") { ReassignOwnedTo = "rr_absent" }, Approved.Beforehand, CancellationToken.None));
        Assert.Equal(before, await server.RoleCatalogAsync());
    }

    private static System.Security.SecureString Secret => Passwords.FromCharacters(TestServer.Password);

    /// <summary>Mary owns, may and grants in three databases, as she came to by herself and through others.</summary>
    private static async Task<NpgsqlSqlSession> SetUpAsync(TestServer server)
    {
        await TearDownAsync(server);
        NpgsqlSqlSession session = await server.OpenAsync();
        foreach (string name in new[] { Role, Heir, Member })
        {
            await session.EnsureRoleAsync(new RoleRequest(name) { Login = true, Password = Secret }, CancellationToken.None);
        }

        foreach (string database in Databases)
        {
            await RunAsync(server, TestServer.Admin, "postgres", $"CREATE DATABASE {database}");
            await server.ExecuteAsync($"GRANT CREATE ON DATABASE {database} TO {Role}, {Heir}");
            await RunAsync(
                server, Heir, database,
                $"""
                CREATE SCHEMA theirs; GRANT USAGE ON SCHEMA theirs TO {Role};
                CREATE TABLE theirs.bills (id int, amount int); GRANT SELECT ON theirs.bills TO {Role}; GRANT UPDATE (id) ON theirs.bills TO {Role};
                CREATE POLICY mine_only ON theirs.bills TO {Role} USING (true);
                ALTER DEFAULT PRIVILEGES IN SCHEMA theirs GRANT SELECT ON TABLES TO {Role}
                """);
            await RunAsync(
                server, Role, database,
                """
                CREATE SCHEMA mine; CREATE TABLE mine."Strange; name" AS SELECT 7 AS n;
                CREATE FUNCTION mine.f(int) RETURNS int LANGUAGE sql AS 'SELECT 1';
                ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC
                """);
            await RunAsync(server, TestServer.Admin, database, "SELECT 1");
        }

        await server.ExecuteAsync(
            $"ALTER DATABASE rr_one OWNER TO {Role}; GRANT rr_heir TO {Role} WITH ADMIN OPTION");
        // The admin owns rr_two: it acts for pg_database_owner there. Before 15 the schema public is the superuser's.
        await server.ExecuteAsync($"ALTER SCHEMA public OWNER TO {TestServer.Admin}; GRANT USAGE ON SCHEMA public TO {Role}", "rr_two");
        await RunAsync(server, Role, "postgres", $"GRANT {Heir} TO {Member}");
        return session;
    }

    private static async Task TearDownAsync(TestServer server)
    {
        foreach (string database in Databases)
        {
            await server.ExecuteAsync($"DROP DATABASE IF EXISTS {database} WITH (FORCE)");
        }

        foreach (string name in new[] { Role, Member, Heir })
        {
            if (await server.ScalarAsync<long>("SELECT count(*) FROM pg_roles WHERE rolname = $1", name) > 0)
            {
                await server.ExecuteAsync($"DROP OWNED BY {name}; DROP ROLE {name}");
            }
        }
    }

    /// <summary>All that a removal could touch, with when it was written as far as that shows a change.</summary>
    private static async Task<string> StateAsync(TestServer server)
    {
        const string query =
            """
            SELECT (SELECT string_agg(format('%s %s', nspname, nspacl), ';' ORDER BY nspname) FROM pg_namespace WHERE nspname !~ '^pg_')
                || (SELECT string_agg(format('%s %s %s', relname, relowner, relacl), ';' ORDER BY relname) FROM pg_class WHERE relnamespace::regnamespace::text IN ('mine', 'theirs'))
                || coalesce((SELECT string_agg(format('%s %s', defaclrole, defaclacl), ';' ORDER BY oid) FROM pg_default_acl), '')
                || (SELECT string_agg(format('%s %s %s', datname, datdba, datacl), ';' ORDER BY datname) FROM pg_database)
                || (SELECT string_agg(format('%s %s', rolname, rolcanlogin), ';' ORDER BY rolname) FROM pg_authid)
                || (SELECT string_agg(format('%s %s %s', roleid, member, grantor), ';' ORDER BY roleid, member, grantor) FROM pg_auth_members)
            """;
        return string.Join('\n', await InAsync(server, Databases[0], query), await InAsync(server, Databases[1], query));
    }

    private static Task<string> AdminMembershipsAsync(TestServer server) => server.ScalarAsync<string>(string.Create(
        CultureInfo.InvariantCulture,
        $"""
        SELECT string_agg(format('%s %s %s', roleid::regrole, grantor::regrole, to_jsonb(m) - 'oid'), ';' ORDER BY roleid, grantor)
        FROM pg_auth_members m WHERE member = '{TestServer.Admin}'::regrole AND roleid::regrole::text <> '{Role}'
        """));

    private static async Task<string> InAsync(TestServer server, string database, string query)
    {
        await using NpgsqlConnection connection = await server.ConnectAsync(database: database);
        await using var command = new NpgsqlCommand(query, connection);
        return (string)(await command.ExecuteScalarAsync())!;
    }

    private static async Task RunAsync(TestServer server, string user, string database, string sql)
    {
        await using NpgsqlConnection connection = await server.ConnectAsync(user, database: database);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Does something when a step is reported.</summary>
    private sealed class ActingReporter(string step, Func<Task> act) : IReporter
    {
        private int _acted;

        public void Step(string what, TimeSpan took)
        {
            if (what == step && Interlocked.Exchange(ref _acted, 1) == 0)
            {
                act().GetAwaiter().GetResult();
            }
        }

        public void Progress(string activity, string status, int percent)
        {
        }

        public void Warning(string message)
        {
        }
    }
}
