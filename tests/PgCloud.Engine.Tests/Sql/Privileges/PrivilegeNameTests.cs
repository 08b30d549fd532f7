// SPDX-License-Identifier: MIT

using FsCheck.Fluent;
using PgCloud.Contracts;
using PgCloud.Engine.Tests.Sql.Servers;
using Xunit;

namespace PgCloud.Engine.Tests.Sql.Privileges;

[Collection(ServerTests.Name)]
public sealed class PrivilegeNameTests(ServerPool servers)
{
    private static readonly string[] Names =
    [
        "with \"quotes\"", "it's", "with space ", " ", "dots.and.more", "UpperCase", "emoji 😀", "back\\slash", "tab\tand\nnewline", "-- comment",
        "/* c */", "$1", "@name :name", "$$d$$", "semi;colon", "\"; DROP SCHEMA app; --", "user", "current_user", "ALL", "NULL", "f(integer)", "f()",
        "e\u0301", "\u00e9", "x, y", "TABLES IN SCHEMA app", string.Concat(Enumerable.Repeat("語", 21)),
    ];

    [Theory]
    [Server(14)]
    [Server(18)]
    public async Task Every_name_in_every_place_is_only_a_name(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using PrivilegeSetting setting = await PrivilegeSetting.CreateAsync(server, "names");
        foreach (string name in Names)
        {
            await RoundTripAsync(setting, name);
        }
    }

    [Theory]
    [Server(16)]
    public async Task Arbitrary_unicode_names_survive(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using PrivilegeSetting setting = await PrivilegeSetting.CreateAsync(server, "arbitrary");
        foreach (string name in ArbMap.Default.GeneratorFor<string>().Where(IsName).Sample(40, 60).Distinct(StringComparer.Ordinal))
        {
            await RoundTripAsync(setting, name);
        }
    }

    private static bool IsName(string? text) =>
        text is { Length: > 0 } && !text.StartsWith("pg_", StringComparison.Ordinal) && text is not ("public" or "none") && PgNames.FlawOf(text) is null;

    private static async Task RoundTripAsync(PrivilegeSetting setting, string name)
    {
        string quoted = PgNames.Quote(name);
        await setting.Session.EnsureRoleAsync(new RoleRequest(name), CancellationToken.None);
        await setting.AsOwnerAsync(
            $"CREATE SCHEMA {quoted}; CREATE TABLE {quoted}.{quoted} ({quoted} int); CREATE FUNCTION {quoted}.{quoted}({quoted} {quoted}.{quoted}) RETURNS int LANGUAGE sql AS 'SELECT 1'");
        ObjectRequest table = new(PgObjectType.Table) { Schema = [name], Name = [name] };
        (ObjectRequest Objects, string Privilege)[] places =
        [
            (table, "DELETE"), (table with { Column = [name] }, "SELECT"), (new ObjectRequest(PgObjectType.Schema) { Name = [name] }, "CREATE"),
            (new ObjectRequest(PgObjectType.Function) { Schema = [name], Name = [name] }, "EXECUTE"),
        ];
        foreach ((ObjectRequest objects, string privilege) in places)
        {
            var request = new PrivilegeRequest { Objects = objects, Privilege = [privilege], Grantee = [name] };
            PgPrivilege granted = Assert.Single(await setting.GrantAsync(request));
            Assert.Equal((name, PgChange.Created), (granted.Grantee, granted.Change));
            Assert.Equal(objects.Schema.Count == 0 ? null : name, granted.Schema);

            // What was told names the object again.
            var told = new PrivilegeRequest
            {
                Objects = new ObjectRequest(granted.ObjectType)
                {
                    Schema = granted.Schema is null ? [] : [granted.Schema],
                    Name = [granted.Name!],
                    Column = granted.Column is null ? [] : [granted.Column],
                },
                Privilege = [granted.Privilege],
                Grantee = [granted.Grantee],
            };
            Assert.Equal(PgChange.Unchanged, Assert.Single(await setting.GrantAsync(told)).Change);
            Assert.Equal(PgChange.Removed, Assert.Single(await setting.RevokeAsync(told)).Change);
        }

        var future = new PrivilegeRequest
        {
            Objects = new ObjectRequest(PgObjectType.Table) { Schema = [name] },
            Privilege = ["SELECT"],
            Grantee = [name],
            Owner = [setting.Owner],
            Default = true,
        };
        Assert.Equal(PgChange.Created, Assert.Single(await setting.GrantAsync(future)).Change);
        Assert.Equal(PgChange.Removed, Assert.Single(await setting.RevokeAsync(future)).Change);
        await setting.ExecuteAsync($"GRANT CREATE ON SCHEMA {quoted} TO {quoted}");
        Assert.Equal(name, Assert.Single(await setting.OwnAsync(table, name)).Owner);
        await setting.ExecuteAsync($"DROP SCHEMA {quoted} CASCADE; DROP ROLE {quoted}");
    }
}
