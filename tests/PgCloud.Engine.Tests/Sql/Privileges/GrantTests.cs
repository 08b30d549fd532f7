// SPDX-License-Identifier: MIT

using PgCloud.Contracts;
using PgCloud.Engine.Tests.Sql.Servers;
using PgCloud.Errors;
using Xunit;

namespace PgCloud.Engine.Tests.Sql.Privileges;

[Collection(ServerTests.Name)]
public sealed class GrantTests(ServerPool servers)
{
    /// <summary>What GRANT knows, and how to make one of it in the schema app.</summary>
    private static IEnumerable<(PgObjectType Type, string Make, string? Name, string Privilege, string Sql)> Kinds =>
    [
        (PgObjectType.Table, "CREATE TABLE app.t1 (a int, b text)", "t1", "INSERT", "has_table_privilege('{0}', 'app.t1', 'INSERT')"),
        (PgObjectType.View, "CREATE VIEW app.v1 AS SELECT 1 AS n", "v1", "SELECT", "has_table_privilege('{0}', 'app.v1', 'SELECT')"),
        (PgObjectType.MaterializedView, "CREATE MATERIALIZED VIEW app.m1 AS SELECT 1 AS n", "m1", "SELECT", "has_table_privilege('{0}', 'app.m1', 'SELECT')"),
        (PgObjectType.Sequence, "CREATE SEQUENCE app.s1", "s1", "USAGE", "has_sequence_privilege('{0}', 'app.s1', 'USAGE')"),
        (PgObjectType.Type, "CREATE TYPE app.e1 AS ENUM ('x'); REVOKE ALL ON TYPE app.e1 FROM PUBLIC", "e1", "USAGE", "has_type_privilege('{0}', 'app.e1', 'USAGE')"),
        (PgObjectType.Domain, "CREATE DOMAIN app.d1 AS int; REVOKE ALL ON DOMAIN app.d1 FROM PUBLIC", "d1", "USAGE", "has_type_privilege('{0}', 'app.d1', 'USAGE')"),
        (PgObjectType.Function, "CREATE FUNCTION app.f1(int, text) RETURNS int LANGUAGE sql AS 'SELECT 1'; REVOKE ALL ON FUNCTION app.f1 FROM PUBLIC", "f1", "EXECUTE", "has_function_privilege('{0}', 'app.f1(int,text)', 'EXECUTE')"),
        (PgObjectType.Procedure, "CREATE PROCEDURE app.p1(int) LANGUAGE sql AS 'SELECT 1'; REVOKE ALL ON PROCEDURE app.p1 FROM PUBLIC", "p1(integer)", "EXECUTE", "has_function_privilege('{0}', 'app.p1(int)', 'EXECUTE')"),
        (PgObjectType.Schema, "SELECT 1", "app", "USAGE", "has_schema_privilege('{0}', 'app', 'USAGE')"),
        (PgObjectType.Database, "SELECT 1", null, "CREATE", "has_database_privilege('{0}', current_database(), 'CREATE')"),
        (PgObjectType.LargeObject, "SELECT lo_create(4711)", "4711", "UPDATE", "EXISTS (SELECT FROM pg_largeobject_metadata, aclexplode(lomacl) WHERE oid = 4711 AND grantee = '{0}'::regrole)"),
    ];

    [Theory]
    [Server(14)]
    [Server(15)]
    [Server(16)]
    [Server(17)]
    [Server(18)]
    public async Task The_admin_grants_and_revokes_on_every_kind_of_object_of_an_owner_it_made(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using PrivilegeSetting setting = await PrivilegeSetting.CreateAsync(server, "kinds");
        foreach ((PgObjectType type, string make, string? name, string privilege, string check) in Kinds)
        {
            await setting.AsOwnerAsync(make);
            PrivilegeRequest request = setting.On(type, name, privilege);
            string has = $"SELECT {check.Replace("{0}", setting.Reader, StringComparison.Ordinal)}";
            Assert.False(await setting.ScalarAsync<bool>(has), $"{type} before");

            PgPrivilege granted = Assert.Single(await setting.GrantAsync(request));
            Assert.Equal((type, privilege, setting.Reader, setting.Owner, PgChange.Created), (granted.ObjectType, granted.Privilege, granted.Grantee, granted.Owner, granted.Change));
            Assert.True(await setting.ScalarAsync<bool>(has), $"{type} granted");

            string before = await setting.CatalogAsync();
            Assert.Equal(PgChange.Unchanged, Assert.Single(await setting.GrantAsync(request)).Change);
            Assert.Equal(before, await setting.CatalogAsync());

            Assert.Equal(PgChange.Removed, Assert.Single(await setting.RevokeAsync(request)).Change);
            Assert.False(await setting.ScalarAsync<bool>(has), $"{type} revoked");
            before = await setting.CatalogAsync();
            Assert.Equal(PgChange.Unchanged, Assert.Single(await setting.RevokeAsync(request)).Change);
            Assert.Equal(before, await setting.CatalogAsync());
        }

        // The owner was borrowed, and given back.
        Assert.Equal(
            version < 16 ? 0 : 1,
            await server.ScalarAsync<long>($"SELECT count(*) FROM pg_auth_members WHERE roleid = '{setting.Owner}'::regrole AND NOT pg_has_role('ops', roleid, 'USAGE')")
            );
    }

