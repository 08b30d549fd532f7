// SPDX-License-Identifier: MIT

using System.Text;
using PgCloud.Contracts;
using PgCloud.Engine.Sql;
using PgCloud.Engine.Tests.Sql.Servers;
using PgCloud.Errors;
using Xunit;

namespace PgCloud.Engine.Tests.Sql;

[Collection(ServerTests.Name)]
public sealed class NameTests(ServerPool servers)
{
    private static readonly string[] Names =
    [
        "with \"quotes\"",
        "it's",
        "with space ",
        " ",
        "dots.and.more",
        "UpperCase",
        "uppercase",
        "emoji 😀👩‍👩‍👧",
        "back\\slash",
        "tab\tand\nnewline",
        "-- comment",
        "/* comment */",
        "$1",
        "@name :name",
        "$$dollar$$",
        "semi;colon",
        "\"; DROP ROLE postgres; --",
        "x\" SUPERUSER LOGIN \"y",
        "percent%s%I",
        "user",
        "current_user",
        "session_user",
        "admin option",
        "{array,\"like\"}",
        "NULL",
        "e\u0301 decomposed",
        "\u00e9 composed",
        new string('x', 63),
        // 63 bytes in 21 characters.
        string.Concat(Enumerable.Repeat("語", 21)),
    ];

    [Theory]
    [Server(15)]
    [Server(18)]
    public async Task Every_name_survives_create_grant_read_revoke_and_drop(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        foreach (string name in Names)
        {
            string member = name.Length > 60 || name.Length == 21 ? $"member {name.Length}" : $"m{name}";
            Assert.Equal(PgChange.Created, (await session.EnsureRoleAsync(new RoleRequest(name), CancellationToken.None)).Change);
            Assert.Equal(PgChange.Created, (await session.EnsureRoleAsync(new RoleRequest(member) { Login = true }, CancellationToken.None)).Change);

            PgRoleMember granted = (await session.GrantRolesAsync([name], [member], CancellationToken.None)).Single();
            PgRole read = (await session.GetRolesAsync([member], CancellationToken.None)).Single();
            Assert.Equal((name, member, PgChange.Created), (granted.Role, granted.Member, granted.Change));
            Assert.Equal(member, read.Name);
            Assert.Equal([name], read.MemberOf);
            Assert.False(read.Superuser);
            Assert.Equal(
                1L, await server.ScalarAsync<long>("SELECT count(*) FROM pg_roles WHERE convert_to(rolname, 'UTF8') = $1", Encoding.UTF8.GetBytes(name)));

            Assert.Equal(PgChange.Removed, (await session.RevokeRolesAsync([name], [member], CancellationToken.None)).Single().Change);
            Assert.Equal(name, (await session.DropRoleAsync(name, CancellationToken.None)).Name);
            Assert.Equal(member, (await session.DropRoleAsync(member, CancellationToken.None)).Name);
        }

        Assert.Equal(1L, await server.ScalarAsync<long>("SELECT count(*) FROM pg_roles WHERE rolsuper"));
    }

    [Theory]
    [Server(15)]
    [Server(18)]
    public async Task All_names_are_there_side_by_side(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        await session.EnsureRoleAsync(new RoleRequest("collector"), CancellationToken.None);
        foreach (string name in Names)
        {
            await session.EnsureRoleAsync(new RoleRequest(name), CancellationToken.None);
        }

        await session.GrantRolesAsync(["collector"], Names, CancellationToken.None);
        IReadOnlyList<PgRole> read = await session.GetRolesAsync(Names, CancellationToken.None);
        Assert.Equal(Names.Order(StringComparer.Ordinal), read.Select(role => role.Name).Order(StringComparer.Ordinal));
        Assert.All(read, role => Assert.Equal(["collector"], role.MemberOf));

        foreach (string name in Names.Append("collector"))
        {
            await session.DropRoleAsync(name, CancellationToken.None);
        }
    }

    [Theory]
    [Server(15, "")]
    [Server(15, "nul\0")]
    [Server(15, "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")]
    [Server(15, "éééééééééééééééééééééééééééééééé")]
    public async Task A_name_that_cannot_be_is_refused_everywhere(int version, string name)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        Func<Task>[] places =
        [
            () => session.EnsureRoleAsync(new RoleRequest(name), CancellationToken.None),
            () => session.DropRoleAsync(name, CancellationToken.None),
            () => session.GetRolesAsync([name], CancellationToken.None),
            () => session.GrantRolesAsync([name], ["pg_monitor"], CancellationToken.None),
            () => session.GrantRolesAsync(["pg_monitor"], [name], CancellationToken.None),
            () => session.RevokeRolesAsync([name], ["pg_monitor"], CancellationToken.None),
            () => session.RevokeRolesAsync(["pg_monitor"], [name], CancellationToken.None),
        ];
        foreach (Func<Task> place in places)
        {
            await Expect.ErrorAsync("PgCloud.Role.NameInvalid", PgErrorKind.InvalidArgument, name, place);
        }
    }
}
