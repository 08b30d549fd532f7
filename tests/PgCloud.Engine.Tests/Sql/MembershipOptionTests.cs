// SPDX-License-Identifier: MIT

using PgCloud.Contracts;
using PgCloud.Engine.Sql;
using PgCloud.Engine.Tests.Sql.Servers;
using PgCloud.Errors;
using Xunit;

namespace PgCloud.Engine.Tests.Sql;

/// <summary>ADMIN, INHERIT, SET and GRANTED BY.</summary>
[Collection(ServerTests.Name)]
public sealed class MembershipOptionTests(ServerPool servers)
{
    [Theory]
    [Server(14)]
    [Server(15)]
    [Server(16)]
    [Server(17)]
    [Server(18)]
    public async Task The_admin_option_is_given_and_taken_and_nothing_else_changes(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        string[] names = await session.MakeAsync("adm_role", "adm_a", "adm_b");

        await AssertAsync(server, session, new GrantRequest(["adm_role"], ["adm_a", "adm_b"]) { Admin = true }, PgChange.Created);
        Assert.All(await MembersAsync(session, "adm_role"), m => Assert.Equal((true, true, true), (m.Admin, m.Inherit, m.Set)));
        // A plain grant leaves it.
        await AssertAsync(server, session, new GrantRequest(["adm_role"], ["adm_a"]), PgChange.Unchanged);
        await AssertAsync(server, session, new GrantRequest(["adm_role"], ["adm_a"]) { Admin = false }, PgChange.Updated);
        Assert.Equal([false, true], (await MembersAsync(session, "adm_role")).Select(m => m.Admin));

        PgRoleMember revoked = (await session.RevokeAsync(new RevokeRequest(["adm_role"], ["adm_b"]) { Admin = true })).Single();
        Assert.Equal((PgChange.Updated, false, true), (revoked.Change, revoked.Admin, revoked.Inherit));
        await AssertUnchangedAsync(server, session, new RevokeRequest(["adm_role"], ["adm_b"]) { Admin = true });
        Assert.Equal([false, false], (await MembersAsync(session, "adm_role")).Select(m => m.Admin));
        await session.DropAsync(names);
    }

    [Theory]
    [Server(16)]
    [Server(17)]
    [Server(18)]
    public async Task Every_option_becomes_what_is_asked_and_the_others_stay(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        string[] names = await session.MakeAsync("opt_role", "opt_m");
        (bool, bool, bool) Now(PgRoleMember m) => (m.Admin, m.Inherit, m.Set);

        await AssertAsync(server, session, new GrantRequest(["opt_role"], ["opt_m"]) { Inherit = false }, PgChange.Created);
        Assert.Equal((false, false, true), Now((await MembersAsync(session, "opt_role")).Single()));
        await AssertAsync(server, session, new GrantRequest(["opt_role"], ["opt_m"]) { Admin = true, Set = false }, PgChange.Updated);
        Assert.Equal((true, false, false), Now((await MembersAsync(session, "opt_role")).Single()));
        await AssertAsync(server, session, new GrantRequest(["opt_role"], ["opt_m"]) { Admin = false, Inherit = true }, PgChange.Updated);
        Assert.Equal((false, true, false), Now((await MembersAsync(session, "opt_role")).Single()));
        // Without options it is made what a plain GRANT gives.
        await AssertAsync(server, session, new GrantRequest(["opt_role"], ["opt_m"]), PgChange.Updated);
        Assert.Equal((false, true, true), Now((await MembersAsync(session, "opt_role")).Single()));

        PgRoleMember revoked = (await session.RevokeAsync(new RevokeRequest(["opt_role"], ["opt_m"]) { Inherit = true, Set = true })).Single();
        Assert.Equal((PgChange.Updated, PgMembershipRights.None), (revoked.Change, revoked.Rights));
        await AssertUnchangedAsync(server, session, new RevokeRequest(["opt_role"], ["opt_m"]) { Inherit = true, Set = true });
        Assert.Equal((false, false, false), Now((await MembersAsync(session, "opt_role")).Single()));
        await session.DropAsync(names);
    }