    [Theory]
    [Server(14)]
    [Server(15)]
    [Server(18)]
    public async Task A_superuser_grants_on_what_belongs_to_the_server(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using PrivilegeSetting setting = await PrivilegeSetting.CreateAsync(server, "server", TestServer.Superuser);
        await setting.ExecuteAsync(
            """
            CREATE FOREIGN DATA WRAPPER "w 1"; CREATE SERVER "s.1" FOREIGN DATA WRAPPER "w 1"; CREATE FOREIGN TABLE app.ft (n int) SERVER "s.1";
            CREATE TRUSTED LANGUAGE "L1" HANDLER plpgsql_call_handler
            """);
        (PgObjectType, string, string)[] kinds =
        [
            (PgObjectType.Language, "L1", "USAGE"), (PgObjectType.ForeignDataWrapper, "w 1", "USAGE"), (PgObjectType.ForeignServer, "s.1", "USAGE"),
            (PgObjectType.Tablespace, "pg_default", "CREATE"), (PgObjectType.ForeignTable, "ft", "SELECT"), (PgObjectType.Parameter, "Work_Mem", "SET"),
            (PgObjectType.Parameter, "my.own", "ALTER SYSTEM"),
        ];
        foreach ((PgObjectType type, string name, string privilege) in kinds)
        {
            PrivilegeRequest request = setting.On(type, name, privilege);
            if (version < 15 && type == PgObjectType.Parameter)
            {
                await Expect.ErrorAsync(
                    "PgCloud.Privilege.VersionTooOld", PgErrorKind.NotSupported, "Privileges on parameters", () => setting.GrantAsync(request));
                continue;
            }

            Assert.Equal(PgChange.Created, Assert.Single(await setting.GrantAsync(request)).Change);
            Assert.Equal(PgChange.Unchanged, Assert.Single(await setting.GrantAsync(request)).Change);
            Assert.Empty(await setting.PlanAsync(request));
            Assert.Equal(PgChange.Removed, Assert.Single(await setting.RevokeAsync(request)).Change);
            Assert.Equal(PgChange.Unchanged, Assert.Single(await setting.RevokeAsync(request)).Change);
        }
    }

    [Theory]
    [Server(14)]
    [Server(16)]
    [Server(17)]
    public async Task All_means_what_it_means_on_the_server_and_is_unchanged_the_second_time(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using PrivilegeSetting setting = await PrivilegeSetting.CreateAsync(server, "all");
        await setting.AsOwnerAsync("CREATE TABLE app.t1 (a int, b text)");
        PrivilegeRequest all = setting.On(PgObjectType.Table, "t1", "all");

        IReadOnlyList<PgPrivilege> granted = await setting.GrantAsync(all);
        Assert.Equal(version >= 17, granted.Any(privilege => privilege.Privilege == "MAINTAIN"));
        Assert.Equal(version >= 17 ? 8 : 7, granted.Count);
        Assert.All(await setting.GrantAsync(all), privilege => Assert.Equal(PgChange.Unchanged, privilege.Change));

        PrivilegeRequest maintain = setting.On(PgObjectType.Table, "t1", "MAINTAIN");
        if (version < 17)
        {
            await Expect.ErrorAsync("PgCloud.Privilege.VersionTooOld", PgErrorKind.NotSupported, "MAINTAIN", () => setting.GrantAsync(maintain));
        }

        // Drift: one of them is gone, and only that one is granted again.
        await setting.AsOwnerAsync($"REVOKE UPDATE, TRIGGER ON app.t1 FROM \"{setting.Reader}\"");
        Assert.Contains($"GRANT UPDATE, TRIGGER ON TABLE \"app\".\"t1\" TO \"{setting.Reader}\"", await setting.PlanAsync(all));
        Assert.Equal(2, (await setting.GrantAsync(all)).Count(privilege => privilege.Change == PgChange.Created));
        Assert.All(await setting.RevokeAsync(all), privilege => Assert.Equal(PgChange.Removed, privilege.Change));
    }

