// SPDX-License-Identifier: MIT

using System.Net;
using System.Net.Sockets;
using PgCloud.Contracts;
using PgCloud.Engine.Sql;
using PgCloud.Engine.Sql.Connections;
using PgCloud.Engine.Tests.Sql.Servers;
using PgCloud.Errors;
using Xunit;

namespace PgCloud.Engine.Tests.Sql;

/// <summary>Everything that can be wrong with a connection, once when a session is opened and once in the connection test.</summary>
[Collection(ServerTests.Name)]
public sealed class ConnectionTests(ServerPool servers)
{
    [Theory]
    [Server(15, PgTlsMode.VerifyFull, "localhost")]
    [Server(15, PgTlsMode.VerifyFull, "127.0.0.1")]
    [Server(15, PgTlsMode.VerifyCA, "127.0.0.5")]
    [Server(15, PgTlsMode.Require, "127.0.0.5")]
    [Server(18, PgTlsMode.VerifyFull, "localhost")]
    [Server(18, PgTlsMode.VerifyCA, "127.0.0.5")]
    [Server(18, PgTlsMode.Require, "127.0.0.5")]
    public async Task A_connection_opens_in_every_TLS_mode(int version, PgTlsMode mode, string host)
    {
        TestServer server = await servers.GetAsync(version);
        SqlTarget target = server.Target(tls: mode, host: host);
        await using NpgsqlSqlSession session = await OpenAsync(target);
        Assert.Equal(version, session.ServerVersion.Major);
        Assert.Equal("PgCloud t", await ScalarAsync(
            session, "SELECT application_name || ' ' || ssl::text::char(1) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE pid = pg_backend_pid()"));

        PgConnectionTest test = await TestAsync(target);
        Assert.True(test.Succeeded, $"{test}: {test.Message}");
        Assert.Equal(Enum.GetValues<PgConnectionStep>(), test.Step.Select(step => step.Step));
        Assert.All(test.Step, step =>
        {
            Assert.Equal(PgStepOutcome.Passed, step.Outcome);
            Assert.NotNull(step.Milliseconds);
            Assert.NotEmpty(step.Message);
        });
    }

    [Theory]
    [Server(15)]
    [Server(18)]
    public async Task A_connection_without_TLS_opens_where_the_server_allows_it(int version)
    {
        TestServer server = await servers.GetAsync(version);
        SqlTarget target = server.Target(database: "plain", tls: PgTlsMode.Disable);
        await using NpgsqlSqlSession session = await OpenAsync(target);
        Assert.Equal("1", $"{await ScalarAsync(session, "SELECT 1")}");

        PgConnectionTest test = await TestAsync(target);
        Assert.True(test.Succeeded);
        Assert.Equal(PgStepOutcome.Skipped, test.Step[(int)PgConnectionStep.Tls].Outcome);
    }

