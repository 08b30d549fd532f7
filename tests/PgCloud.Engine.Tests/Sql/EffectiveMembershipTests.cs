// SPDX-License-Identifier: MIT

using PgCloud.Contracts;
using PgCloud.Engine.Sql;
using PgCloud.Engine.Tests.Sql.Servers;
using Xunit;

namespace PgCloud.Engine.Tests.Sql;

/// <summary>Reading memberships: direct ones, and what comes through others.</summary>
[Collection(ServerTests.Name)]
public sealed class EffectiveMembershipTests(ServerPool servers)
{
    [Theory]
    [Server(14)]
    [Server(15)]
    [Server(16)]
    [Server(17)]
    [Server(18)]
    public async Task Memberships_through_others_are_shown_with_their_path(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        string[] names = await session.MakeAsync("eff_joe", "eff_team", "eff_top");
        await session.GrantRolesAsync(["eff_team"], ["eff_joe"], CancellationToken.None);
        await session.GrantRolesAsync(["eff_top"], ["eff_team"], CancellationToken.None);
        await session.GrantRolesAsync(["pg_monitor"], ["eff_top"], CancellationToken.None);

        IReadOnlyList<PgRoleMember> effective = await session.GetEffectiveAsync("eff_joe");
        Assert.Equal(
            ["eff_team", "eff_top", "pg_monitor", "pg_read_all_settings", "pg_read_all_stats", "pg_stat_scan_tables"],
            effective.Select(m => m.Role));
        Assert.Equal("eff_joe > eff_team > eff_top > pg_monitor", effective[2].PathText);
        Assert.Equal([true, false, false, false, false, false], effective.Select(m => m.IsDirect));
        Assert.All(effective, m => Assert.Equal((PgMembershipRights.Inherited, true), (m.Rights, m.Inherit)));
        PgRoleMember direct = Assert.Single(await session.GetMembersAsync("eff_team"), m => m.Member == "eff_joe");
        Assert.Equal(("ops", true, PgChange.None), (direct.Grantor, direct.IsDirect, direct.Change));
        Assert.Equal(["eff_joe", "eff_team"], direct.Path);
        await session.DropAsync(names);
    }

    [Theory]
    [Server(16)]
    [Server(18)]
    public async Task Rights_are_what_the_server_says_they_are(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        string[] names = await session.MakeAsync("rt_m", "rt_a", "rt_b", "rt_c", "rt_d", "rt_e");
        await session.GrantAsync(new GrantRequest(["rt_a"], ["rt_m"]) { Inherit = false });
        await session.GrantAsync(new GrantRequest(["rt_b"], ["rt_a"]) { Set = false });
        await session.GrantAsync(new GrantRequest(["rt_c"], ["rt_b"]) { Inherit = false });
        await session.GrantAsync(new GrantRequest(["rt_d"], ["rt_m"]) { Inherit = false, Set = false });
        await session.GrantAsync(new GrantRequest(["rt_e"], ["rt_d"]));
        // A longer way that gives more is the one to show.
        await session.GrantAsync(new GrantRequest(["rt_e"], ["rt_a"]));

        IReadOnlyList<PgRoleMember> effective = await session.GetEffectiveAsync("rt_m");
        Assert.Equal(
            [
                "rt_a BySetRole rt_m,rt_a", "rt_b BySetRole rt_m,rt_a,rt_b", "rt_c None rt_m,rt_a,rt_b,rt_c", "rt_d None rt_m,rt_d",
                "rt_e BySetRole rt_m,rt_a,rt_e",
            ],
            effective.Select(m => $"{m.Role} {m.Rights} {string.Join(',', m.Path)}"));
        foreach (PgRoleMember membership in effective)
        {
            Assert.Equal(await HasAsync("USAGE"), membership.Inherit);
            Assert.Equal(await HasAsync("SET"), membership.Set);
            Assert.True(await HasAsync("MEMBER"));

            Task<bool> HasAsync(string how) => server.ScalarAsync<bool>("SELECT pg_has_role('rt_m', $1::name, $2)", membership.Role, how);
        }

        await session.DropAsync(names);
    }

    [Theory]
    [Server(14)]
    [Server(15)]
    public async Task Below_16_the_members_own_attribute_decides(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        string[] names = await session.MakeAsync("no_team", "no_top");
        await session.EnsureRoleAsync(new RoleRequest("no_joe") { Inherit = false }, CancellationToken.None);
        await session.GrantRolesAsync(["no_team"], ["no_joe"], CancellationToken.None);
        await session.GrantRolesAsync(["no_top"], ["no_team"], CancellationToken.None);
        Assert.All(
            await session.GetEffectiveAsync("no_joe"), m => Assert.Equal((PgMembershipRights.BySetRole, false, true), (m.Rights, m.Inherit, m.Set)));
        Assert.False(await server.ScalarAsync<bool>("SELECT pg_has_role('no_joe', 'no_top', 'USAGE')"));
        await session.DropAsync([.. names, "no_joe"]);
    }

    [Theory]
    [Server(14)]
    [Server(18)]
    public async Task The_owner_of_the_database_is_in_pg_database_owner(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        PgRoleMember owner = Assert.Single(await session.GetEffectiveAsync(TestServer.Superuser), m => m.Role == "pg_database_owner");
        Assert.Equal((false, PgMembershipRights.Inherited), (owner.IsDirect, owner.Rights));
        Assert.Empty(await session.GetMembersAsync("pg_database_owner"));
    }
}