    [Theory]
    [Server(14)]
    [Server(18)]
    public async Task Columns_are_granted_and_revoked_and_go_with_a_revoke_on_the_table(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using PrivilegeSetting setting = await PrivilegeSetting.CreateAsync(server, "columns");
        await setting.AsOwnerAsync("CREATE TABLE app.t1 (\"a b\" int, c text, d int)");
        PrivilegeRequest request = setting.On(PgObjectType.Table, "t1", "SELECT", "UPDATE");
        request = request with { Objects = request.Objects! with { Column = ["a b", "c"] } };

        Assert.Contains(
            $"GRANT SELECT (\"a b\", \"c\"), UPDATE (\"a b\", \"c\") ON TABLE \"app\".\"t1\" TO \"{setting.Reader}\"", await setting.PlanAsync(request));
        IReadOnlyList<PgPrivilege> granted = await setting.GrantAsync(request);
        Assert.Equal(4, granted.Count);
        Assert.All(granted, privilege => Assert.Equal((PgObjectType.Column, "t1"), (privilege.ObjectType, privilege.Name)));
        Assert.All(await setting.GrantAsync(request), privilege => Assert.Equal(PgChange.Unchanged, privilege.Change));
        Assert.True(await setting.ScalarAsync<bool>($"SELECT has_column_privilege('{setting.Reader}', 'app.t1', 'a b', 'UPDATE')"));

        IReadOnlyList<PgPrivilege> revoked = await setting.RevokeAsync(setting.On(PgObjectType.Table, "t1", "UPDATE"));
        Assert.Equal(PgChange.Removed, Assert.Single(revoked).Change);
        Assert.False(await setting.ScalarAsync<bool>($"SELECT has_any_column_privilege('{setting.Reader}', 'app.t1', 'UPDATE')"));
        Assert.Equal(2, (await setting.RevokeAsync(request)).Count(privilege => privilege.Change == PgChange.Removed));
        Assert.Equal(0L, await setting.ScalarAsync<long>("SELECT count(*) FROM pg_attribute WHERE attacl IS NOT NULL AND attrelid = 'app.t1'::regclass"));
    }

    [Theory]
    [Server(14)]
    [Server(18)]
    public async Task Routines_are_found_by_what_the_server_writes_of_them(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using PrivilegeSetting setting = await PrivilegeSetting.CreateAsync(server, "routines");
        await setting.AsOwnerAsync(
            """
            CREATE FUNCTION app.add(a int, b int) RETURNS int LANGUAGE sql AS 'SELECT 1';
            CREATE FUNCTION app.add(a text) RETURNS int LANGUAGE sql AS 'SELECT 1';
            CREATE FUNCTION app."odd (x)"() RETURNS int LANGUAGE sql AS 'SELECT 1';
            CREATE AGGREGATE app.total(int) (SFUNC = int4pl, STYPE = int);
            CREATE TYPE app."My Type" AS (n int);
            CREATE FUNCTION app.typed(VARIADIC x app."My Type"[]) RETURNS int LANGUAGE sql AS 'SELECT 1';
            CREATE PROCEDURE app.go() LANGUAGE sql AS 'SELECT 1'
            """);
        (PgObjectType, string, string)[] good =
        [
            (PgObjectType.Function, "add(integer, integer)", "add(integer, integer)"), (PgObjectType.Function, "add(integer,integer)", "add(integer, integer)"),
            (PgObjectType.Function, "add(a text)", "add(text)"), (PgObjectType.Routine, "odd (x)", "odd (x)()"), (PgObjectType.Function, "total", "total(integer)"),
            (PgObjectType.Routine, "go()", "go()"), (PgObjectType.Function, "typed", "typed(app.\"My Type\"[])"),
        ];
        foreach ((PgObjectType type, string name, string full) in good)
        {
            PgPrivilege granted = Assert.Single(await setting.GrantAsync(setting.On(type, name, "EXECUTE")));
            Assert.Equal(full, granted.Name);
            Assert.Equal(PgChange.Unchanged, Assert.Single(await setting.GrantAsync(setting.On(type, full, "EXECUTE"))).Change);
        }

        PgCloudException ambiguous = await Expect.ErrorAsync(
            "PgCloud.Privilege.Ambiguous", PgErrorKind.InvalidArgument, "add", () => setting.GrantAsync(setting.On(PgObjectType.Function, "add", "EXECUTE")));
        Assert.Contains("add(integer, integer); add(text)", ambiguous.Message, StringComparison.Ordinal);
        PgCloudException missing = await Expect.ErrorAsync(
            "PgCloud.Privilege.ObjectNotFound", PgErrorKind.NotFound, "add(int)", () => setting.GrantAsync(setting.On(PgObjectType.Function, "add(int)", "EXECUTE")));
        Assert.Contains("add(text)", missing.RecommendedAction, StringComparison.Ordinal);
        await Expect.ErrorAsync(
            "PgCloud.Privilege.ObjectNotFound", PgErrorKind.NotFound, "go", () => setting.GrantAsync(setting.On(PgObjectType.Function, "go", "EXECUTE")));
    }

