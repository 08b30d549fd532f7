// SPDX-License-Identifier: MIT

using System.Globalization;
using Npgsql;
using PgCloud.Contracts;
using PgCloud.Engine.Sql;
using PgCloud.Engine.Sql.Credentials;
using PgCloud.Engine.Tests.Sql.Servers;
using PgCloud.Errors;
using Xunit;

namespace PgCloud.Engine.Tests.Sql;

[Collection(ServerTests.Name)]
public sealed class PasswordTests(ServerPool servers)
{
    private static readonly string[] Hard =
    [
        "plain",
        " leading and trailing ",
        "back\\slash",
        "it's \"quoted\"",
        "semi;colon=and$dollar@sign:%41",
        "Pässwörd",
        "пароль",
        "密码",
        "decompose\u0301d",
        "no-break\u00a0space",
        "soft\u00adhyphen",
        "Ⅸ ª ﬁ",
        "emoji 😀",
        "\u0627\u0628\u062c",
        "bell\u0007",
        new string('p', 300),
    ];

    [Theory]
    [Server(15)]
    [Server(18)]
    public async Task Every_password_logs_in_through_the_module_and_through_psql(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        foreach (string password in Hard)
        {
            PgRole role = await session.EnsureRoleAsync(
                new RoleRequest("pw") { Login = true, Password = Passwords.FromCharacters(password) }, CancellationToken.None);
            Assert.Contains(role.Change, new[] { PgChange.Created, PgChange.Updated });

            await using (NpgsqlSqlSession own = await NpgsqlSqlSession.OpenAsync(
                server.Target("pw", password), SilentReporter.Instance, CancellationToken.None))
            {
                Assert.Equal(version, own.ServerVersion.Major);
            }

            Assert.Equal((0, "pw"), PsqlLogin(server, "pw", password));
        }

        await session.DropRoleAsync("pw", CancellationToken.None);
    }

    [Theory]
    [Server(18)]
    public async Task Passwords_that_plain_Npgsql_can_prepare_log_in_through_it_too(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        // Npgsql leaves out the step of SASLprep that takes soft hyphens away.
        foreach (string password in Hard.Where(p => !p.Contains('\u00ad', StringComparison.Ordinal)))
        {
            await session.EnsureRoleAsync(
                new RoleRequest("pw_npgsql") { Login = true, Password = Passwords.FromCharacters(password) }, CancellationToken.None);
            await using NpgsqlConnection connection = await server.ConnectAsync("pw_npgsql", password);
        }

        await session.DropRoleAsync("pw_npgsql", CancellationToken.None);
    }

    [Theory]
    [Server(15)]
    [Server(18)]
    public async Task A_password_that_is_given_is_set_and_one_that_is_not_is_left(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        const string verifier = "SELECT rolpassword FROM pg_authid WHERE rolname = 'pw_kept'";
        await session.EnsureRoleAsync(
            new RoleRequest("pw_kept") { Login = true, Password = Passwords.FromCharacters("first") }, CancellationToken.None);
        string first = await server.ScalarAsync<string>(verifier);

        PgRole kept = await session.EnsureRoleAsync(new RoleRequest("pw_kept") { Login = true }, CancellationToken.None);
        Assert.Equal(PgChange.Unchanged, kept.Change);
        Assert.Equal(first, await server.ScalarAsync<string>(verifier));

        PgRole set = await session.EnsureRoleAsync(new RoleRequest("pw_kept") { Password = Passwords.FromCharacters("first") }, CancellationToken.None);
        Assert.Equal(PgChange.Updated, set.Change);
        string second = await server.ScalarAsync<string>(verifier);
        Assert.NotEqual(first, second);
        Assert.StartsWith("SCRAM-SHA-256$4096:", second, StringComparison.Ordinal);
        await session.DropRoleAsync("pw_kept", CancellationToken.None);
    }

