// SPDX-License-Identifier: MIT

using PgCloud.Contracts;
using PgCloud.Engine.Sql;
using PgCloud.Engine.Tests.Sql.Servers;
using PgCloud.Errors;
using Xunit;

namespace PgCloud.Engine.Tests.Sql;

[Collection(ServerTests.Name)]
public sealed class RoleTests(ServerPool servers)
{
    [Theory]
    [Server(15)]
    [Server(16)]
    [Server(18)]
    public async Task A_role_is_made_with_the_attributes_that_are_asked_for(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        var until = new DateTimeOffset(2031, 2, 3, 4, 5, 6, 789, TimeSpan.FromHours(2));

        PgRole made = await session.EnsureRoleAsync(
            new RoleRequest("attributes") { Login = true, Inherit = false, CreateDatabase = true, ConnectionLimit = 3, ValidUntil = until },
            CancellationToken.None);
        PgRole read = (await session.GetRolesAsync(["attributes"], CancellationToken.None)).Single();

        Assert.Equal(PgChange.Created, made.Change);
        Assert.Equal(PgChange.None, read.Change);
        foreach (PgRole role in new[] { made, read })
        {
            Assert.True(role.Login && role.CreateDatabase);
            Assert.False(role.Inherit || role.CreateRole || role.Superuser || role.Replication || role.BypassRls);
            Assert.Equal(3, role.ConnectionLimit);
            Assert.Equal(until.ToUniversalTime(), role.ValidUntil);
        }

        Assert.Equal(PgChange.Removed, (await session.DropRoleAsync("attributes", CancellationToken.None)).Change);
        Assert.Empty(await session.GetRolesAsync(["attributes"], CancellationToken.None));
    }

    [Theory]
    [Server(15)]
    [Server(18)]
    public async Task A_second_run_writes_nothing(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        var request = new RoleRequest("again") { Login = true, ConnectionLimit = 5, ValidUntil = DateTimeOffset.MaxValue };
        Assert.Equal(PgChange.Created, (await session.EnsureRoleAsync(request, CancellationToken.None)).Change);
        await session.GrantRolesAsync(["pg_monitor"], ["again"], CancellationToken.None);

        string before = await server.RoleCatalogAsync();
        PgRole second = await session.EnsureRoleAsync(request, CancellationToken.None);
        IReadOnlyList<PgRoleMember> granted = await session.GrantRolesAsync(["pg_monitor"], ["again"], CancellationToken.None);
        IReadOnlyList<PgRoleMember> revoked = await session.RevokeRolesAsync(["pg_signal_backend"], ["again"], CancellationToken.None);

        Assert.Equal(before, await server.RoleCatalogAsync());
        Assert.Equal(PgChange.Unchanged, second.Change);
        Assert.Null(second.ValidUntil);
        Assert.Equal(["pg_monitor"], second.MemberOf);
        Assert.All(granted.Concat(revoked), membership => Assert.Equal(PgChange.Unchanged, membership.Change));
        await session.DropRoleAsync("again", CancellationToken.None);
    }

    [Theory]
    [Server(15)]
    [Server(18)]
    public async Task Only_what_differs_is_altered(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        await session.EnsureRoleAsync(new RoleRequest("drift") { Login = true, CreateDatabase = true }, CancellationToken.None);

        PgRole altered = await session.EnsureRoleAsync(new RoleRequest("drift") { CreateDatabase = false, Login = true }, CancellationToken.None);

        Assert.Equal(PgChange.Updated, altered.Change);
        Assert.True(altered.Login);
        Assert.False(altered.CreateDatabase);
        Assert.Contains("ALTER ROLE \"drift\" NOCREATEDB\n", server.ReadLog(), StringComparison.Ordinal);
        await session.DropRoleAsync("drift", CancellationToken.None);
    }

    [Theory]
    [Server(15)]
    [Server(18)]
    public async Task Dropping_what_is_not_there_is_an_error(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        await Expect.ErrorAsync("PgCloud.Role.NotFound", PgErrorKind.NotFound, "nobody", () => session.DropRoleAsync("nobody", CancellationToken.None));
    }

    [Theory]
    [Server(15)]
    [Server(18)]
    public async Task A_role_that_owns_something_is_left_and_the_error_says_what(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        await session.EnsureRoleAsync(new RoleRequest("owner"), CancellationToken.None);
        await server.ExecuteAsync("CREATE TABLE owned (n int); ALTER TABLE owned OWNER TO owner");

        PgCloudException error = await Expect.ErrorAsync(
            "PgCloud.Role.HasDependents", PgErrorKind.InvalidState, "owner", () => session.DropRoleAsync("owner", CancellationToken.None));

        Assert.Contains("owner of table public.owned", error.Message, StringComparison.Ordinal);
        // The session goes on after a failure.
        Assert.Single(await session.GetRolesAsync(["owner"], CancellationToken.None));
        await server.ExecuteAsync("DROP TABLE owned");
        await session.DropRoleAsync("owner", CancellationToken.None);
    }

    [Theory]
    [Server(15)]
    [Server(18)]
    public async Task What_the_admin_may_not_do_is_refused_with_the_missing_right_and_leaves_nothing(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await server.ExecuteAsync("CREATE ROLE plain_user LOGIN PASSWORD 'Pw-0123456789'");
        await using NpgsqlSqlSession session = await server.OpenAsync("plain_user");

        PgCloudException error = await Expect.ErrorAsync(
            "PgCloud.Sql.PermissionDenied",
            PgErrorKind.PermissionDenied,
            server.Target("plain_user").ToString(),
            () => session.EnsureRoleAsync(new RoleRequest("forbidden"), CancellationToken.None));

        Assert.Contains("permission denied to create role", error.Message, StringComparison.Ordinal);
        Assert.Contains("CREATEROLE", error.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(await session.GetRolesAsync(["forbidden"], CancellationToken.None));
        await server.ExecuteAsync("DROP ROLE plain_user");
    }

    [Theory]
    [Server(15)]
    [Server(18)]
    public async Task The_admin_cannot_make_a_superuser_of_anybody_nor_grant_one(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        await session.EnsureRoleAsync(new RoleRequest("climber"), CancellationToken.None);

        PgCloudException error = await Expect.ErrorAsync(
            "PgCloud.Sql.PermissionDenied",
            PgErrorKind.PermissionDenied,
            server.Target().ToString(),
            () => session.GrantRolesAsync(["postgres"], ["climber"], CancellationToken.None));

        Assert.Contains(version >= 16 ? "SUPERUSER attribute" : "superuser", error.RecommendedAction, StringComparison.OrdinalIgnoreCase);
        await session.DropRoleAsync("climber", CancellationToken.None);
    }

    [Theory]
    [Server(15)]
    public async Task Reserved_names_are_refused_before_anything_is_sent(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        foreach (string name in new[] { "public", "none", "pg_mine" })
        {
            await Expect.ErrorAsync(
                "PgCloud.Role.NameInvalid",
                PgErrorKind.InvalidArgument,
                name,
                () => session.EnsureRoleAsync(new RoleRequest(name), CancellationToken.None));
        }
    }
}