    [Theory]
    [Server(14)]
    [Server(18)]
    public async Task Everybody_is_public_and_a_role_may_be_named_like_it(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using PrivilegeSetting setting = await PrivilegeSetting.CreateAsync(server, "public");
        await setting.AsOwnerAsync("CREATE TABLE app.t1 (n int)");
        PrivilegeRequest request = setting.On(PgObjectType.Table, "t1", "SELECT") with { Grantee = ["PUBLIC"] };

        PgPrivilege granted = Assert.Single(await setting.GrantAsync(request));
        Assert.True(granted.IsPublic);
        Assert.Equal(PgChange.Unchanged, Assert.Single(await setting.GrantAsync(request with { Grantee = ["public"] })).Change);
        await Expect.ErrorAsync(
            "PgCloud.Privilege.GrantOptionToPublic", PgErrorKind.InvalidArgument, "public", () => setting.GrantAsync(request with { WithGrantOption = true }));
        await Expect.ErrorAsync("PgCloud.Role.NotFound", PgErrorKind.NotFound, "Public", () => setting.GrantAsync(request with { Grantee = ["Public"] }));

        await server.ExecuteAsync("CREATE ROLE \"PUBLIC\"");
        try
        {
            await Expect.ErrorAsync("PgCloud.Privilege.GranteeAmbiguous", PgErrorKind.InvalidArgument, "PUBLIC", () => setting.GrantAsync(request));
            PgPrivilege role = Assert.Single(await setting.GrantAsync(request with { IsPublic = false }));
            Assert.Equal((false, "PUBLIC", PgChange.Created), (role.IsPublic, role.Grantee, role.Change));
            Assert.Equal(PgChange.Removed, Assert.Single(await setting.RevokeAsync(request with { IsPublic = true })).Change);
            Assert.Equal(1L, await setting.ScalarAsync<long>("SELECT count(*) FROM pg_class, aclexplode(relacl) WHERE relname = 't1' AND grantee = '\"PUBLIC\"'::regrole"));
        }
        finally
        {
            await setting.ExecuteAsync("DROP OWNED BY \"PUBLIC\"; DROP ROLE \"PUBLIC\"");
        }
    }

