// SPDX-License-Identifier: MIT

using PgCloud.Contracts;
using PgCloud.Engine.Tests.Sql.Servers;
using PgCloud.Errors;
using Xunit;

namespace PgCloud.Engine.Tests.Sql.Privileges;

[Collection(ServerTests.Name)]
public sealed class DefaultPrivilegeTests(ServerPool servers)
{
    [Theory]
    [Server(14)]
    [Server(15)]
    [Server(16)]
    [Server(17)]
    [Server(18)]
    public async Task Objects_that_an_owner_makes_later_have_them(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using PrivilegeSetting setting = await PrivilegeSetting.CreateAsync(server, "future");
        foreach ((PgObjectType type, string? schema) in new (PgObjectType, string?)[]
        {
            (PgObjectType.Table, "app"), (PgObjectType.Table, null), (PgObjectType.Sequence, "app"), (PgObjectType.Routine, null),
            (PgObjectType.Type, "app"), (PgObjectType.Schema, null), (PgObjectType.LargeObject, null),
        })
        {
            PrivilegeRequest request = Future(setting, type, schema, "ALL");
            if (type == PgObjectType.LargeObject && version < 18)
            {
                await Expect.ErrorAsync(
                    "PgCloud.Privilege.VersionTooOld", PgErrorKind.NotSupported, "Default privileges for large objects", () => setting.GrantAsync(request));
                continue;
            }

            IReadOnlyList<PgPrivilege> granted = await setting.GrantAsync(request);
            Assert.All(granted, privilege =>
            {
                Assert.Equal((PgChange.Created, true, null, schema), (privilege.Change, privilege.IsDefault, privilege.Name, privilege.Schema));
                Assert.Equal(setting.Owner, privilege.Owner);
            });
            string before = await setting.CatalogAsync();
            Assert.All(await setting.GrantAsync(request), privilege => Assert.Equal(PgChange.Unchanged, privilege.Change));
            Assert.Equal(before, await setting.CatalogAsync());
        }

        await setting.AsOwnerAsync("CREATE TABLE app.later (n int); CREATE SCHEMA more; CREATE TABLE more.later (n int)");
        Assert.True(await setting.HasAsync("table", setting.Reader, "app.later", "DELETE"));
        Assert.True(await setting.HasAsync("table", setting.Reader, "more.later", "DELETE"));
        Assert.True(await setting.HasAsync("schema", setting.Reader, "more", "CREATE"));

        PrivilegeRequest everywhere = Future(setting, PgObjectType.Table, null, "ALL");
        Assert.All(await setting.RevokeAsync(everywhere), privilege => Assert.Equal(PgChange.Removed, privilege.Change));
        Assert.All(await setting.RevokeAsync(everywhere), privilege => Assert.Equal(PgChange.Unchanged, privilege.Change));
        await setting.AsOwnerAsync("CREATE TABLE more.last (n int)");
        Assert.False(await setting.HasAsync("table", setting.Reader, "more.last", "SELECT"));
    }

    [Theory]
    [Server(14)]
    [Server(18)]
    public async Task What_is_built_in_can_be_revoked_beforehand(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using PrivilegeSetting setting = await PrivilegeSetting.CreateAsync(server, "builtin");
        PrivilegeRequest execute = Future(setting, PgObjectType.Function, null, "EXECUTE") with { Grantee = ["public"] };

        Assert.Equal(PgChange.Unchanged, Assert.Single(await setting.GrantAsync(execute)).Change);
        Assert.Equal(PgChange.Removed, Assert.Single(await setting.RevokeAsync(execute)).Change);
        Assert.Equal(PgChange.Unchanged, Assert.Single(await setting.RevokeAsync(execute)).Change);
        await setting.AsOwnerAsync("CREATE FUNCTION app.f() RETURNS int LANGUAGE sql AS 'SELECT 1'");
        Assert.False(await setting.HasAsync("function", setting.Reader, "app.f()", "EXECUTE"));

        // Granted again there is no entry left, since that is what is built in.
        Assert.Equal(PgChange.Created, Assert.Single(await setting.GrantAsync(execute)).Change);
        Assert.Equal(0L, await setting.ScalarAsync<long>("SELECT count(*) FROM pg_default_acl"));
    }

    [Theory]
    [Server(14)]
    [Server(18)]
    public async Task The_statement_names_the_owner_and_the_schema_and_the_owner_is_borrowed(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using PrivilegeSetting setting = await PrivilegeSetting.CreateAsync(server, "wording");
        IReadOnlyList<string> plan = await setting.PlanAsync(
            Future(setting, PgObjectType.Table, "app", "SELECT", "INSERT") with { WithGrantOption = true });

        Assert.Equal(3, plan.Count);
        Assert.Equal(
            $"ALTER DEFAULT PRIVILEGES FOR ROLE \"{setting.Owner}\" IN SCHEMA \"app\" GRANT SELECT, INSERT ON TABLES TO \"{setting.Reader}\" WITH GRANT OPTION",
            plan[1]);
        await Expect.ErrorAsync("PgCloud.Role.NotFound", PgErrorKind.NotFound, "nobody", () =>
            setting.GrantAsync(Future(setting, PgObjectType.Table, null, "SELECT") with { Owner = ["nobody"] }));
        await Expect.ErrorAsync("PgCloud.Privilege.NotGranted", PgErrorKind.PermissionDenied, "future tables of \"postgres\"", () =>
            setting.GrantAsync(Future(setting, PgObjectType.Table, null, "SELECT") with { Owner = ["postgres"] }));
    }

    private static PrivilegeRequest Future(PrivilegeSetting setting, PgObjectType type, string? schema, params string[] privileges) => new()
    {
        Objects = new ObjectRequest(type) { Schema = schema is null ? [] : [schema] },
        Privilege = privileges,
        Grantee = [setting.Reader],
        Default = true,
        Owner = [setting.Owner],
    };
}
