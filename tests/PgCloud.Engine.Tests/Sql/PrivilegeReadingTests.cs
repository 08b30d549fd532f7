// SPDX-License-Identifier: MIT

using PgCloud.Contracts;
using PgCloud.Engine.Sql;
using PgCloud.Engine.Tests.Sql.Servers;
using PgCloud.Errors;
using Xunit;

namespace PgCloud.Engine.Tests.Sql;

[Collection(ServerTests.Name)]
public sealed class PrivilegeReadingTests(ServerPool servers)
{
    private const string Odd = "Odd \"name\".x; DROP ROLE r -- é";

    [Theory]
    [Server(14)]
    [Server(15)]
    [Server(16)]
    [Server(17)]
    [Server(18)]
    public async Task Each_kind_of_object_is_read_with_who_granted_what_to_whom(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using Place place = await Place.MakeAsync(server, "pr_kinds",
            """
            CREATE ROLE pr_reader;
            CREATE SCHEMA app; CREATE TABLE app.t (a int, b int); CREATE VIEW app.v AS SELECT 1 AS a; CREATE SEQUENCE app.s;
            CREATE MATERIALIZED VIEW app.m AS SELECT 1 AS a; CREATE FUNCTION app.f(int, OUT text) LANGUAGE sql AS 'SELECT ''''';
            CREATE PROCEDURE app.p(x text) LANGUAGE sql AS 'SELECT 1'; CREATE TYPE app.e AS ENUM ('x'); CREATE DOMAIN app.d AS int;
            CREATE FOREIGN DATA WRAPPER w; CREATE SERVER srv FOREIGN DATA WRAPPER w; CREATE FOREIGN TABLE app.ft (a int) SERVER srv;
            SELECT lo_create(4711);
            GRANT SELECT ON app.t, app.v, app.m, app.ft TO pr_reader WITH GRANT OPTION; GRANT UPDATE (b) ON app.t TO pr_reader;
            GRANT USAGE ON SEQUENCE app.s TO pr_reader; GRANT EXECUTE ON FUNCTION app.f TO pr_reader; GRANT EXECUTE ON PROCEDURE app.p TO pr_reader;
            GRANT USAGE ON TYPE app.e TO pr_reader; GRANT USAGE ON DOMAIN app.d TO pr_reader; GRANT USAGE ON SCHEMA app TO pr_reader;
            GRANT TEMPORARY ON DATABASE pr_kinds TO pr_reader; GRANT USAGE ON LANGUAGE sql TO pr_reader;
            GRANT USAGE ON FOREIGN DATA WRAPPER w TO pr_reader; GRANT USAGE ON FOREIGN SERVER srv TO pr_reader;
            GRANT CREATE ON TABLESPACE pg_default TO pr_reader; GRANT SELECT ON LARGE OBJECT 4711 TO pr_reader;
            """ + (version >= 15 ? "GRANT SET ON PARAMETER work_mem TO pr_reader;" : string.Empty),
            "REVOKE ALL ON TABLESPACE pg_default FROM pr_reader;" + (version >= 15 ? "REVOKE ALL ON PARAMETER work_mem FROM pr_reader;" : string.Empty)
            + "DROP ROLE pr_reader;");

        List<PgPrivilege> read = await place.ReadAsync(new PrivilegeFilter
        {
            Grantees = [new NamePattern("pr_reader", null)], ObjectTypes = Enum.GetValues<PgObjectType>(),
        });

        string[] expected =
        [
            "SELECT Table app.t True", "SELECT View app.v True", "SELECT MaterializedView app.m True", "SELECT ForeignTable app.ft True",
            "USAGE Sequence app.s False", "EXECUTE Function app.f(integer) False", "EXECUTE Procedure app.p(text) False",
            "USAGE Type app.e False", "USAGE Domain app.d False", "USAGE Schema app False", "TEMPORARY Database pr_kinds False",
            "USAGE Language sql False", "USAGE ForeignDataWrapper w False", "USAGE ForeignServer srv False",
            "CREATE Tablespace pg_default False", "SELECT LargeObject 4711 False",
            .. version >= 15 ? ["SET Parameter work_mem False"] : Array.Empty<string>(),
            "UPDATE Column app.t.b False",
        ];
        Assert.Equal(expected, read.Select(p => $"{p.Privilege} {p.ObjectType} {p.ObjectName} {p.IsGrantable}"));
        Assert.All(read, p => Assert.Equal(("pr_reader", TestServer.Superuser, false), (p.Grantee, p.Grantor, p.IsPublic || p.IsBuiltIn)));
        Assert.Equal(("app", "t", "b"), (read[^1].Schema, read[^1].Name, read[^1].Column));
    }

