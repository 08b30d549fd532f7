// SPDX-License-Identifier: MIT

using FsCheck;
using FsCheck.Fluent;
using PgCloud.Contracts;
using PgCloud.Engine.Sql;
using PgCloud.Engine.Tests.Sql.Servers;
using PgCloud.Errors;
using Xunit;

namespace PgCloud.Engine.Tests.Sql;

/// <summary>Many requests at once: each answered, all in one transaction.</summary>
[Collection(ServerTests.Name)]
public sealed class MembershipBatchTests(ServerPool servers)
{
    [Theory]
    [Server(14)]
    [Server(15)]
    [Server(16)]
    [Server(17)]
    [Server(18)]
    public async Task Each_request_is_answered_and_a_bad_one_harms_no_other(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        string[] names = await session.MakeAsync("many_team", "many_joe", "many_mary");
        var approval = new RecordedApproval(answer: true, mayWait: false);

        IReadOnlyList<MembershipOutcome> outcomes = (await session.Memberships.GrantAsync(
            [
                new GrantRequest(["many_team"], ["many_joe"]),
                new GrantRequest(["many_team"], ["many_nobody", "many_mary"]),
                new GrantRequest(["nul\0"], ["many_mary"]),
                new GrantRequest(["many_joe"], ["many_team"]),
                new GrantRequest(["many_team"], ["many_joe", "many_mary"]),
            ],
            approval,
            CancellationToken.None))!;

        Assert.Equal(
            [null, "PgCloud.Role.NotFound", "PgCloud.Role.NameInvalid", "PgCloud.Role.MembershipLoop", null],
            outcomes.Select(outcome => outcome.Error?.ErrorId));
        Assert.Equal(PgChange.Created, outcomes[0].Memberships.Single().Change);
        Assert.Equal([PgChange.Unchanged, PgChange.Created], outcomes[4].Memberships.Select(m => m.Change));
        Assert.Single(approval.Plans);
        Assert.Equal(["GRANT \"many_team\" TO \"many_joe\"", "GRANT \"many_team\" TO \"many_mary\""], approval.Statements);
        Assert.Contains("many_team > many_joe > many_team", outcomes[3].Error!.Message, StringComparison.Ordinal);
        await session.DropAsync(names);
    }

    [Theory]
    [Server(15)]
    [Server(18)]
    public async Task What_the_server_refuses_of_one_request_undoes_all_and_says_so(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        string[] names = await session.MakeAsync("undo_role", "undo_m");
        string before = await server.RoleCatalogAsync();

        PgCloudException error = await Expect.ErrorAsync(
            "PgCloud.Sql.PermissionDenied",
            PgErrorKind.PermissionDenied,
            server.Target().ToString(),
            () => session.Memberships.GrantAsync(
                [new GrantRequest(["undo_role"], ["undo_m"]), new GrantRequest(["postgres"], ["undo_m"])],
                Approved.Beforehand,
                CancellationToken.None));

        Assert.Contains("None of the 2 records", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, await server.RoleCatalogAsync());
        await session.DropAsync(names);
    }

    [Theory]
    [Server(15)]
    [Server(18)]
    public async Task A_refused_approval_has_shown_the_statements_and_nothing_is_written(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        string[] names = await session.MakeAsync("what_role", "what_a", "what_b");
        await session.GrantAsync(new GrantRequest(["what_role"], ["what_a"]));
        string before = await server.RoleCatalogAsync();
        var approval = new RecordedApproval(answer: false);

        Assert.Null(await session.Memberships.GrantAsync(
            [new GrantRequest(["what_role"], ["what_b"]) { IsExact = true }], approval, CancellationToken.None));

        string by = version >= 16 ? " GRANTED BY \"ops\"" : string.Empty;
        Assert.Equal([$"REVOKE \"what_role\" FROM \"what_a\"{by}", "GRANT \"what_role\" TO \"what_b\""], approval.Statements);
        Assert.Equal(before, await server.RoleCatalogAsync());
        await session.DropAsync(names);
    }

