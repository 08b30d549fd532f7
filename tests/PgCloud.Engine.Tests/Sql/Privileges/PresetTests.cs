// SPDX-License-Identifier: MIT

using Npgsql;
using PgCloud.Contracts;
using PgCloud.Engine.Tests.Sql.Servers;
using Xunit;

namespace PgCloud.Engine.Tests.Sql.Privileges;

[Collection(ServerTests.Name)]
public sealed class PresetTests(ServerPool servers)
{
    private const string Objects =
        """
        CREATE TABLE app.t1 (id serial, n int); CREATE TABLE app.t2 (n int); CREATE VIEW app.v1 AS SELECT 1 AS n;
        CREATE MATERIALIZED VIEW app.m1 AS SELECT 1 AS n; CREATE SEQUENCE app.s1;
        CREATE FUNCTION app.f1() RETURNS int LANGUAGE sql AS 'SELECT 1'; REVOKE ALL ON FUNCTION app.f1 FROM PUBLIC;
        CREATE SCHEMA "Other One"; CREATE TABLE "Other One"."T 1" (n int)
        """;

    [Theory]
    [Server(14)]
    [Server(15)]
    [Server(16)]
    [Server(17)]
    [Server(18)]
    public async Task A_reader_of_a_database_reads_all_there_is_and_will_be_and_writes_nothing(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using PrivilegeSetting setting = await PrivilegeSetting.CreateAsync(server, "ro");
        await setting.AsOwnerAsync(Objects);
        if (version < 15)
        {
            // There the schema public is the bootstrap superuser's.
            await setting.ExecuteAsync($"ALTER SCHEMA public OWNER TO \"{setting.Owner}\"");
        }

        await setting.ExecuteAsync($"REVOKE CONNECT ON DATABASE \"{setting.Database}\" FROM PUBLIC");
        PrivilegeRequest preset = Preset(setting, PgPrivilegePreset.ReadOnly);

        Assert.Contains(await setting.GrantAsync(preset), privilege => privilege.Change == PgChange.Created);
        string before = await setting.CatalogAsync();
        Assert.All(await setting.GrantAsync(preset), privilege => Assert.Equal(PgChange.Unchanged, privilege.Change));
        Assert.Equal(before, await setting.CatalogAsync());

        await setting.AsOwnerAsync("CREATE TABLE app.later (n int); CREATE SCHEMA later; CREATE TABLE later.later (n int)");
        await server.ExecuteAsync($"ALTER ROLE \"{setting.Reader}\" PASSWORD '{TestServer.Password}'");
        await using NpgsqlConnection reader = await server.ConnectAsync(setting.Reader, database: setting.Database);
        foreach (string readable in new[] { "app.t1", "app.v1", "app.m1", "app.later", "later.later", "\"Other One\".\"T 1\"", "app.s1" })
        {
            await using var read = new NpgsqlCommand($"SELECT * FROM {readable}", reader);
            await read.ExecuteNonQueryAsync();
        }

        foreach (string forbidden in new[] { "INSERT INTO app.t1 DEFAULT VALUES", "DELETE FROM app.later", "SELECT nextval('app.s1')", "SELECT app.f1()" })
        {
            await using var write = new NpgsqlCommand(forbidden, reader);
            Assert.Equal("42501", (await Assert.ThrowsAsync<PostgresException>(write.ExecuteNonQueryAsync)).SqlState);
        }

        Assert.All((await setting.RevokeAsync(preset)).Where(p => p.Name != "public"), privilege => Assert.Equal(PgChange.Removed, privilege.Change));
        Assert.Equal(0L, await setting.ScalarAsync<long>(
            $"SELECT count(*) FROM pg_shdepend WHERE deptype = 'a' AND refobjid = '{setting.Reader}'::regrole"));
    }

    [Theory]
    [Server(14)]
    [Server(18)]
    public async Task A_writer_of_a_schema_works_with_its_data(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using PrivilegeSetting setting = await PrivilegeSetting.CreateAsync(server, "rw");
        await setting.AsOwnerAsync(Objects);
        PrivilegeRequest preset = Preset(setting, PgPrivilegePreset.ReadWrite) with { PresetSchema = ["app"] };

        await setting.GrantAsync(preset);
        Assert.All(await setting.GrantAsync(preset), privilege => Assert.Equal(PgChange.Unchanged, privilege.Change));
        await setting.AsOwnerAsync("CREATE TABLE app.later (id serial)");

        foreach (string privilege in new[] { "SELECT", "INSERT", "UPDATE", "DELETE" })
        {
            Assert.True(await setting.HasAsync("table", setting.Reader, "app.t1", privilege));
            Assert.True(await setting.HasAsync("table", setting.Reader, "app.later", privilege));
        }

        Assert.True(await setting.HasAsync("sequence", setting.Reader, "app.later_id_seq", "USAGE"));
        Assert.True(await setting.HasAsync("function", setting.Reader, "app.f1()", "EXECUTE"));
        Assert.False(await setting.HasAsync("table", setting.Reader, "app.t1", "TRUNCATE"));
        Assert.False(await setting.HasAsync("schema", setting.Reader, "app", "CREATE"));
        Assert.False(await setting.HasAsync("table", setting.Reader, "\"Other One\".\"T 1\"", "SELECT"));
    }

    [Theory]
    [Server(14)]
    [Server(18)]
    public async Task An_owner_has_everything_but_the_right_to_grant_it_on(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using PrivilegeSetting setting = await PrivilegeSetting.CreateAsync(server, "own");
        await setting.AsOwnerAsync(Objects);
        PrivilegeRequest preset = Preset(setting, PgPrivilegePreset.Owner) with { PresetSchema = ["app", "Other One"] };

        Assert.All(await setting.GrantAsync(preset), privilege => Assert.False(privilege.IsGrantable));
        Assert.True(await setting.HasAsync("table", setting.Reader, "app.t1", "TRUNCATE"));
        Assert.True(await setting.HasAsync("schema", setting.Reader, "Other One", "CREATE"));

        // A role is narrowed by taking the wider preset back and giving the narrower.
        await setting.RevokeAsync(preset);
        await setting.GrantAsync(preset with { Preset = PgPrivilegePreset.ReadOnly });
        Assert.False(await setting.HasAsync("table", setting.Reader, "app.t1", "TRUNCATE"));
        Assert.True(await setting.HasAsync("table", setting.Reader, "app.t1", "SELECT"));
    }

    [Theory]
    [Server(16)]
    public async Task What_belongs_to_an_extension_is_left_out(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using PrivilegeSetting setting = await PrivilegeSetting.CreateAsync(server, "ext");
        await setting.AsOwnerAsync(Objects);
        await setting.ExecuteAsync("CREATE TABLE app.theirs (n int); ALTER EXTENSION plpgsql ADD TABLE app.theirs");

        IReadOnlyList<PgPrivilege> granted = await setting.GrantAsync(
            Preset(setting, PgPrivilegePreset.ReadOnly) with { PresetSchema = ["app"] });

        Assert.DoesNotContain(granted, privilege => privilege.Name == "theirs");
        Assert.Contains(granted, privilege => privilege.Name == "t1");
        await setting.ExecuteAsync("ALTER EXTENSION plpgsql DROP TABLE app.theirs");
    }

    private static PrivilegeRequest Preset(PrivilegeSetting setting, PgPrivilegePreset preset) =>
        new() { Preset = preset, Grantee = [setting.Reader], Owner = [setting.Owner] };
}
