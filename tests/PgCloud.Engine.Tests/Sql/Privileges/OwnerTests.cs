// SPDX-License-Identifier: MIT

using PgCloud.Contracts;
using PgCloud.Engine.Tests.Sql.Servers;
using PgCloud.Errors;
using Xunit;

namespace PgCloud.Engine.Tests.Sql.Privileges;

[Collection(ServerTests.Name)]
public sealed class OwnerTests(ServerPool servers)
{
    [Theory]
    [Server(14)]
    [Server(15)]
    [Server(16)]
    [Server(17)]
    [Server(18)]
    public async Task Objects_go_from_one_role_of_the_admins_to_another(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using PrivilegeSetting setting = await PrivilegeSetting.CreateAsync(server, "owner");
        await setting.AsOwnerAsync(
            $"""
            GRANT CREATE ON SCHEMA app TO "{setting.Other}"; GRANT CREATE ON DATABASE "{setting.Database}" TO ops;
            CREATE TABLE app."T 1" (id serial); CREATE VIEW app.v1 AS SELECT 1; CREATE MATERIALIZED VIEW app.m1 AS SELECT 1; CREATE SEQUENCE app.s1;
            CREATE FUNCTION app.f1(int) RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE PROCEDURE app.p1() LANGUAGE sql AS 'SELECT 1';
            CREATE AGGREGATE app.a1(int) (SFUNC = int4pl, STYPE = int);
            CREATE TYPE app.e1 AS ENUM (); CREATE DOMAIN app.d1 AS int; SELECT lo_create(4712)
            """);
        (PgObjectType Type, string? Name)[] objects =
        [
            (PgObjectType.Table, "T 1"), (PgObjectType.View, "v1"), (PgObjectType.MaterializedView, "m1"), (PgObjectType.Sequence, "s1"),
            (PgObjectType.Function, "f1(integer)"), (PgObjectType.Routine, "p1"), (PgObjectType.Function, "a1"), (PgObjectType.Type, "e1"),
            (PgObjectType.Domain, "d1"), (PgObjectType.LargeObject, "4712"), (PgObjectType.Schema, "app"), (PgObjectType.Database, null),
        ];
        foreach ((PgObjectType type, string? name) in objects)
        {
            ObjectRequest request = setting.On(type, name, "ALL").Objects!;
            PgObjectOwner owned = Assert.Single(await setting.OwnAsync(request, setting.Other));
            Assert.Equal((setting.Other, setting.Owner, PgChange.Updated), (owned.Owner, owned.PreviousOwner, owned.Change));
            string before = await setting.CatalogAsync();
            Assert.Equal(PgChange.Unchanged, Assert.Single(await setting.OwnAsync(request, setting.Other)).Change);
            Assert.Equal(before, await setting.CatalogAsync());
        }

        Assert.Equal(0L, await setting.ScalarAsync<long>($"SELECT count(*) FROM pg_class WHERE relnamespace = 'app'::regnamespace AND relowner = '{setting.Owner}'::regrole"));
    }

    [Theory]
    [Server(14)]
    [Server(18)]
    public async Task All_of_a_schema_goes_at_once_and_sequences_with_their_tables(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using PrivilegeSetting setting = await PrivilegeSetting.CreateAsync(server, "allowner");
        await setting.AsOwnerAsync($"GRANT CREATE ON SCHEMA app TO \"{setting.Other}\"; CREATE TABLE app.t1 (id serial); CREATE VIEW app.v1 AS SELECT 1; CREATE SEQUENCE app.s1; CREATE TYPE app.c1 AS (n int)");
        foreach (PgObjectType type in new[] { PgObjectType.Table, PgObjectType.Sequence, PgObjectType.Type })
        {
            await setting.OwnAsync(new ObjectRequest(type) { Schema = ["app"], All = true }, setting.Other);
        }

        Assert.Equal(0L, await setting.ScalarAsync<long>($"SELECT count(*) FROM pg_class WHERE relnamespace = 'app'::regnamespace AND relowner = '{setting.Owner}'::regrole"));
    }

    [Theory]
    [Server(14)]
    [Server(16)]
    [Server(18)]
    public async Task What_is_missing_is_named_and_nothing_is_changed(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using PrivilegeSetting setting = await PrivilegeSetting.CreateAsync(server, "notowner");
        await setting.AsOwnerAsync("CREATE TABLE app.t1 (n int)");
        await setting.ExecuteAsync("CREATE TABLE app.theirs (n int)");
        string before = await setting.CatalogAsync();
        ObjectRequest table = setting.On(PgObjectType.Table, "t1", "ALL").Objects!;

        PgCloudException create = await Expect.ErrorAsync(
            "PgCloud.Owner.CannotCreate", PgErrorKind.PermissionDenied, "app.t1", () => setting.OwnAsync(table, setting.Other));
        Assert.Contains("Grant-PgPrivilege CREATE", create.RecommendedAction, StringComparison.Ordinal);
        PgCloudException theirs = await Expect.ErrorAsync(
            "PgCloud.Owner.NotChanged", PgErrorKind.PermissionDenied, "app.theirs", () => setting.OwnAsync(table with { Name = ["theirs"] }, setting.Owner));
        Assert.Contains("postgres", theirs.RecommendedAction, StringComparison.Ordinal);
        await Expect.ErrorAsync("PgCloud.Owner.NotChanged", PgErrorKind.PermissionDenied, "app.t1", () => setting.OwnAsync(table, "postgres"));
        await Expect.ErrorAsync("PgCloud.Role.NotFound", PgErrorKind.NotFound, "nobody", () => setting.OwnAsync(table, "nobody"));
        await Expect.ErrorAsync("PgCloud.Owner.NotApplicable", PgErrorKind.InvalidArgument, PgObjectType.Parameter, () =>
            setting.OwnAsync(new ObjectRequest(PgObjectType.Parameter) { Name = ["work_mem"] }, setting.Owner));
        Assert.Equal(before, await setting.CatalogAsync());
    }

    [Theory]
    [Server(15)]
    [Server(18)]
    public async Task A_superuser_gives_anything_to_anybody(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using PrivilegeSetting setting = await PrivilegeSetting.CreateAsync(server, "superowner", TestServer.Superuser);
        await setting.ExecuteAsync("CREATE FOREIGN DATA WRAPPER \"so w\"; CREATE SERVER \"so s\" FOREIGN DATA WRAPPER \"so w\"; CREATE FOREIGN TABLE app.ft (n int) SERVER \"so s\"; CREATE TRUSTED LANGUAGE \"so l\" HANDLER plpgsql_call_handler");
        foreach ((PgObjectType type, string name) in new[] { (PgObjectType.ForeignTable, "ft"), (PgObjectType.ForeignServer, "so s"), (PgObjectType.Language, "so l") })
        {
            ObjectRequest request = setting.On(type, name, "ALL").Objects!;
            Assert.Equal(PgChange.Updated, Assert.Single(await setting.OwnAsync(request, setting.Other)).Change);
            Assert.Equal(PgChange.Unchanged, Assert.Single(await setting.OwnAsync(request, setting.Other)).Change);
        }
    }
}
