// SPDX-License-Identifier: MIT

using PgCloud.Contracts;
using PgCloud.Engine.Sql;
using PgCloud.Engine.Tests.Sql.Servers;
using PgCloud.Errors;
using Xunit;

namespace PgCloud.Engine.Tests.Sql;

/// <summary>Making, reading and changing databases, as an admin who is no superuser.</summary>
[Collection(ServerTests.Name)]
public sealed class DatabaseTests(ServerPool servers)
{
    [Theory]
    [Server(14)]
    [Server(15)]
    [Server(16)]
    [Server(17)]
    [Server(18)]
    public async Task A_database_is_made_for_a_role_that_the_admin_may_only_grant(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        await session.EnsureRoleAsync(new RoleRequest("db_app"), CancellationToken.None);
        string memberships = await server.MembershipsAsync();
        var request = new DatabaseRequest("db_owned") { Owner = "db_app", ConnectionLimit = 7, Comment = "it's \\ ours", Encoding = "utf-8" };

        PgDatabase made = await session.EnsureDatabaseAsync(request);
        string catalog = await server.DatabaseCatalogAsync();
        PgDatabase again = await session.EnsureDatabaseAsync(request);

        Assert.Equal(PgChange.Created, made.Change);
        Assert.Equal(PgChange.Unchanged, again.Change);
        Assert.Equal(catalog, await server.DatabaseCatalogAsync());
        Assert.Equal(memberships, await server.MembershipsAsync());
        foreach (PgDatabase database in new[] { made, again, (await session.Databases.GetAsync(["db_owned"], true, CancellationToken.None)).Single() })
        {
            Assert.Equal(("db_app", 7, "it's \\ ours", "UTF8"), (database.Owner, database.ConnectionLimit, database.Comment, database.Encoding));
            Assert.Equal(("C", "C", PgLocaleProvider.Libc, "pg_default"), (database.Collate, database.CType, database.LocaleProvider, database.Tablespace));
            Assert.True(database is { IsValid: true, AllowConnections: true, IsTemplate: false });
        }

        Assert.Equal(PgChange.Removed, (await session.DropDatabaseAsync("db_owned")).Change);
        Assert.Equal(memberships, await server.MembershipsAsync());
        await session.DropRoleAsync("db_app", CancellationToken.None);
    }

    [Theory]
    [Server(14)]
    [Server(18)]
    public async Task What_can_be_changed_is_brought_to_what_is_asked(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        await session.EnsureRoleAsync(new RoleRequest("db_first"), CancellationToken.None);
        await session.EnsureRoleAsync(new RoleRequest("db_second"), CancellationToken.None);
        string memberships = await server.MembershipsAsync();
        await session.EnsureDatabaseAsync(new DatabaseRequest("db_drift") { Owner = "db_first" });

        PgDatabase ensured = await session.EnsureDatabaseAsync(new DatabaseRequest("db_drift") { ConnectionLimit = 3, Comment = "three" });
        PgDatabase set = await session.SetDatabaseAsync(
            new DatabaseAttributes("db_drift") { Owner = "db_second", Comment = string.Empty, AllowConnections = false, IsTemplate = true });
        string catalog = await server.DatabaseCatalogAsync();
        PgDatabase again = await session.SetDatabaseAsync(new DatabaseAttributes("db_drift") { Owner = "db_second", Comment = string.Empty });

        Assert.Equal((PgChange.Updated, "db_first", 3, "three"), (ensured.Change, ensured.Owner, ensured.ConnectionLimit, ensured.Comment));
        Assert.Equal((PgChange.Updated, "db_second", 3, null), (set.Change, set.Owner, set.ConnectionLimit, set.Comment));
        Assert.True(set is { AllowConnections: false, IsTemplate: true });
        Assert.Equal(PgChange.Unchanged, again.Change);
        Assert.Equal(catalog, await server.DatabaseCatalogAsync());
        Assert.Equal(memberships, await server.MembershipsAsync());

        await Expect.ErrorAsync("PgCloud.Database.Protected", PgErrorKind.InvalidOperation, "db_drift", () => session.DropDatabaseAsync("db_drift"));
        await session.SetDatabaseAsync(new DatabaseAttributes("db_drift") { IsTemplate = false });
        await session.DropDatabaseAsync("db_drift");
        Assert.Equal(memberships, await server.MembershipsAsync());
        await session.DropRoleAsync("db_first", CancellationToken.None);
        await session.DropRoleAsync("db_second", CancellationToken.None);
    }