    [Theory]
    [Server(15)]
    [Server(18)]
    public async Task Clear_text_is_refused_where_the_server_demands_TLS(int version)
    {
        TestServer server = await servers.GetAsync(version);
        PgCloudException error = await FailsAsync(
            server.Target(tls: PgTlsMode.Disable),
            PgConnectionStep.AuthorisedAddress,
            "PgCloud.Connection.ClearTextNotAuthorised",
            PgErrorKind.Security);
        Assert.Contains("127.0.0.1", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [Server(15)]
    public async Task A_host_that_cannot_be_resolved(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await FailsAsync(
            server.Target(host: "no-such-host.invalid"), PgConnectionStep.NameResolution, "PgCloud.Connection.NameNotResolved", PgErrorKind.Connection);
        await FailsAsync(
            server.Target(host: "a,b"), PgConnectionStep.NameResolution, "PgCloud.Connection.NameNotResolved", PgErrorKind.Connection);
    }

    [Theory]
    [Server(15)]
    public async Task A_closed_port(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await FailsAsync(
            server.Target() with { Port = 1 }, PgConnectionStep.Tcp, "PgCloud.Connection.Refused", PgErrorKind.Connection);
    }

    [Theory]
    [Server(15)]
    public async Task A_peer_that_never_answers(int version)
    {
        TestServer server = await servers.GetAsync(version);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        SqlTarget target = server.Target(host: "127.0.0.1") with
        {
            Port = ((IPEndPoint)listener.LocalEndpoint).Port,
            ConnectTimeout = TimeSpan.FromSeconds(3),
        };
        await FailsAsync(target, PgConnectionStep.Tls, "PgCloud.Connection.Timeout", PgErrorKind.Timeout);
    }

    [Theory]
    [Server(15, "HTTP/1.1 400 Bad Request\r\n\r\n")]
    // Agrees to TLS, and then does not know how.
    [Server(15, "Sorry, what?\r\n")]
    public async Task A_peer_that_is_no_PostgreSQL_server(int version, string answer)
    {
        TestServer server = await servers.GetAsync(version);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Task serving = ServeAsync(listener, System.Text.Encoding.ASCII.GetBytes(answer));
        SqlTarget target = server.Target(host: "127.0.0.1") with { Port = ((IPEndPoint)listener.LocalEndpoint).Port };
        await FailsAsync(target, PgConnectionStep.Tls, "PgCloud.Connection.TlsFailed", PgErrorKind.Security);
        listener.Stop();
        await serving;
    }

    [Theory]
    [Server(15)]
    [Server(18)]
    public async Task A_server_without_TLS(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await server.SetAsync("ssl", "off");
        try
        {
            await FailsAsync(server.Target(), PgConnectionStep.Tls, "PgCloud.Connection.TlsNotOffered", PgErrorKind.Security);
            await FailsAsync(
                server.Target(tls: PgTlsMode.Require), PgConnectionStep.Tls, "PgCloud.Connection.TlsNotOffered", PgErrorKind.Security);
        }
        finally
        {
            await server.ResetAsync();
        }
    }

    [Theory]
    [Server(15)]
    [Server(18)]
    public async Task A_certificate_of_a_foreign_authority(int version)
    {
        TestServer server = await servers.GetAsync(version);
        string foreign = new TestCertificates("Somebody else").AuthorityPem;
        // The same name, but another key.
        string impostor = new TestCertificates().AuthorityPem;
        foreach (string ca in new[] { foreign, impostor })
        {
            PgCloudException error = await FailsAsync(
                server.Target(ca: ca), PgConnectionStep.Tls, "PgCloud.Connection.CertificateUntrusted", PgErrorKind.Security);
            Assert.Contains("PgCloud test authority", error.Message, StringComparison.Ordinal);
            await FailsAsync(
                server.Target(ca: ca, tls: PgTlsMode.VerifyCA),
                PgConnectionStep.Tls,
                "PgCloud.Connection.CertificateUntrusted",
                PgErrorKind.Security);
        }

        // Without an authority of its own the connection trusts the machine's store, in which the server's is not.
        await FailsAsync(
            server.Target(ca: string.Empty), PgConnectionStep.Tls, "PgCloud.Connection.CertificateUntrusted", PgErrorKind.Security);

        // Several authorities in one text: one of them is right.
        await using NpgsqlSqlSession session = await OpenAsync(server.Target(ca: foreign + "\n" + server.Certificates.AuthorityPem));
    }

    [Theory]
    [Server(15)]
    [Server(18)]
    public async Task A_certificate_for_another_name(int version)
    {
        TestServer server = await servers.GetAsync(version);
        PgCloudException error = await FailsAsync(
            server.Target(host: "127.0.0.5"), PgConnectionStep.Tls, "PgCloud.Connection.CertificateNameMismatch", PgErrorKind.Security);
        Assert.Contains("localhost, 127.0.0.1, ::1", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [Server(15)]
    [Server(18)]
    public async Task A_certificate_out_of_date(int version)
    {
        TestServer server = await servers.GetAsync(version);
        var expiredAuthority = new TestCertificates("Expired authority", DateTimeOffset.UtcNow.AddDays(-1));
        try
        {
            await server.UseCertificateAsync(server.Certificates.Issue(["localhost"], [], DateTimeOffset.UtcNow.AddHours(-1)));
            PgCloudException error = await FailsAsync(
                server.Target(), PgConnectionStep.Tls, "PgCloud.Connection.CertificateExpired", PgErrorKind.Security);
            Assert.Contains("PgCloud test server", error.Message, StringComparison.Ordinal);
            await FailsAsync(
                server.Target(tls: PgTlsMode.VerifyCA), PgConnectionStep.Tls, "PgCloud.Connection.CertificateExpired", PgErrorKind.Security);
            await using (await OpenAsync(server.Target(tls: PgTlsMode.Require)))
            {
            }

            await server.UseCertificateAsync(expiredAuthority.Issue(["localhost"], [], DateTimeOffset.UtcNow.AddDays(-2)));
            await FailsAsync(
                server.Target(ca: expiredAuthority.AuthorityPem),
                PgConnectionStep.Tls,
                "PgCloud.Connection.CertificateExpired",
                PgErrorKind.Security);
        }
        finally
        {
            await server.UseOwnCertificateAsync();
        }
    }

    [Theory]
    [Server(15, "not a certificate")]
    [Server(15, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----")]
    public async Task A_CA_certificate_that_is_none(int version, string ca)
    {
        TestServer server = await servers.GetAsync(version);
        await FailsAsync(
            server.Target(ca: ca), PgConnectionStep.Tls, "PgCloud.Connection.CaCertificateInvalid", PgErrorKind.Security);
    }

    [Theory]
    [Server(15)]
    [Server(18)]
    public async Task An_address_that_is_not_authorised(int version)
    {
        TestServer server = await servers.GetAsync(version);
        PgConnectionTest test = await ConnectionProbe.TestAsync(
            new ConnectionTestRequest(server.Target(), IPAddress.Parse("127.0.0.2"), TimeSpan.FromSeconds(10)),
            SilentReporter.Instance,
            CancellationToken.None);
        Assert.Equal(PgConnectionStep.AuthorisedAddress, test.FailedStep);
        Assert.Equal("PgCloud.Connection.AddressNotAuthorised", test.Step[3].ErrorId);
        Assert.Contains("127.0.0.2", test.Message, StringComparison.Ordinal);
        Assert.Equal("Authorise it: Add-PgAuthorisedIp -Instance 'orders' -Address 127.0.0.2", test.Action);
        Assert.All(test.Step.Skip(4), step => Assert.Equal(PgStepOutcome.Skipped, step.Outcome));

        // A session: from 127.0.0.1, after its line has been taken out of pg_hba.conf.
        string hba = Path.Combine(server.DataDirectory, "pg_hba.conf");
        string lines = await File.ReadAllTextAsync(hba);
        try
        {
            await File.WriteAllTextAsync(hba, "hostssl all all 192.0.2.0/24 scram-sha-256\n");
            await server.ResetAsync();
            PgCloudException error = await FailsAsync(
                server.Target(), PgConnectionStep.AuthorisedAddress, "PgCloud.Connection.AddressNotAuthorised", PgErrorKind.PermissionDenied);
            Assert.Contains("-Address 127.0.0.1", error.RecommendedAction, StringComparison.Ordinal);
        }
        finally
        {
            await File.WriteAllTextAsync(hba, lines);
            await server.ResetAsync();
        }
    }

    [Theory]
    [Server(15)]
    public async Task A_test_from_another_address_ends_before_the_login(int version)
    {
        TestServer server = await servers.GetAsync(version);
        PgConnectionTest test = await ConnectionProbe.TestAsync(
            new ConnectionTestRequest(server.Target(), IPAddress.Loopback, TimeSpan.FromSeconds(10)),
            SilentReporter.Instance,
            CancellationToken.None);
        Assert.True(test.Succeeded);
        Assert.All(test.Step.Skip(4), step =>
        {
            Assert.Equal(PgStepOutcome.Skipped, step.Outcome);
            Assert.Contains("-SourceAddress", step.Message, StringComparison.Ordinal);
        });
    }

    [Theory]
    [Server(15, "203.0.113.9")]
    [Server(15, "::1")]
    public async Task A_source_address_that_cannot_be_used(int version, string source)
    {
        TestServer server = await servers.GetAsync(version);
        PgConnectionTest test = await ConnectionProbe.TestAsync(
            new ConnectionTestRequest(server.Target(host: "127.0.0.1"), IPAddress.Parse(source), TimeSpan.FromSeconds(10)),
            SilentReporter.Instance,
            CancellationToken.None);
        Assert.Equal((PgConnectionStep.Tcp, "PgCloud.Connection.SourceAddressInvalid"), (test.FailedStep, test.Step[1].ErrorId));
    }

    [Theory]
    [Server(15)]
    [Server(18)]
    public async Task A_wrong_password_and_a_user_that_is_not_there_look_alike(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await FailsAsync(server.Target(password: "wrong"), PgConnectionStep.Login, "PgCloud.Connection.LoginFailed", PgErrorKind.Authentication);
        await FailsAsync(server.Target("no such user"), PgConnectionStep.Login, "PgCloud.Connection.LoginFailed", PgErrorKind.Authentication);
        await FailsAsync(server.Target("pg_monitor"), PgConnectionStep.Login, "PgCloud.Connection.LoginFailed", PgErrorKind.Authentication);
        await FailsAsync(server.Target(password: string.Empty), PgConnectionStep.Login, "PgCloud.Connection.LoginFailed", PgErrorKind.Authentication);
    }

    [Theory]
    [Server(15)]
    [Server(18)]
    public async Task A_database_that_is_not_there(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await FailsAsync(
            server.Target(database: "absent"), PgConnectionStep.Database, "PgCloud.Connection.DatabaseNotFound", PgErrorKind.NotFound);
    }

    [Theory]
    [Server(15, "closed")]
    [Server(18, "closed")]
    [Server(18, "template0")]
    public async Task A_database_that_may_not_be_opened(int version, string database)
    {
        TestServer server = await servers.GetAsync(version);
        await FailsAsync(
            server.Target(database: database), PgConnectionStep.Database, "PgCloud.Connection.DatabaseRefused", PgErrorKind.PermissionDenied);
    }

    [Theory]
    [Server(15)]
    [Server(18)]
    public async Task A_connection_limit_that_is_reached(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await server.ExecuteAsync($"CREATE ROLE limited LOGIN CONNECTION LIMIT 0 PASSWORD '{TestServer.Password}'");
        await FailsAsync(server.Target("limited"), PgConnectionStep.Login, "PgCloud.Connection.TooManyConnections", PgErrorKind.Unavailable);
        await server.ExecuteAsync("DROP ROLE limited");
    }

    [Theory]
    [Server(15)]
    [Server(18)]
    public async Task Without_a_password_the_test_goes_as_far_as_the_address(int version)
    {
        TestServer server = await servers.GetAsync(version);
        foreach (string user in new[] { TestServer.Admin, string.Empty })
        {
            PgConnectionTest test = await TestAsync(server.Target(user, password: null));
            Assert.True(test.Succeeded, test.Message);
            Assert.Equal(PgStepOutcome.Passed, test.Step[(int)PgConnectionStep.AuthorisedAddress].Outcome);
            Assert.All(test.Step.Skip(4), step => Assert.Equal(PgStepOutcome.Skipped, step.Outcome));
        }
    }

    [Theory]
    [Server(15)]
    [Server(18)]
    public async Task A_server_that_is_stopped_refuses_and_one_that_is_not_ready_says_so(int version)
    {
        // A server of its own, as the others are shared.
        TestServer server = await TestServer.CreateAsync(version);
        await using (server)
        {
            NpgsqlSqlSession session = await OpenAsync(server.Target());
            await server.StopAsync();

            PgCloudException lost = await Assert.ThrowsAsync<PgCloudException>(() => session.GetRolesAsync(null, CancellationToken.None));
            Assert.Equal("PgCloud.Connection.Lost", lost.ErrorId);
            await FailsAsync(server.Target(), PgConnectionStep.Tcp, "PgCloud.Connection.Refused", PgErrorKind.Connection);
            await session.DisposeAsync();

            // A standby that takes no queries answers as a server does that is starting.
            await File.WriteAllTextAsync(Path.Combine(server.DataDirectory, "standby.signal"), string.Empty);
            await File.AppendAllTextAsync(
                Path.Combine(server.DataDirectory, "postgresql.conf"), "\nhot_standby = off\nlog_min_messages = 'warning'\n");
            await server.StartAsync(untilReady: false);
            await FailsAsync(
                server.Target(), PgConnectionStep.AuthorisedAddress, "PgCloud.Connection.ServerNotReady", PgErrorKind.Unavailable);
        }
    }

    [Theory]
    [Server(15)]
    public async Task Cancelling_is_no_answer(int version)
    {
        TestServer server = await servers.GetAsync(version);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        SqlTarget target = server.Target(host: "127.0.0.1") with { Port = ((IPEndPoint)listener.LocalEndpoint).Port };
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ConnectionProbe.TestAsync(
            new ConnectionTestRequest(target, null, TimeSpan.FromSeconds(10)), SilentReporter.Instance, stop.Token));
        using var stopToo = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => NpgsqlSqlSession.OpenAsync(target, SilentReporter.Instance, stopToo.Token));
    }

    [Theory]
    [InlineData("no pg_hba.conf entry for host \"203.0.113.9\", user \"ops\", database \"postgres\", SSL encryption", "203.0.113.9")]
    [InlineData("kein pg_hba.conf-Eintrag für Host »203.0.113.9«, Benutzer »ops«, Datenbank »postgres«, SSL-Verschlüsselung", "203.0.113.9")]
    [InlineData("aucune entrée dans pg_hba.conf pour l'hôte « 2001:db8::7 », utilisateur « ops »", "2001:db8::7")]
    [InlineData("pg_hba.conf rejects connection for host \"2001:db8::7\", user \"ops\", database \"face\", SSL encryption", "2001:db8::7")]
    [InlineData("ホスト\"203.0.113.9\"、ユーザー\"ops\"のpg_hba.confエントリがありません", "203.0.113.9")]
    public void The_address_is_read_from_the_message_in_every_language(string message, string address)
    {
        var target = new SqlTarget("db.example", 5432, "postgres", "ops", null, PgTlsMode.VerifyFull, string.Empty, null);
        PgCloudException error = SqlErrors.WhileOpening(
            new ServerError("28000", message, null, null, "ClientAuthentication", null), target, IPAddress.Loopback);
        Assert.Equal("PgCloud.Connection.AddressNotAuthorised", error.ErrorId);
        Assert.EndsWith($"-Address {address}", error.RecommendedAction, StringComparison.Ordinal);
    }

    /// <summary>The session fails with this error, and the test fails at this step with the same one.</summary>
    private static async Task<PgCloudException> FailsAsync(SqlTarget target, PgConnectionStep step, string errorId, PgErrorKind kind)
    {
        PgCloudException error = await Expect.ErrorAsync(errorId, kind, target.ToString(), () => OpenAsync(target));
        Assert.False(string.IsNullOrEmpty(error.RecommendedAction));

        PgConnectionTest test = await TestAsync(target);
        Assert.False(test.Succeeded);
        Assert.Equal(step, test.FailedStep);
        PgConnectionTestStep failed = test.Step.Single(s => s.Outcome == PgStepOutcome.Failed);
        Assert.Equal(errorId, failed.ErrorId);
        Assert.Equal(error.RecommendedAction, failed.Action);
        Assert.NotNull(failed.Milliseconds);
        Assert.All(test.Step.SkipWhile(s => s != failed).Skip(1), s => Assert.Equal(PgStepOutcome.Skipped, s.Outcome));
        Assert.Equal(Enum.GetValues<PgConnectionStep>(), test.Step.Select(s => s.Step));
        return error;
    }

    private static Task<NpgsqlSqlSession> OpenAsync(SqlTarget target) =>
        NpgsqlSqlSession.OpenAsync(target, SilentReporter.Instance, CancellationToken.None);

    private static Task<PgConnectionTest> TestAsync(SqlTarget target) => ConnectionProbe.TestAsync(
        new ConnectionTestRequest(target, null, target.ConnectTimeout), SilentReporter.Instance, CancellationToken.None);

    private static async Task<object?> ScalarAsync(NpgsqlSqlSession session, string sql)
    {
        object? value = null;
        await foreach (SqlRowBatch batch in session.QueryAsync(
            new SqlQuery(sql, new Dictionary<string, object?>(), null), CancellationToken.None))
        {
            value = batch.Rows[0].Values[0];
        }

        return value;
    }

    private static async Task ServeAsync(TcpListener listener, byte[] answer)
    {
        try
        {
            while (true)
            {
                using TcpClient client = await listener.AcceptTcpClientAsync();
                await client.GetStream().ReadExactlyAsync(new byte[8]);
                await client.GetStream().WriteAsync(answer);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The listener was stopped.
        }
    }
}