    [Theory]
    [Server(14)]
    [Server(18)]
    public async Task An_empty_acl_is_shown_as_what_it_means(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using Place place = await Place.MakeAsync(server, "pr_builtin",
            "CREATE SCHEMA app; CREATE TABLE app.t (a int); CREATE FUNCTION app.f() RETURNS int LANGUAGE sql AS 'SELECT 1'", string.Empty);

        List<PgPrivilege> read = await place.ReadAsync(new PrivilegeFilter { Schemas = [new NamePattern("app", null)] });

        Assert.All(read, p => Assert.True(p.IsBuiltIn));
        Assert.Equal(version >= 17 ? 8 : 7, read.Count(p => p.ObjectType == PgObjectType.Table && p.Grantee == TestServer.Superuser));
        PgPrivilege everybody = Assert.Single(read, p => p.IsPublic);
        Assert.Equal(("EXECUTE", "app.f()", "PUBLIC"), (everybody.Privilege, everybody.ObjectName, everybody.Grantee));
    }

    [Theory]
    [Server(14)]
    [Server(18)]
    public async Task Names_are_only_names_and_patterns_are_matched_by_the_server(int version)
    {
        TestServer server = await servers.GetAsync(version);
        string quoted = PgNames.Quote(Odd);
        await using Place place = await Place.MakeAsync(server, "pr_odd",
            $"CREATE ROLE {quoted}; CREATE SCHEMA {quoted}; CREATE TABLE {quoted}.{quoted} ({quoted} int);"
            + $"GRANT SELECT ({quoted}), INSERT ON {quoted}.{quoted} TO {quoted}; CREATE TABLE public.a_b (a int); CREATE TABLE public.axb (a int);",
            $"DROP ROLE {quoted}");

        List<PgPrivilege> exact = await place.ReadAsync(new PrivilegeFilter
        {
            Names = [new NamePattern(Odd, null)], Schemas = [new NamePattern(Odd, null)], Grantees = [new NamePattern(Odd, null)],
        });
        Assert.Equal(["INSERT", "SELECT"], exact.Select(p => p.Privilege));
        Assert.All(exact, p => Assert.Equal((Odd, Odd, Odd), (p.Schema, p.Name, p.Grantee)));
        Assert.Equal($"{quoted}.{quoted}", exact[0].ObjectName);
        Assert.Equal(Odd, exact[1].Column);

        List<PgPrivilege> pattern = await place.ReadAsync(new PrivilegeFilter { Names = [new NamePattern("a_*", "^a_.*$")], Privileges = ["SELECT"] });
        Assert.Equal(["a_b"], pattern.Select(p => p.Name));
    }

    [Theory]
    [Server(14)]
    [Server(18)]
    public async Task Default_privileges_are_read_with_their_owner(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using Place place = await Place.MakeAsync(server, "pr_default",
            """
            CREATE ROLE pr_owner; CREATE ROLE pr_later; CREATE SCHEMA app;
            ALTER DEFAULT PRIVILEGES FOR ROLE pr_owner IN SCHEMA app GRANT SELECT ON TABLES TO pr_later;
            ALTER DEFAULT PRIVILEGES FOR ROLE pr_owner GRANT EXECUTE ON ROUTINES TO pr_later WITH GRANT OPTION;
            """,
            "DROP ROLE pr_owner; DROP ROLE pr_later");

        List<PgPrivilege> read = await place.ReadAsync(new PrivilegeFilter { DefaultOnly = true, Grantees = [new NamePattern("pr_later", null)] });

        Assert.Equal(
            [("SELECT", PgObjectType.Table, (string?)"app", false), ("EXECUTE", PgObjectType.Routine, null, true)],
            read.Select(p => (p.Privilege, p.ObjectType, p.Schema, p.IsGrantable)));
        Assert.All(read, p => Assert.Equal(("pr_owner", true, (string?)null), (p.Owner, p.IsDefault, p.Name)));
    }

    [Theory]
    [Server(18)]
    public async Task A_role_that_does_not_exist_has_no_effective_privileges_but_an_error(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using Place place = await Place.MakeAsync(server, "pr_nobody", "SELECT 1", string.Empty);
        await Expect.ErrorAsync(
            "PgCloud.Role.NotFound", PgErrorKind.NotFound, "nobody", () => place.ReadAsync(new PrivilegeFilter { EffectiveFor = "nobody" }));
    }

    /// <summary>A database of a test's own, made by the superuser and read as the admin.</summary>
    private sealed class Place(TestServer server, string database, string cleanUp, NpgsqlSqlSession session) : IAsyncDisposable
    {
        internal static async Task<Place> MakeAsync(TestServer server, string database, string setup, string cleanUp)
        {
            await server.ExecuteAsync($"CREATE DATABASE {database}");
            await server.ExecuteAsync(setup, database);
            return new Place(server, database, cleanUp, await server.OpenAsync(database: database));
        }

        internal async Task<List<PgPrivilege>> ReadAsync(PrivilegeFilter filter)
        {
            var all = new List<PgPrivilege>();
            await foreach (IReadOnlyList<PgPrivilege> batch in session.Privileges.ReadAsync(filter, CancellationToken.None))
            {
                all.AddRange(batch);
            }

            return all;
        }

        public async ValueTask DisposeAsync()
        {
            await session.DisposeAsync();
            await server.ExecuteAsync($"DROP DATABASE {database} WITH (FORCE)");
            if (cleanUp.Length > 0)
            {
                await server.ExecuteAsync(cleanUp);
            }
        }
    }
}