    [Theory]
    [Server(15)]
    [Server(18)]
    public async Task What_cannot_be_changed_and_differs_is_an_error_that_says_how_it_is(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        await session.EnsureDatabaseAsync(new DatabaseRequest("db_fixed"));
        string catalog = await server.DatabaseCatalogAsync();

        PgCloudException error = await Expect.ErrorAsync(
            "PgCloud.Database.Differs",
            PgErrorKind.Exists,
            "db_fixed",
            () => session.EnsureDatabaseAsync(new DatabaseRequest("db_fixed")
            {
                Encoding = "LATIN1", LocaleProvider = PgLocaleProvider.Icu, Locale = "de-DE", Tablespace = "fast", ConnectionLimit = 9,
            }));

        Assert.Contains("its encoding is UTF8, not LATIN1", error.Message, StringComparison.Ordinal);
        Assert.Contains("its locale provider is Libc, not Icu", error.Message, StringComparison.Ordinal);
        Assert.Contains("its tablespace is pg_default, not fast", error.Message, StringComparison.Ordinal);
        Assert.Equal(catalog, await server.DatabaseCatalogAsync());
        await session.DropDatabaseAsync("db_fixed");
    }

    [Theory]
    [Server(14)]
    [Server(15)]
    [Server(16)]
    [Server(17)]
    [Server(18)]
    public async Task Locale_providers_are_those_the_version_has(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        foreach ((PgLocaleProvider provider, string locale, int since) in
            new[] { (PgLocaleProvider.Libc, "C", 0), (PgLocaleProvider.Icu, "en_US", 15), (PgLocaleProvider.Builtin, "C.UTF8", 17) })
        {
            string name = $"db_{provider}";
            var request = new DatabaseRequest(name) { LocaleProvider = provider, Locale = locale, Template = "template0", Encoding = "UTF8" };
            if (version < since)
            {
                await Expect.ErrorAsync(
                    "PgCloud.Database.OptionNotSupported", PgErrorKind.NotSupported, name, () => session.EnsureDatabaseAsync(request));
                continue;
            }

            PgDatabase made = await session.EnsureDatabaseAsync(request);
            Assert.Equal((PgChange.Created, provider), (made.Change, made.LocaleProvider));
            Assert.Equal(PgChange.Unchanged, (await session.EnsureDatabaseAsync(request)).Change);
            await session.DropDatabaseAsync(name);
        }
    }

    [Theory]
    [Server(14)]
    [Server(18)]
    public async Task What_the_server_would_refuse_has_an_id_and_makes_nothing(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        string catalog = await server.DatabaseCatalogAsync();
        const string Name = "db_bad";
        (string Id, PgErrorKind Kind, string Target, DatabaseRequest Request)[] cases =
        [
            ("PgCloud.Database.NameInvalid", PgErrorKind.InvalidArgument, string.Empty, new(string.Empty)),
            ("PgCloud.Database.NameInvalid", PgErrorKind.InvalidArgument, new string('ä', 32), new(new string('ä', 32))),
            ("PgCloud.Database.NameInvalid", PgErrorKind.InvalidArgument, "db\0", new("db\0")),
            ("PgCloud.Role.NotFound", PgErrorKind.NotFound, "db_nobody", new(Name) { Owner = "db_nobody" }),
            ("PgCloud.Database.NotFound", PgErrorKind.NotFound, "db_no_template", new(Name) { Template = "db_no_template" }),
            ("PgCloud.Database.OptionInvalid", PgErrorKind.InvalidArgument, Name, new(Name) { Encoding = "KLINGON" }),
            ("PgCloud.Database.OptionInvalid", PgErrorKind.InvalidArgument, Name, new(Name) { Encoding = "LATIN1" }),
            ("PgCloud.Database.OptionInvalid", PgErrorKind.InvalidArgument, Name, new(Name) { Locale = "xx_YY", Template = "template0" }),
            ("PgCloud.Database.OptionInvalid", PgErrorKind.InvalidArgument, Name, new(Name) { Tablespace = "db_nowhere" }),
            ("PgCloud.Database.OptionInvalid", PgErrorKind.InvalidArgument, Name, new(Name) { Comment = "nul\0" }),
            ("PgCloud.Database.OptionInvalid", PgErrorKind.InvalidArgument, Name, new(Name) { Comment = "\uDC00" }),
            ("PgCloud.Sql.PermissionDenied", PgErrorKind.PermissionDenied, server.Target().ToString(), new(Name) { Owner = "postgres" }),
            ("PgCloud.Sql.PermissionDenied", PgErrorKind.PermissionDenied, server.Target().ToString(), new(Name) { Template = "plain" }),
        ];
        foreach ((string id, PgErrorKind kind, string target, DatabaseRequest request) in cases)
        {
            PgCloudException error = await Expect.ErrorAsync(id, kind, target, () => session.EnsureDatabaseAsync(request));
            Assert.False(string.IsNullOrEmpty(error.RecommendedAction));
        }

        await Expect.ErrorAsync("PgCloud.Database.NotFound", PgErrorKind.NotFound, Name, () => session.SetDatabaseAsync(new DatabaseAttributes(Name)));
        Assert.Equal(catalog, await server.DatabaseCatalogAsync());
    }

