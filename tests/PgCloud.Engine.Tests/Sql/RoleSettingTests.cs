// SPDX-License-Identifier: MIT

using System.Text;
using FsCheck;
using FsCheck.Xunit;
using PgCloud.Contracts;
using PgCloud.Engine.Sql;
using PgCloud.Engine.Sql.Credentials;
using PgCloud.Engine.Tests.Sql.Servers;
using PgCloud.Errors;
using Xunit;

namespace PgCloud.Engine.Tests.Sql;

/// <summary>Comments, settings and the other attributes of roles that are there.</summary>
[Collection(ServerTests.Name)]
public sealed class RoleSettingTests(ServerPool servers)
{
    [Theory]
    [Server(14)]
    [Server(15)]
    [Server(16)]
    [Server(17)]
    [Server(18)]
    public async Task Comment_and_settings_are_made_with_the_role_and_a_second_run_writes_nothing(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        var request = new RoleRequest("rs_made")
        {
            Login = true,
            Comment = "it's the \\ reporting role",
            Settings = [Text("search_path", "app, \"$user\", Public"), Text("statement_timeout", "5s"), Text("TimeZone", "UTC"), Text("application_name", "a=b")],
        };

        PgRole made = await session.EnsureRoleAsync(request, CancellationToken.None);
        string before = await server.RoleCatalogAsync();
        PgRole again = await session.EnsureRoleAsync(request, CancellationToken.None);
        PgRole set = await session.SetRoleAsync(request with { Settings = [Text("SEARCH_PATH", " app ,\"$user\",public ")] });

        Assert.Equal(before, await server.RoleCatalogAsync());
        Assert.Equal((PgChange.Created, PgChange.Unchanged, PgChange.Unchanged), (made.Change, again.Change, set.Change));
        Assert.Equal(request.Comment, again.Comment);
        Assert.Equal(
            ["TimeZone=UTC", "application_name=a=b", "search_path=app, \"$user\", public", "statement_timeout=5s"],
            again.Setting.Select(s => s.ToString()).Order(StringComparer.Ordinal));
        Assert.All(again.Setting, setting => Assert.Null(setting.Database));
        await session.DropRoleAsync("rs_made", CancellationToken.None);
    }

    [Theory]
    [Server(14)]
    [Server(18)]
    public async Task Settings_in_a_database_are_apart_from_those_for_all_and_are_what_its_sessions_have(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        await session.EnsureRoleAsync(
            new RoleRequest("rs_database") { Login = true, Password = Passwords.FromCharacters("pw") }, CancellationToken.None);

        var everywhere = new RoleRequest("rs_database") { Settings = [Text("work_mem", "8MB")] };
        var inPlain = new RoleRequest("rs_database") { Settings = [Text("work_mem", "16MB"), List("search_path", "a, b", "C")], SettingsDatabase = "plain" };
        await session.SetRoleAsync(everywhere);
        PgRole set = await session.SetRoleAsync(inPlain);

        Assert.Equal(
            ["search_path=\"a, b\", \"C\" in plain", "work_mem=16MB in plain", "work_mem=8MB"],
            set.Setting.Select(s => s.ToString()).Order(StringComparer.Ordinal));
        Assert.Equal(PgChange.Unchanged, (await session.SetRoleAsync(inPlain)).Change);
        Assert.Equal("8MB", await OwnSettingAsync(server, "postgres", "work_mem"));
        Assert.Equal("16MB", await OwnSettingAsync(server, "plain", "work_mem"));
        Assert.Equal("\"a, b\", \"C\"", await OwnSettingAsync(server, "plain", "search_path"));

        // Resetting one leaves the other, and resetting what is not set writes nothing.
        PgRole reset = await session.SetRoleAsync(inPlain with { Settings = [Reset("work_mem"), Reset("search_path")] });
        string before = await server.RoleCatalogAsync();
        PgRole again = await session.SetRoleAsync(inPlain with { Settings = [Reset("work_mem"), Reset("search_path")] });
        Assert.Equal((PgChange.Updated, PgChange.Unchanged), (reset.Change, again.Change));
        Assert.Equal(before, await server.RoleCatalogAsync());
        Assert.Equal("work_mem=8MB", Assert.Single(again.Setting).ToString());
        await session.DropRoleAsync("rs_database", CancellationToken.None);
    }

