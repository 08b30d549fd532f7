// SPDX-License-Identifier: MIT

using FsCheck;
using FsCheck.Fluent;
using Npgsql;
using PgCloud.Contracts;
using PgCloud.Engine.Sql;
using PgCloud.Engine.Tests.Sql.Servers;
using PgCloud.Errors;
using Xunit;

namespace PgCloud.Engine.Tests.Sql;

/// <summary>Dropping databases, and several sessions that make or drop them at once.</summary>
[Collection(ServerTests.Name)]
public sealed class DatabaseDropTests(ServerPool servers)
{
    [Theory]
    [Server(14)]
    [Server(15)]
    [Server(16)]
    [Server(17)]
    [Server(18)]
    public async Task A_database_in_use_is_left_and_the_error_says_who_and_force_ends_them(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        await session.EnsureRoleAsync(new RoleRequest("dd_app"), CancellationToken.None);
        await session.EnsureDatabaseAsync(new DatabaseRequest("dd_busy") { Owner = "dd_app" });
        string memberships = await server.MembershipsAsync();
        string catalog = await server.DatabaseCatalogAsync();
        await using (NpgsqlConnection connected = await server.ConnectAsync(TestServer.Admin, database: "dd_busy"))
        {
            await using NpgsqlConnection other = await server.ConnectAsync(TestServer.Admin, database: "dd_busy");
            PgCloudException error = await Expect.ErrorAsync(
                "PgCloud.Database.InUse", PgErrorKind.InvalidState, "dd_busy", () => session.DropDatabaseAsync("dd_busy"));
            Assert.Contains("2 sessions of ops", error.Message, StringComparison.Ordinal);
            Assert.Contains("127.0.0.1", error.Message, StringComparison.Ordinal);
            Assert.Contains("-Force", error.RecommendedAction, StringComparison.Ordinal);
            Assert.Equal(catalog, await server.DatabaseCatalogAsync());

            Assert.Equal(PgChange.Removed, (await session.DropDatabaseAsync("dd_busy", force: true)).Change);
        }

        Assert.Empty(await session.Databases.GetAsync(["dd_busy"], false, CancellationToken.None));
        Assert.Equal(memberships, await server.MembershipsAsync());
        await session.DropRoleAsync("dd_app", CancellationToken.None);
    }

    [Theory]
    [Server(15)]
    [Server(18)]
    public async Task A_superusers_session_holds_it_against_force_and_what_was_borrowed_is_given_back(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        await session.EnsureRoleAsync(new RoleRequest("dd_held"), CancellationToken.None);
        await session.EnsureDatabaseAsync(new DatabaseRequest("dd_su") { Owner = "dd_held" });
        string memberships = await server.MembershipsAsync();
        await using (NpgsqlConnection connected = await server.ConnectAsync(database: "dd_su"))
        {
            PgCloudException error = await Expect.ErrorAsync(
                "PgCloud.Sql.PermissionDenied",
                PgErrorKind.PermissionDenied,
                server.Target().ToString(),
                () => session.DropDatabaseAsync("dd_su", force: true));
            Assert.Contains("pg_signal_backend", error.RecommendedAction, StringComparison.Ordinal);
            Assert.Equal(memberships, await server.MembershipsAsync());
        }

        await TestServer.WaitUntilAsync(async () => await server.ScalarAsync<long>("SELECT count(*) FROM pg_stat_activity WHERE datname = 'dd_su'") == 0);
        await session.DropDatabaseAsync("dd_su");
        Assert.Equal(memberships, await server.MembershipsAsync());
        await session.DropRoleAsync("dd_held", CancellationToken.None);
    }

    [Theory]
    [Server(14)]
    [Server(18)]
    public async Task What_is_not_there_or_must_not_go_is_refused(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession super = await server.OpenAsync(TestServer.Superuser, "plain");
        string catalog = await server.DatabaseCatalogAsync();

        await Expect.ErrorAsync("PgCloud.Database.NotFound", PgErrorKind.NotFound, "dd_nowhere", () => super.DropDatabaseAsync("dd_nowhere"));
        foreach (string name in new[] { "plain", "postgres", "template1", "template0" })
        {
            await Expect.ErrorAsync(
                "PgCloud.Database.Protected", PgErrorKind.InvalidOperation, name, () => super.DropDatabaseAsync(name, force: true));
        }

        Assert.Equal(catalog, await server.DatabaseCatalogAsync());
    }

    [Theory]
    [Server(15)]
    [Server(18)]
    public async Task A_subscription_holds_a_database_against_force(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession super = await server.OpenAsync(TestServer.Superuser);
        await super.EnsureDatabaseAsync(new DatabaseRequest("dd_subscribed"));
        await server.ExecuteAsync(
            "CREATE SUBSCRIPTION dd_sub CONNECTION 'host=nowhere.invalid' PUBLICATION p WITH (connect = false)", "dd_subscribed");

        PgCloudException error = await Expect.ErrorAsync(
            "PgCloud.Database.InUse", PgErrorKind.InvalidState, "dd_subscribed", () => super.DropDatabaseAsync("dd_subscribed", force: true));

        Assert.Contains("the subscription 'dd_sub'", error.Message, StringComparison.Ordinal);
        await server.ExecuteAsync("ALTER SUBSCRIPTION dd_sub SET (slot_name = NONE); DROP SUBSCRIPTION dd_sub", "dd_subscribed");
        await super.DropDatabaseAsync("dd_subscribed", force: true);
    }