    [Theory]
    [Server(15)]
    [Server(18)]
    public async Task What_the_user_may_not_do_is_refused_with_the_missing_right(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await server.ExecuteAsync("CREATE ROLE db_plain LOGIN PASSWORD 'Pw-0123456789'");
        await using NpgsqlSqlSession plain = await server.OpenAsync("db_plain");
        await using NpgsqlSqlSession ops = await server.OpenAsync();
        string catalog = await server.DatabaseCatalogAsync();
        string where = server.Target("db_plain").ToString();

        PgCloudException create = await Expect.ErrorAsync(
            "PgCloud.Sql.PermissionDenied", PgErrorKind.PermissionDenied, where, () => plain.EnsureDatabaseAsync(new DatabaseRequest("db_denied")));
        Assert.Contains("CREATEDB", create.RecommendedAction, StringComparison.Ordinal);
        PgCloudException alter = await Expect.ErrorAsync(
            "PgCloud.Sql.PermissionDenied",
            PgErrorKind.PermissionDenied,
            server.Target().ToString(),
            () => ops.SetDatabaseAsync(new DatabaseAttributes("plain") { ConnectionLimit = 3 }));
        Assert.Contains("'postgres'", alter.RecommendedAction, StringComparison.Ordinal);
        await Expect.ErrorAsync(
            "PgCloud.Sql.PermissionDenied", PgErrorKind.PermissionDenied, server.Target().ToString(), () => ops.DropDatabaseAsync("plain"));

        Assert.Equal(catalog, await server.DatabaseCatalogAsync());
        await server.ExecuteAsync("DROP ROLE db_plain");
    }

    [Theory]
    [Server(16)]
    public async Task A_superuser_needs_no_membership(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync(TestServer.Superuser);
        await server.ExecuteAsync("CREATE ROLE db_su");
        var approval = new RecordedApproval(answer: true, mayWait: false);

        PgDatabase? made = await session.Databases.EnsureAsync(new DatabaseRequest("db_super") { Owner = "db_su" }, approval, CancellationToken.None);

        Assert.Equal((PgChange.Created, "db_su"), (made!.Change, made.Owner));
        Assert.Equal(["CREATE DATABASE \"db_super\" OWNER \"db_su\""], approval.Statements);
        await session.DropDatabaseAsync("db_super");
        await server.ExecuteAsync("DROP ROLE db_su");
    }

    [Theory]
    [Server(14)]
    [Server(18)]
    public async Task A_refused_change_was_shown_and_is_not_written(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        await session.EnsureRoleAsync(new RoleRequest("db_shown"), CancellationToken.None);
        string catalog = await server.DatabaseCatalogAsync();
        string roles = await server.RoleCatalogAsync();
        string options = version >= 16 ? " WITH INHERIT TRUE, SET TRUE" : string.Empty;
        var approval = new RecordedApproval(answer: false);

        Assert.Null(await session.Databases.EnsureAsync(
            new DatabaseRequest("db_phantom") { Owner = "db_shown", Comment = "boo" }, approval, CancellationToken.None));

        Assert.Equal([false, true], approval.Plans.Select(plan => plan.IsTransaction));
        Assert.Equal(
            [
                "CREATE DATABASE \"db_phantom\"",
                "GRANT \"db_shown\" TO CURRENT_USER" + options,
                "COMMENT ON DATABASE \"db_phantom\" IS 'boo'",
                "ALTER DATABASE \"db_phantom\" OWNER TO \"db_shown\"",
                "REVOKE \"db_shown\" FROM CURRENT_USER",
            ],
            approval.Statements);
        Assert.Equal(catalog, await server.DatabaseCatalogAsync());
        Assert.Equal(roles, await server.RoleCatalogAsync());
        await session.DropRoleAsync("db_shown", CancellationToken.None);
    }

    [Theory]
    [Server(15)]
    [Server(18)]
    public async Task What_was_approved_is_asked_about_once(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        await session.EnsureRoleAsync(new RoleRequest("db_once"), CancellationToken.None);
        var approval = new RecordedApproval(answer: true);

        PgDatabase? made = await session.Databases.EnsureAsync(new DatabaseRequest("db_asked") { Owner = "db_once" }, approval, CancellationToken.None);

        Assert.Equal((PgChange.Created, "db_once"), (made!.Change, made.Owner));
        Assert.Equal(2, approval.Plans.Count);
        await session.DropDatabaseAsync("db_asked");
        await session.DropRoleAsync("db_once", CancellationToken.None);
    }
}