    [Theory]
    [Server(15)]
    [Server(18)]
    public async Task A_list_is_sent_element_by_element(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        await session.EnsureRoleAsync(new RoleRequest("rs_list"), CancellationToken.None);
        (RoleSettingRequest Setting, string Kept)[] cases =
        [
            (Text("search_path", "One,two"), "one, two"),
            (Text("search_path", "\"One\", \"t\"\"wo\""), "\"One\", \"t\"\"wo\""),
            (List("search_path", "one, two"), "\"one, two\""),
            (Text("search_path", ""), "\"\""),
            (List("search_path"), "\"\""),
            (Text("DateStyle", "ISO, DMY"), "ISO, DMY"),
            (List("datestyle", "ISO", "MDY"), "ISO, MDY"),
        ];
        foreach ((RoleSettingRequest setting, string kept) in cases)
        {
            var request = new RoleRequest("rs_list") { Settings = [setting] };
            PgRole set = await session.SetRoleAsync(request);
            Assert.Equal(PgChange.Updated, set.Change);
            Assert.Equal(kept, set.Setting.Single(s => s.Name.Equals(setting.Name, StringComparison.OrdinalIgnoreCase)).Value);
            Assert.Equal(PgChange.Unchanged, (await session.SetRoleAsync(request)).Change);
            await session.SetRoleAsync(new RoleRequest("rs_list") { Settings = [Reset(setting.Name)] });
        }

        await session.DropRoleAsync("rs_list", CancellationToken.None);
    }

    [Theory]
    [Server(15, "search_path", "a,,b")]
    [Server(15, "search_path", "a,")]
    [Server(15, "search_path", "a b")]
    [Server(15, "search_path", "\"a")]
    [Server(15, "work_mem", "much")]
    [Server(18, "work_mem", "much")]
    [Server(14, "no_such_parameter", "1")]
    [Server(15, "no_such_parameter", "1")]
    [Server(18, "no_such_parameter", "1")]
    [Server(16, "no_such_parameter", "1")]
    [Server(17, "no_such_parameter", "1")]
    [Server(15, "port", "1")]
    [Server(15, "", "1")]
    [Server(15, "a..b", "1")]
    [Server(15, "a b.c", "1")]
    [Server(15, "work_mem", "nul\0")]
    [Server(15, "x'; DROP ROLE ops; --", "1")]
    public async Task A_setting_PostgreSQL_does_not_take_changes_nothing(int version, string name, string value)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        await session.EnsureRoleAsync(new RoleRequest("rs_bad"), CancellationToken.None);
        string before = await server.RoleCatalogAsync();

        await Expect.ErrorAsync("PgCloud.Role.SettingInvalid", PgErrorKind.InvalidArgument, name, () => session.SetRoleAsync(
            new RoleRequest("rs_bad") { Login = true, Comment = "new", Settings = [Text(name, value)] }));