    [Theory]
    [Server(14)]
    [Server(15)]
    [Server(16)]
    [Server(17)]
    [Server(18)]
    public async Task Exact_makes_the_members_just_those_of_all_requests(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        string[] names = await session.MakeAsync("exact_role", "exact_other", "exact_a", "exact_b", "exact_c");
        await session.GrantRolesAsync(["exact_role", "exact_other"], ["exact_a", "exact_c"], CancellationToken.None);
        GrantRequest[] requests =
        [
            new GrantRequest(["exact_role"], ["exact_a"]) { IsExact = true },
            new GrantRequest(["exact_role"], ["exact_b"]) { IsExact = true },
        ];

        IReadOnlyList<MembershipOutcome> outcomes = (await session.Memberships.GrantAsync(requests, Approved.Beforehand, CancellationToken.None))!;
        Assert.Equal(
            ["Unchanged exact_a", "Created exact_b", "Removed exact_c"],
            outcomes.SelectMany(outcome => outcome.Memberships).Select(m => $"{m.Change} {m.Member}"));
        string before = await server.RoleCatalogAsync();
        outcomes = (await session.Memberships.GrantAsync(requests, Approved.Beforehand, CancellationToken.None))!;
        Assert.All(outcomes.SelectMany(outcome => outcome.Memberships), m => Assert.Equal(PgChange.Unchanged, m.Change));
        Assert.Equal(before, await server.RoleCatalogAsync());
        // The maker's right to grant the role, from 16 on, is left, and so are the members' other roles.
        Assert.Equal(
            version >= 16 ? ["exact_a", "exact_b", "ops"] : ["exact_a", "exact_b"],
            (await session.GetMembersAsync("exact_role")).Select(m => m.Member));
        Assert.Contains(await session.GetMembersAsync("exact_other"), m => m.Member == "exact_c");

        // A name that is wrong may be one of those who would be removed.
        outcomes = (await session.Memberships.GrantAsync(
            [
                new GrantRequest(["exact_role"], ["exact_c"]) { IsExact = true },
                new GrantRequest(["exact_role"], ["exact_typo"]) { IsExact = true },
            ],
            Approved.Beforehand,
            CancellationToken.None))!;
        Assert.Equal("PgCloud.Role.NotFound", outcomes[1].Error?.ErrorId);
        Assert.Equal(
            ["exact_a", "exact_b", "exact_c"],
            (await session.GetMembersAsync("exact_role")).Select(m => m.Member).Where(member => member != "ops"));
        await session.DropAsync(names);
    }

    [Theory]
    [Server(15)]
    [Server(18)]
    public async Task Exact_can_turn_a_membership_round(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        string[] names = await session.MakeAsync("turn_a", "turn_b", "turn_c");
        await session.GrantRolesAsync(["turn_a"], ["turn_b"], CancellationToken.None);
        IReadOnlyList<MembershipOutcome> outcomes = (await session.Memberships.GrantAsync(
            [new GrantRequest(["turn_a"], ["turn_c"]) { IsExact = true }, new GrantRequest(["turn_b"], ["turn_a"])],
            Approved.Beforehand,
            CancellationToken.None))!;
        Assert.All(outcomes, outcome => Assert.Null(outcome.Error));
        Assert.Equal(["turn_b"], (await session.GetRolesAsync(["turn_a"], CancellationToken.None)).Single().MemberOf);
        await session.DropAsync(names);
    }

    [Theory]
    [Server(15)]
    [Server(18)]
    public async Task Exact_leaves_the_makers_grant_to_a_superuser_too(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession admin = await server.OpenAsync();
        await using NpgsqlSqlSession superuser = await server.OpenAsync(TestServer.Superuser);
        string[] names = await admin.MakeAsync("keep_role", "keep_m");
        int before = (await superuser.GetMembersAsync("keep_role")).Count;
        Assert.Equal(
            ["keep_m"], (await superuser.GrantAsync(new GrantRequest(["keep_role"], ["keep_m"]) { IsExact = true })).Select(m => m.Member));
        Assert.Equal(before + 1, (await superuser.GetMembersAsync("keep_role")).Count);
        string catalog = await server.RoleCatalogAsync();
        // Nor are the predefined roles' memberships of each other touched.
        Assert.DoesNotContain(
            await superuser.GrantAsync(new GrantRequest(["pg_read_all_stats"], ["admin_group"]) { IsExact = true }),
            m => m.Change != PgChange.Unchanged);
        Assert.Equal(catalog, await server.RoleCatalogAsync());
        await admin.DropAsync(names);
    }