    [Theory]
    [Server(14)]
    [Server(15)]
    [Server(16)]
    [Server(18)]
    public async Task What_the_server_would_only_warn_about_is_an_error_and_nothing_is_half_done(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using PrivilegeSetting setting = await PrivilegeSetting.CreateAsync(server, "warn");
        await setting.ExecuteAsync("CREATE TABLE app.theirs (n int); GRANT SELECT ON app.theirs TO ops WITH GRANT OPTION");
        await setting.AsOwnerAsync("CREATE TABLE app.ours (n int)");
        string before = await setting.CatalogAsync();

        PrivilegeRequest request = setting.On(PgObjectType.Table, "theirs", "SELECT", "INSERT");
        PgCloudException error = await Expect.ErrorAsync("PgCloud.Privilege.NotGranted", PgErrorKind.PermissionDenied, "app.theirs", () => setting.GrantAsync(
            request with { Objects = request.Objects! with { Name = ["ours", "theirs"] } }));
        Assert.Contains("INSERT", error.Message, StringComparison.Ordinal);
        Assert.Contains("postgres", error.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(before, await setting.CatalogAsync());

        // What may be granted by grant option is.
        Assert.Equal(PgChange.Created, Assert.Single(await setting.GrantAsync(setting.On(PgObjectType.Table, "theirs", "SELECT"))).Change);
        Assert.Equal(PgChange.Removed, Assert.Single(await setting.RevokeAsync(setting.On(PgObjectType.Table, "theirs", "SELECT"))).Change);
        await setting.ExecuteAsync($"GRANT SELECT ON app.theirs TO \"{setting.Reader}\"");
        await Expect.ErrorAsync("PgCloud.Privilege.NotGranted", PgErrorKind.PermissionDenied, "app.theirs", () =>
            setting.RevokeAsync(setting.On(PgObjectType.Table, "theirs", "SELECT")));
    }

    [Theory]
    [Server(14)]
    [Server(16)]
    [Server(18)]
    public async Task Grants_of_several_grantors_are_all_revoked_the_furthest_first(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using PrivilegeSetting setting = await PrivilegeSetting.CreateAsync(server, "chain");
        await setting.AsOwnerAsync($"CREATE TABLE app.t1 (n int); GRANT USAGE ON SCHEMA app TO PUBLIC; GRANT SELECT ON app.t1 TO \"{setting.Other}\" WITH GRANT OPTION");
        await setting.ExecuteAsync($"SET ROLE \"{setting.Other}\"; GRANT SELECT ON app.t1 TO \"{setting.Reader}\"");
        PrivilegeRequest other = setting.On(PgObjectType.Table, "t1", "SELECT") with { Grantee = [setting.Other] };

        PgCloudException error = await Expect.ErrorAsync(
            "PgCloud.Privilege.HasDependents", PgErrorKind.InvalidState, server.Target(database: setting.Database).ToString(), () => setting.RevokeAsync(other));
        Assert.Contains("Cascade", error.RecommendedAction, StringComparison.Ordinal);

        IReadOnlyList<PgPrivilege> both = await setting.RevokeAsync(other with { Grantee = [setting.Other, setting.Reader] });
        Assert.All(both, privilege => Assert.Equal(PgChange.Removed, privilege.Change));

        await setting.AsOwnerAsync($"GRANT SELECT ON app.t1 TO \"{setting.Other}\" WITH GRANT OPTION");
        await setting.ExecuteAsync($"SET ROLE \"{setting.Other}\"; GRANT SELECT ON app.t1 TO \"{setting.Reader}\"");
        await Expect.ErrorAsync("PgCloud.Privilege.HasDependents", PgErrorKind.InvalidState, server.Target(database: setting.Database).ToString(), () =>
            setting.RevokeAsync(other with { GrantOptionOnly = true }));
        Assert.Equal(PgChange.Updated, Assert.Single(await setting.RevokeAsync(other with { GrantOptionOnly = true, Cascade = true })).Change);
        Assert.False(await setting.HasAsync("table", setting.Reader, "app.t1", "SELECT"));
        Assert.True(await setting.HasAsync("table", setting.Other, "app.t1", "SELECT"));
        Assert.Equal(PgChange.Updated, Assert.Single(await setting.GrantAsync(other with { WithGrantOption = true })).Change);
    }

    [Theory]
    [Server(15)]
    [Server(18)]
    public async Task The_schema_public_is_granted_on_by_the_owner_of_the_database(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using PrivilegeSetting setting = await PrivilegeSetting.CreateAsync(server, "dbowner");
        Assert.Equal(PgChange.Created, Assert.Single(await setting.GrantAsync(setting.On(PgObjectType.Schema, "public", "CREATE"))).Change);
        Assert.Equal(PgChange.Removed, Assert.Single(await setting.RevokeAsync(setting.On(PgObjectType.Schema, "public", "CREATE"))).Change);
    }

    [Theory]
    [Server(14)]
    [Server(18)]
    public async Task All_of_a_schema_is_one_statement_where_nothing_is_there_yet(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using PrivilegeSetting setting = await PrivilegeSetting.CreateAsync(server, "inschema");
        await setting.AsOwnerAsync("CREATE TABLE app.t1 (n int); CREATE TABLE app.t2 (n int); CREATE VIEW app.v1 AS SELECT 1; CREATE SEQUENCE app.s1");
        PrivilegeRequest all = setting.On(PgObjectType.Table, null, "SELECT");
        all = all with { Objects = all.Objects! with { All = true } };

        Assert.Contains($"GRANT SELECT ON ALL TABLES IN SCHEMA \"app\" TO \"{setting.Reader}\"", await setting.PlanAsync(all));
        IReadOnlyList<PgPrivilege> granted = await setting.GrantAsync(all);
        Assert.Equal([PgObjectType.Table, PgObjectType.Table, PgObjectType.View], granted.Select(privilege => privilege.ObjectType));

        await setting.AsOwnerAsync("CREATE TABLE app.t3 (n int)");
        Assert.Contains($"GRANT SELECT ON TABLE \"app\".\"t3\" TO \"{setting.Reader}\"", await setting.PlanAsync(all));
        Assert.Single(await setting.GrantAsync(all), privilege => privilege.Change == PgChange.Created);
        string before = await setting.CatalogAsync();
        await setting.GrantAsync(all);
        Assert.Equal(before, await setting.CatalogAsync());
        Assert.Equal(4, (await setting.RevokeAsync(all)).Count(privilege => privilege.Change == PgChange.Removed));
    }

    [Theory]
    [Server(16)]
    public async Task What_cannot_be_is_refused_before_anything_is_written(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using PrivilegeSetting setting = await PrivilegeSetting.CreateAsync(server, "refuse");
        await setting.AsOwnerAsync("CREATE TABLE app.t1 (n int)");
        PrivilegeRequest table = setting.On(PgObjectType.Table, "t1", "SELECT");
        (string Id, PrivilegeRequest Request)[] bad =
        [
            ("NotApplicable", table with { Privilege = ["EXECUTE"] }),
            ("NotApplicable", table with { Privilege = ["SELECT; DROP TABLE app.t1"] }),
            ("ArgumentInvalid", table with { Privilege = [] }),
            ("ArgumentInvalid", table with { Grantee = [] }),
            ("ArgumentInvalid", table with { Objects = new ObjectRequest(PgObjectType.Table) { Name = ["t1"] } }),
            ("ArgumentInvalid", table with { Objects = new ObjectRequest(PgObjectType.Table) { Schema = ["app"] } }),
            ("ArgumentInvalid", table with { Objects = table.Objects! with { All = true } }),
            ("ArgumentInvalid", table with { Default = true, Owner = [setting.Owner] }),
            ("ArgumentInvalid", table with { Objects = new ObjectRequest(PgObjectType.Table), Default = true }),
            ("ArgumentInvalid", setting.On(PgObjectType.Language, null, "USAGE") with { Owner = [setting.Owner], Default = true }),
            ("VersionTooOld", setting.On(PgObjectType.LargeObject, null, "SELECT") with { Owner = [setting.Owner], Default = true }),
            ("NameInvalid", setting.On(PgObjectType.LargeObject, "1; SELECT 1", "SELECT")),
            ("NameInvalid", setting.On(PgObjectType.Table, new string('x', 64), "SELECT")),
            ("NameInvalid", setting.On(PgObjectType.Table, "nul\0", "SELECT")),
            ("ObjectNotFound", setting.On(PgObjectType.Table, "T1", "SELECT")),
            ("ObjectNotFound", table with { Objects = table.Objects with { Schema = ["App"] } }),
            ("ObjectNotFound", table with { Objects = table.Objects with { Column = ["N"] } }),
            ("ObjectNotFound", setting.On(PgObjectType.LargeObject, "99", "SELECT")),
            ("ObjectNotFound", setting.On(PgObjectType.Parameter, "no_such", "SET")),
        ];
        string before = await setting.CatalogAsync();
        foreach ((string id, PrivilegeRequest request) in bad)
        {
            PgCloudException error = await Assert.ThrowsAsync<PgCloudException>(() => setting.GrantAsync(request));
            Assert.Equal($"PgCloud.Privilege.{id}", error.ErrorId);
            Assert.Equal(error.ErrorId, (await Assert.ThrowsAsync<PgCloudException>(() => setting.RevokeAsync(request))).ErrorId);
        }

        Assert.Equal(before, await setting.CatalogAsync());

        // Beside good ones they are set aside.
        ChangeOutcome<PgPrivilege> outcome = (await setting.Changes.GrantAsync(
            [.. bad.Select(b => b.Request), table], Approved.Beforehand, CancellationToken.None))!;
        Assert.Equal(bad.Length, outcome.Failures.Count);
        Assert.Equal(PgChange.Created, Assert.Single(outcome.Results).Change);
    }
}