    [Theory]
    [Server(14)]
    [Server(15)]
    public async Task Below_16_what_came_with_16_is_refused_with_the_version(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        string[] names = await session.MakeAsync("old_role", "old_m");
        string before = await server.RoleCatalogAsync();
        (string Option, Func<Task> Ask)[] cases =
        [
            ("INHERIT OPTION", () => session.GrantAsync(new GrantRequest(["old_role"], ["old_m"]) { Inherit = true })),
            ("INHERIT OPTION", () => session.GrantAsync(new GrantRequest(["old_role"], ["old_m"]) { Inherit = false })),
            ("SET OPTION", () => session.GrantAsync(new GrantRequest(["old_role"], ["old_m"]) { Set = true })),
            ("GRANTED BY", () => session.GrantAsync(new GrantRequest(["old_role"], ["old_m"]) { GrantedBy = "ops" })),
            ("INHERIT OPTION", () => session.RevokeAsync(new RevokeRequest(["old_role"], ["old_m"]) { Inherit = true })),
            ("SET OPTION", () => session.RevokeAsync(new RevokeRequest(["old_role"], ["old_m"]) { Set = true })),
            ("GRANTED BY", () => session.RevokeAsync(new RevokeRequest(["old_role"], ["old_m"]) { GrantedBy = "ops" })),
            // What was read elsewhere is refused only where it cannot be kept.
            ("SET OPTION", () => session.GrantAsync(new GrantRequest(["old_role"], ["old_m"]) { Inherit = true, Set = false, IsCopy = true })),
            ("INHERIT OPTION", () => session.GrantAsync(new GrantRequest(["old_role"], ["old_m"]) { Inherit = false, Set = true, IsCopy = true })),
        ];
        foreach ((string option, Func<Task> ask) in cases)
        {
            PgCloudException error = await Expect.ErrorAsync(
                "PgCloud.Role.MembershipOptionNotSupported", PgErrorKind.NotSupported, option, ask);
            Assert.Contains($"PostgreSQL {version}", error.Message, StringComparison.Ordinal);
        }

        Assert.Equal(before, await server.RoleCatalogAsync());
        await AssertAsync(server, session, new GrantRequest(["old_role"], ["old_m"]) { Inherit = true, Set = true, IsCopy = true }, PgChange.Created);
        await session.DropAsync(names);
    }

    [Theory]
    [Server(16)]
    [Server(18)]
    public async Task One_grantors_grant_is_told_from_the_others(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync(TestServer.Superuser);
        await using NpgsqlSqlSession admin = await server.OpenAsync();
        string[] names = await admin.MakeAsync("by_role", "by_deputy", "by_m");
        await admin.GrantAsync(new GrantRequest(["by_role"], ["by_deputy"]) { Admin = true });
        await AssertAsync(server, session, new GrantRequest(["by_role"], ["by_m"]) { GrantedBy = "by_deputy" }, PgChange.Created);
        await AssertAsync(server, session, new GrantRequest(["by_role"], ["by_m"]) { GrantedBy = "ops", Set = false }, PgChange.Created);
        Assert.Equal(["by_deputy", "ops"], (await MembersAsync(session, "by_role")).Where(m => m.Member == "by_m").Select(m => m.Grantor));

        // Off means off in both.
        await AssertAsync(server, session, new GrantRequest(["by_role"], ["by_m"]) { Set = false, Inherit = false }, PgChange.Updated);
        Assert.All((await MembersAsync(session, "by_role")).Where(m => m.Member == "by_m"), m => Assert.Equal((false, false), (m.Inherit, m.Set)));
        // On is on in one.
        await AssertAsync(server, session, new GrantRequest(["by_role"], ["by_m"]) { Set = true }, PgChange.Updated);
        Assert.Single((await MembersAsync(session, "by_role")).Where(m => m.Member == "by_m"), m => m.Set);

        Assert.Equal(
            PgChange.Removed, (await session.RevokeAsync(new RevokeRequest(["by_role"], ["by_m"]) { GrantedBy = "ops" })).Single().Change);
        await AssertUnchangedAsync(server, session, new RevokeRequest(["by_role"], ["by_m"]) { GrantedBy = "ops" });
        Assert.Equal(["by_deputy"], (await MembersAsync(session, "by_role")).Where(m => m.Member == "by_m").Select(m => m.Grantor));
        await Expect.ErrorAsync("PgCloud.Role.NotFound", PgErrorKind.NotFound, "by_nobody", () => session.GrantAsync(
            new GrantRequest(["by_role"], ["by_m"]) { GrantedBy = "by_nobody" }));
        await admin.DropAsync(names);
    }