    [Theory]
    [Server(14)]
    [Server(16)]
    [Server(18)]
    public async Task Several_that_make_databases_at_once_all_succeed(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        await session.EnsureRoleAsync(new RoleRequest("dd_shared"), CancellationToken.None);
        string memberships = await server.MembershipsAsync();

        PgDatabase[] made = await AtOnceAsync(server, 4, (other, i) => other.EnsureDatabaseAsync(
            new DatabaseRequest($"dd_many{i}") { Owner = "dd_shared" }));
        PgDatabase[] same = await AtOnceAsync(server, 4, (other, _) => other.EnsureDatabaseAsync(new DatabaseRequest("dd_same")));

        Assert.All(made, database => Assert.Equal((PgChange.Created, "dd_shared"), (database.Change, database.Owner)));
        Assert.Equal(
            [PgChange.Created, PgChange.Unchanged, PgChange.Unchanged, PgChange.Unchanged], same.Select(database => database.Change).Order());
        Assert.Equal(memberships, await server.MembershipsAsync());

        await session.DropDatabaseAsync("dd_same");
        await AtOnceAsync(server, 4, (other, i) => other.DropDatabaseAsync($"dd_many{i}"));
        Assert.Equal(memberships, await server.MembershipsAsync());
        await session.DropRoleAsync("dd_shared", CancellationToken.None);
    }

    [Theory]
    [Server(15)]
    public async Task A_template_in_use_is_waited_for_and_then_named(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        await session.EnsureDatabaseAsync(new DatabaseRequest("dd_template"));
        await using (NpgsqlConnection connected = await server.ConnectAsync(TestServer.Admin, database: "dd_template"))
        {
            Task<PgDatabase> making = session.EnsureDatabaseAsync(new DatabaseRequest("dd_copy") { Template = "dd_template" });
            // The server itself waits 5 s for the template.
            await Task.Delay(300);
            await connected.CloseAsync();
            Assert.Equal(PgChange.Created, (await making).Change);
        }

        await session.DropDatabaseAsync("dd_copy");
        await session.DropDatabaseAsync("dd_template");
    }

    [Theory]
    [Server(18, "semi;colon\"; DROP DATABASE postgres; --")]
    [Server(18, "emoji 😀 'quoted' \\ back")]
    [Server(18, "語語語語語語語語語語語語語語語語語語語語語")]
    [Server(15, " $1 @name :name {0} %s ")]
    [Server(15, "tab\tand UPPER /* c */")]
    public async Task A_name_is_only_a_name(int version, string name)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        string role = string.Concat("r", name).Length > 63 || name.Length == 21 ? "dd_weird" : "r" + name;
        await session.EnsureRoleAsync(new RoleRequest(role), CancellationToken.None);

        Assert.Equal(PgChange.Created, (await session.EnsureDatabaseAsync(new DatabaseRequest(name) { Owner = role, Comment = name })).Change);
        PgDatabase read = (await session.Databases.GetAsync([name], false, CancellationToken.None)).Single();
        Assert.Equal((name, role, name), (read.Name, read.Owner, read.Comment));
        await using (NpgsqlSqlSession inside = await server.OpenAsync(database: name))
        {
            Assert.Contains(await inside.Databases.GetAsync(null, true, CancellationToken.None), database => database.Name == name && database.SizeBytes > 0);
        }

        await session.DropDatabaseAsync(name, force: true);
        await session.DropRoleAsync(role, CancellationToken.None);
    }

    [Theory]
    [Server(14)]
    [Server(18)]
    public async Task Any_name_survives_create_read_and_drop(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        Gen<string> letters = Gen.Frequency(
            (2, Gen.Elements("\"", "'", "\\", ";", "--", "$1", "%s", "{0}", "\n", "\t", " ", "/*", "pg_", ".", "*", "[a]")),
            (2, Gen.Choose(1, 0x7f).Select(char.ConvertFromUtf32)),
            (1, Gen.Choose(0x80, 0xd7ff).Select(char.ConvertFromUtf32)),
            (1, Gen.Choose(0x1_0000, 0x10_ffff).Select(char.ConvertFromUtf32)));
        Gen<string> names = letters.NonEmptyListOf().Select(string.Concat).Where(name => PgNames.FlawOf(name) is null);
        foreach (string name in names.Sample(6).Select((name, i) => i < 5 ? name : new string('x', 63)).Distinct())
        {
            Assert.Equal(PgChange.Created, (await session.EnsureDatabaseAsync(new DatabaseRequest(name) { Comment = name })).Change);
            Assert.Equal(PgChange.Unchanged, (await session.EnsureDatabaseAsync(new DatabaseRequest(name) { Comment = name })).Change);
            PgDatabase read = (await session.Databases.GetAsync([name], false, CancellationToken.None)).Single();
            Assert.Equal((name, name), (read.Name, read.Comment));
            Assert.Equal(PgChange.Removed, (await session.DropDatabaseAsync(name)).Change);
        }
    }

    private static async Task<T[]> AtOnceAsync<T>(TestServer server, int count, Func<NpgsqlSqlSession, int, Task<T>> work) =>
        await Task.WhenAll(Enumerable.Range(0, count).Select(i => Task.Run(async () =>
        {
            await using NpgsqlSqlSession session = await server.OpenAsync();
            return await work(session, i);
        })));
}