    [Theory]
    [Server(15)]
    [Server(18)]
    public async Task A_password_is_in_no_server_log_and_in_no_error(int version)
    {
        const string canary = "PgC@nary!Pa55word";
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        await session.EnsureRoleAsync(
            new RoleRequest("canary") { Login = true, Password = Passwords.FromCharacters(canary) }, CancellationToken.None);
        await using (await NpgsqlSqlSession.OpenAsync(server.Target("canary", canary), SilentReporter.Instance, CancellationToken.None))
        {
        }

        // The admin may not touch a superuser: an ALTER ROLE … PASSWORD that fails.
        var errors = new List<Exception>
        {
            await Assert.ThrowsAsync<PgCloudException>(() => session.EnsureRoleAsync(
                new RoleRequest("postgres") { Password = Passwords.FromCharacters(canary) }, CancellationToken.None)),
            await Assert.ThrowsAsync<PgCloudException>(() => NpgsqlSqlSession.OpenAsync(
                server.Target("nobody", canary), SilentReporter.Instance, CancellationToken.None)),
            await Assert.ThrowsAsync<PgCloudException>(() => NpgsqlSqlSession.OpenAsync(
                server.Target("canary", canary, database: "absent"), SilentReporter.Instance, CancellationToken.None)),
            await Assert.ThrowsAsync<PgCloudException>(() => NpgsqlSqlSession.OpenAsync(
                server.Target("canary", canary, host: "127.0.0.5"), SilentReporter.Instance, CancellationToken.None)),
        };
        await session.DropRoleAsync("canary", CancellationToken.None);

        Assert.DoesNotContain(canary, server.ReadLog(), StringComparison.Ordinal);
        foreach (Exception error in errors)
        {
            string everything = Everything(error);
            Assert.DoesNotContain(canary, everything, StringComparison.Ordinal);
            Assert.DoesNotContain("SCRAM-SHA-256$", everything, StringComparison.Ordinal);
        }

        Assert.DoesNotContain(SilentReporter.Instance.Lines, line => line.Contains(canary, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("syntax error in ALTER ROLE \"x\" PASSWORD 'hush hush'", "hush")]
    [InlineData("alter role x with encrypted password E'it''s hush'", "hush")]
    [InlineData("ALTER ROLE x PASSWORD 'hush", "hush")]
    [InlineData("stored SCRAM-SHA-256$4096:c2FsdA==$aHVzaA==:aHVzaA==", "aHVzaA")]
    public void What_a_server_says_is_cleaned_of_secrets(string text, string secret)
    {
        Assert.DoesNotContain(secret, Redaction.Clean(text), StringComparison.Ordinal);
        Assert.Contains("***", Redaction.Clean(text), StringComparison.Ordinal);
    }

    /// <summary>All that a curious user could print of an exception.</summary>
    private static string Everything(Exception? exception)
    {
        var text = new System.Text.StringBuilder();
        for (; exception is not null; exception = exception.InnerException)
        {
            text.AppendLine(exception.ToString());
            foreach (System.Reflection.PropertyInfo property in exception.GetType().GetProperties())
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"{property.Name}={property.GetValue(exception)}");
            }

            foreach (object? key in exception.Data.Keys)
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"{key}={exception.Data[key]}");
            }
        }

        return text.ToString();
    }

    private static (int ExitCode, string Output) PsqlLogin(TestServer server, string user, string password)
    {
        string ca = Path.GetTempFileName();
        try
        {
            File.WriteAllText(ca, server.Certificates.AuthorityPem);
            var environment = new Dictionary<string, string>
            {
                ["PGPASSWORD"] = password,
                ["PGSSLMODE"] = "verify-full",
                ["PGSSLROOTCERT"] = ca,
            };
            (int exitCode, string output) = Programs.Run(
                "psql", environment, "-h", "localhost", "-p", server.Port.ToString(CultureInfo.InvariantCulture), "-U", user, "-d", "postgres",
                "-XAtqc", "SELECT current_user");
            return (exitCode, output.Trim());
        }
        finally
        {
            File.Delete(ca);
        }
    }
}