    [Theory]
    [Server(15)]
    [Server(18)]
    public async Task A_loop_that_the_requests_would_make_together_is_refused(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        await session.MakeAsync("ring_a", "ring_b", "ring_c");
        IReadOnlyList<MembershipOutcome> outcomes = (await session.Memberships.GrantAsync(
            [
                new GrantRequest(["ring_a"], ["ring_b"]),
                new GrantRequest(["ring_b"], ["ring_c"]),
                new GrantRequest(["ring_c"], ["ring_a"]),
            ],
            Approved.Beforehand,
            CancellationToken.None))!;
        Assert.Equal([null, null, "PgCloud.Role.MembershipLoop"], outcomes.Select(outcome => outcome.Error?.ErrorId));
        await Expect.ErrorAsync("PgCloud.Role.MembershipLoop", PgErrorKind.InvalidOperation, "ring_c", () => session.GrantRolesAsync(
            ["ring_a", "ring_c"], ["ring_c", "ring_b"], CancellationToken.None));
        await session.DropAsync("ring_c", "ring_b", "ring_a");
    }

    [Theory]
    [Server(15, "postgres")]
    [Server(18, "postgres")]
    // The advisory lock is one of the database: from two databases, two may both take a membership for their own.
    [Server(15, "template1")]
    [Server(18, "template1")]
    public async Task Sixteen_sessions_that_grant_the_same_all_succeed(int version, string otherDatabase)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        string[] members = await session.MakeAsync([.. Enumerable.Range(0, 10).Select(i => $"six_{i}")]);
        PgChange[][] changes = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(async () =>
        {
            await using NpgsqlSqlSession own = await server.OpenAsync(database: i % 2 == 0 ? "postgres" : otherDatabase);
            return (await own.GrantRolesAsync(["pg_monitor", "pg_signal_backend"], members, CancellationToken.None)).Select(m => m.Change).ToArray();
        })));
        Assert.Equal(16 * 20, changes.Sum(c => c.Length));
        int created = changes.Sum(c => c.Count(change => change == PgChange.Created));
        Assert.True(otherDatabase == "postgres" ? created == 20 : created >= 20);
        Assert.All(
            await session.GetRolesAsync(members, CancellationToken.None), role => Assert.Equal(["pg_monitor", "pg_signal_backend"], role.MemberOf));
        await session.DropAsync(members);
    }

    [Theory]
    [Server(15)]
    [Server(18)]
    public async Task Any_text_that_can_be_a_name_is_only_a_name(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        // Half of a surrogate pair, NUL and more than 63 bytes cannot be names; everything else is.
        Gen<string> names = ArbMap.Default.GeneratorFor<string>().Where(text => text is not null)
            .Select(text => $"u{text}").Where(name => PgNames.FlawOf(name) is null);
        foreach (string name in names.Sample(40, 60).Distinct(StringComparer.Ordinal))
        {
            string[] made = await session.MakeAsync(name, "unicode_member");
            Assert.Equal(PgChange.Created, (await session.GrantAsync(new GrantRequest([name], ["unicode_member"]) { Admin = true })).Single().Change);
            PgRoleMember read = Assert.Single(await session.GetMembersAsync(name), m => m.Member == "unicode_member");
            Assert.Equal((name, true), (read.Role, read.Admin));
            PgRoleMember reached = Assert.Single(await session.GetEffectiveAsync("unicode_member"));
            Assert.Equal(["unicode_member", name], reached.Path);
            Assert.Equal(PgChange.Removed, (await session.RevokeRolesAsync([name], ["unicode_member"], CancellationToken.None)).Single().Change);
            await session.DropAsync(made);
        }
    }
}