        Assert.Equal(before, await server.RoleCatalogAsync());
        await session.DropRoleAsync("rs_bad", CancellationToken.None);
    }

    [Theory]
    [Server(14)]
    [Server(15)]
    [Server(16)]
    [Server(18)]
    public async Task What_only_a_superuser_may_set_is_refused_to_the_admin_and_not_to_a_superuser(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        await using NpgsqlSqlSession superuser = await server.OpenAsync(TestServer.Superuser);
        await session.EnsureRoleAsync(new RoleRequest("rs_super"), CancellationToken.None);
        RoleRequest[] requests =
        [
            new("rs_super") { Superuser = true },
            new("rs_super") { Replication = true },
            new("rs_super") { BypassRls = true },
            new("rs_super") { Settings = [Text("log_statement", "all")] },
        ];
        foreach (RoleRequest request in requests)
        {
            PgCloudException error = await Expect.ErrorAsync(
                "PgCloud.Sql.PermissionDenied", PgErrorKind.PermissionDenied, server.Target().ToString(), () => session.SetRoleAsync(request));
            Assert.Matches("superuser|attribute", error.RecommendedAction);
        }

        PgRole set = await superuser.SetRoleAsync(
            new RoleRequest("rs_super") { Superuser = true, Replication = true, BypassRls = true, Settings = [Text("log_statement", "all"), Text("app.mode", "a=b")] });
        Assert.True(set.Superuser && set.Replication && set.BypassRls);
        Assert.Equal(["log_statement=all", "app.mode=a=b"], set.Setting.Select(s => s.ToString()));
        await superuser.DropRoleAsync("rs_super", CancellationToken.None);
    }

    [Theory]
    [Server(14)]
    [Server(18)]
    public async Task A_role_is_renamed_once_and_a_name_that_is_taken_is_refused(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        await session.EnsureRoleAsync(new RoleRequest("rs_old"), CancellationToken.None);
        await session.EnsureRoleAsync(new RoleRequest("rs_other"), CancellationToken.None);
        var rename = new RoleRequest("rs_old") { NewName = "rs_new", Login = true, Comment = "renamed" };

        PgRole renamed = await session.SetRoleAsync(rename);
        string before = await server.RoleCatalogAsync();
        PgRole again = await session.SetRoleAsync(rename);

        Assert.Equal(("rs_new", PgChange.Updated, true, "renamed"), (renamed.Name, renamed.Change, renamed.Login, renamed.Comment));
        Assert.Equal(("rs_new", PgChange.Unchanged), (again.Name, again.Change));
        Assert.Equal(before, await server.RoleCatalogAsync());
        await Expect.ErrorAsync("PgCloud.Role.Exists", PgErrorKind.Exists, "rs_other", () => session.SetRoleAsync(
            new RoleRequest("rs_new") { NewName = "rs_other" }));
        await Expect.ErrorAsync("PgCloud.Role.NotFound", PgErrorKind.NotFound, "rs_old", () => session.SetRoleAsync(new RoleRequest("rs_old") { Login = true }));
        await session.DropRoleAsync("rs_new", CancellationToken.None);
        await session.DropRoleAsync("rs_other", CancellationToken.None);
    }

    [Theory]
    [Server(15)]
    public async Task Drift_is_repaired_with_what_differs_only(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        var request = new RoleRequest("rs_drift")
        {
            Comment = "right", ValidUntil = DateTimeOffset.MaxValue, Settings = [Text("work_mem", "8MB"), Text("search_path", "app")],
        };
        await session.EnsureRoleAsync(request, CancellationToken.None);
        await server.ExecuteAsync("ALTER ROLE rs_drift SET work_mem TO '9MB'; COMMENT ON ROLE rs_drift IS 'wrong'; ALTER ROLE rs_drift VALID UNTIL '2031-01-01'");
        var approval = new RecordedApproval(answer: true);

        PgRole repaired = (await session.Roles.SetAsync(request, approval, CancellationToken.None))!;

        Assert.Equal(
            [
                "ALTER ROLE \"rs_drift\" VALID UNTIL 'infinity'",
                "ALTER ROLE \"rs_drift\" SET \"work_mem\" TO '8MB'",
                "COMMENT ON ROLE \"rs_drift\" IS 'right'",
            ],
            approval.Statements);
        Assert.Equal(("right", (DateTimeOffset?)null), (repaired.Comment, repaired.ValidUntil));
        Assert.Null((await session.SetRoleAsync(new RoleRequest("rs_drift") { Comment = string.Empty })).Comment);
        await session.DropRoleAsync("rs_drift", CancellationToken.None);
    }

    [Theory]
    [Server(15)]
    public async Task A_database_that_is_not_there_is_an_error(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        await Expect.ErrorAsync("PgCloud.Database.NotFound", PgErrorKind.NotFound, "absent", () => session.EnsureRoleAsync(
            new RoleRequest("rs_nowhere") { Settings = [Text("work_mem", "8MB")], SettingsDatabase = "absent" }, CancellationToken.None));
        Assert.Empty(await session.GetRolesAsync(["rs_nowhere"], CancellationToken.None));
    }

    [Property(MaxTest = 40)]
    public void Any_name_survives_create_comment_set_read_and_drop(NonEmptyString drawn, NonEmptyString text) =>
        SurvivesAsync(Fit(drawn.Get), Fit(text.Get)).GetAwaiter().GetResult();

    private async Task SurvivesAsync(string name, string text)
    {
        TestServer server = await servers.GetAsync(18);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        var request = new RoleRequest(name)
        {
            Comment = text, Settings = [List("search_path", name, text), Text("application_name", text)], SettingsDatabase = "postgres",
        };
        Assert.Equal(PgChange.Created, (await session.EnsureRoleAsync(request, CancellationToken.None)).Change);
        Assert.Equal(PgChange.Unchanged, (await session.SetRoleAsync(request)).Change);
        PgRole read = (await session.GetRolesAsync([name], CancellationToken.None)).Single();
        Assert.Equal((name, text), (read.Name, read.Comment));
        Assert.Equal(text, read.Setting.Single(s => s.Name == "application_name").Value);
        Assert.Equal(1L, await server.ScalarAsync<long>("SELECT count(*) FROM pg_roles WHERE convert_to(rolname, 'UTF8') = $1", Encoding.UTF8.GetBytes(name)));
        Assert.Equal(name, (await session.DropRoleAsync(name, CancellationToken.None)).Name);
        Assert.Equal(1L, await server.ScalarAsync<long>("SELECT count(*) FROM pg_roles WHERE rolsuper"));
    }

    /// <summary>What PostgreSQL can hold of a text that was drawn, as the name of a role that is not there.</summary>
    private static string Fit(string drawn)
    {
        var fitting = new StringBuilder("f'");
        int bytes = 2;
        foreach (Rune rune in drawn.EnumerateRunes().Where(r => r.Value != 0).TakeWhile(r => (bytes += r.Utf8SequenceLength) <= PgNames.MaxBytes))
        {
            fitting.Append(rune.ToString());
        }

        return fitting.ToString();
    }

    private static async Task<string> OwnSettingAsync(TestServer server, string database, string name)
    {
        await using Npgsql.NpgsqlConnection connection = await server.ConnectAsync("rs_database", "pw", database);
        await using var command = new Npgsql.NpgsqlCommand($"SHOW {name}", connection);
        return (string)(await command.ExecuteScalarAsync())!;
    }

    private static RoleSettingRequest Text(string name, string value) => new(name, [value]);

    private static RoleSettingRequest List(string name, params string[] value) => new(name, value, IsList: true);

    private static RoleSettingRequest Reset(string name) => new(name, null);
}