    [Theory]
    [Server(16)]
    [Server(18)]
    public async Task What_hangs_on_a_grant_is_revoked_with_it_or_before_it(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        string[] names = await session.MakeAsync("hang_role", "hang_a", "hang_b");
        Task ChainAsync() => server.ExecuteAsync(
            "GRANT hang_role TO hang_a WITH ADMIN OPTION GRANTED BY ops; GRANT hang_role TO hang_b WITH ADMIN OPTION GRANTED BY hang_a");
        await server.ExecuteAsync("GRANT hang_a TO ops WITH INHERIT TRUE");
        await ChainAsync();
        string before = await server.RoleCatalogAsync();

        PgCloudException error = await Expect.ErrorAsync(
            "PgCloud.Role.MembershipHasDependents",
            PgErrorKind.InvalidState,
            "hang_role",
            () => session.RevokeAsync(new RevokeRequest(["hang_role"], ["hang_a"]) { Admin = true }));
        Assert.Contains("hang_a", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, await server.RoleCatalogAsync());

        // Both at once, in whatever order they are named.
        Assert.All(
            await session.RevokeAsync(new RevokeRequest(["hang_role"], ["hang_a", "hang_b"])), m => Assert.Equal(PgChange.Removed, m.Change));
        await ChainAsync();
        Assert.Equal(PgChange.Removed, (await session.RevokeAsync(new RevokeRequest(["hang_role"], ["hang_a"]) { Cascade = true })).Single().Change);
        Assert.DoesNotContain(await MembersAsync(session, "hang_role"), m => m.Member.StartsWith("hang_", StringComparison.Ordinal));
        await session.DropAsync(names);
    }

    [Theory]
    [Server(16)]
    [Server(18)]
    public async Task What_the_server_gave_to_the_maker_counts_as_it_is(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        string[] names = await session.MakeAsync("maker_role");
        await AssertAsync(server, session, new GrantRequest(["maker_role"], ["ops"]) { Admin = true }, PgChange.Unchanged);
        await AssertUnchangedAsync(server, session, new RevokeRequest(["maker_role"], ["ops"]));
        await AssertUnchangedAsync(server, session, new RevokeRequest(["maker_role"], ["ops"]) { Admin = true });
        await AssertAsync(server, session, new GrantRequest(["maker_role"], ["ops"]) { Set = true }, PgChange.Updated);
        PgRoleMember now = (await session.GetEffectiveAsync("ops")).Single(m => m.Role == "maker_role");
        Assert.Equal((true, false, true, PgMembershipRights.BySetRole), (now.Admin, now.Inherit, now.Set, now.Rights));
        await session.DropAsync(names);
    }

    /// <summary>The first run does it; a second says Unchanged and writes nothing.</summary>
    private static async Task AssertAsync(TestServer server, NpgsqlSqlSession session, GrantRequest request, PgChange change)
    {
        Assert.All(await session.GrantAsync(request), m => Assert.Equal(change, m.Change));
        string before = await server.RoleCatalogAsync();
        Assert.All(await session.GrantAsync(request), m => Assert.Equal(PgChange.Unchanged, m.Change));
        Assert.Equal(before, await server.RoleCatalogAsync());
    }

    private static async Task AssertUnchangedAsync(TestServer server, NpgsqlSqlSession session, RevokeRequest request)
    {
        string before = await server.RoleCatalogAsync();
        Assert.All(await session.RevokeAsync(request), m => Assert.Equal(PgChange.Unchanged, m.Change));
        Assert.Equal(before, await server.RoleCatalogAsync());
    }

    private static async Task<IReadOnlyList<PgRoleMember>> MembersAsync(NpgsqlSqlSession session, string role) =>
        [.. (await session.GetMembersAsync(role)).Where(m => m.Member != TestServer.Admin)];
}
