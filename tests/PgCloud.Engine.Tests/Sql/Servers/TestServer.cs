// SPDX-License-Identifier: MIT

using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;
using PgCloud.Contracts;
using PgCloud.Engine.Providers.Local;
using PgCloud.Engine.Sql;
using PgCloud.Engine.Sql.Connections;
using PgCloud.Engine.Sql.Credentials;

namespace PgCloud.Engine.Tests.Sql.Servers;

/// <summary>
///   A real PostgreSQL server as a managed cloud gives one: TLS, SCRAM, nobody in but from 127.0.0.1, and an admin who is no superuser.
/// </summary>
internal sealed class TestServer : IAsyncDisposable
{
    internal const string Superuser = "postgres";
    internal const string Admin = "ops";
    internal const string Password = "Pw-0123456789";

    private readonly string _directory;
    private readonly string _binaries;
    private Process? _process;
    private long _logStart;

    private TestServer(int version, string binaries)
    {
        Version = version;
        _binaries = binaries;
        _directory = Path.Combine(Path.GetTempPath(), $"pgcloud-test-{version}-{Guid.NewGuid():N}");
    }

    internal int Version { get; }

    internal int Port { get; private set; }

    internal TestCertificates Certificates { get; private init; } = new();

    internal string DataDirectory => Path.Combine(_directory, "data");

    private string LogFile => Path.Combine(_directory, "log");

    /// <summary>Makes and starts a server.</summary>
    internal static async Task<TestServer> CreateAsync(int version)
    {
        var server = new TestServer(version, ServerBinaries.Find(version) ?? throw new InvalidOperationException($"no PostgreSQL {version}"));
        server.Initialise();
        await server.StartAsync();
        await server.MakeRolesAsync();
        return server;
    }

    /// <summary>What it takes to connect.</summary>
    internal SqlTarget Target(
        string user = Admin,
        string? password = Password,
        string database = "postgres",
        PgTlsMode tls = PgTlsMode.VerifyFull,
        string host = "localhost",
        string? ca = null) =>
        new(host, Port, database, user, password is null ? null : Passwords.FromCharacters(password), tls, ca ?? Certificates.AuthorityPem, "orders")
        {
            ConnectTimeout = TimeSpan.FromSeconds(60),
        };

    /// <summary>A session of the module's own.</summary>
    internal Task<NpgsqlSqlSession> OpenAsync(string user = Admin, string database = "postgres") =>
        NpgsqlSqlSession.OpenAsync(Target(user, database: database), SilentReporter.Instance, CancellationToken.None);

    /// <summary>What a session's parts work with.</summary>
    internal async Task<SqlContext> OpenContextAsync(string user = Admin, string database = "postgres")
    {
        SqlTarget target = Target(user, database: database);
        return new SqlContext(await SqlLink.OpenAsync(target, CancellationToken.None), target, SilentReporter.Instance);
    }

    /// <summary>A connection of plain Npgsql, to check what the module did.</summary>
    internal async Task<NpgsqlConnection> ConnectAsync(string user = Superuser, string password = Password, string database = "postgres")
    {
        var settings = new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = Port,
            Username = user,
            Password = password,
            Database = database,
            SslMode = SslMode.Require,
            Pooling = false,
        };
        var connection = new NpgsqlConnection(settings.ConnectionString);
        try
        {
            await connection.OpenAsync();
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs statements as superuser.</summary>
    internal async Task ExecuteAsync(string sql, string database = "postgres")
    {
        await using NpgsqlConnection connection = await ConnectAsync(database: database);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>One value, read as superuser.</summary>
    internal async Task<T> ScalarAsync<T>(string sql, params object[] parameters)
    {
        await using NpgsqlConnection connection = await ConnectAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (object parameter in parameters)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        }

        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Every row of the catalogs of roles with the transaction that wrote it: equal before and after means nothing was written.</summary>
    internal Task<string> RoleCatalogAsync() => ScalarAsync<string>(
        """
        SELECT (SELECT string_agg(format('%s %s %s', rolname, xmin, ctid), E'\n' ORDER BY rolname) FROM pg_authid) || E'\n'
            || (SELECT string_agg(format('%s %s %s %s', roleid, member, xmin, ctid), E'\n' ORDER BY roleid, member, grantor) FROM pg_auth_members) || E'\n'
            || coalesce((SELECT string_agg(format('%s %s %s %s', setdatabase, setrole, xmin, ctid), E'\n' ORDER BY setdatabase, setrole) FROM pg_db_role_setting), '')
            || (SELECT string_agg(format('%s %s %s', objoid, xmin, ctid), E'\n' ORDER BY classoid, objoid) FROM pg_shdescription)
        """);

    /// <summary>The same of databases and the comments on them.</summary>
    internal Task<string> DatabaseCatalogAsync() => ScalarAsync<string>(
        """
        SELECT (SELECT string_agg(format('%s %s %s', datname, xmin, ctid), E'\n' ORDER BY datname) FROM pg_database) || E'\n'
            || coalesce((SELECT string_agg(format('%s %s %s', objoid, xmin, ctid), E'\n' ORDER BY objoid) FROM pg_shdescription), '')
        """);

    /// <summary>Who is a member of what, by whose grant and with which options.</summary>
    internal Task<string> MembershipsAsync() => ScalarAsync<string>(
        "SELECT coalesce(string_agg((to_jsonb(m) - 'oid')::text, E'\n' ORDER BY roleid, member, grantor), '') FROM pg_auth_members m");

    /// <summary>What the server wrote to its log so far.</summary>
    internal string ReadLog()
    {
        using var file = new FileStream(LogFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        return reader.ReadToEnd();
    }

    /// <summary>Changes a setting that a reload makes effective for new connections.</summary>
    internal async Task SetAsync(string name, string value)
    {
        await ExecuteAsync(string.Create(CultureInfo.InvariantCulture, $"ALTER SYSTEM SET {name} = '{value}'"));
        await ReloadAsync();
    }

    /// <summary>Takes back what <see cref="SetAsync"/> did. Goes by file, since it must work where nobody can log in.</summary>
    internal async Task ResetAsync()
    {
        await File.WriteAllTextAsync(Path.Combine(DataDirectory, "postgresql.auto.conf"), string.Empty);
        await ReloadAsync();
    }

    /// <summary>Puts another certificate into the server.</summary>
    internal async Task UseCertificateAsync((string Certificate, string Key) certificate)
    {
        WriteCertificate(certificate);
        await ReloadAsync();
    }

    /// <summary>Puts the server's own certificate back.</summary>
    internal Task UseOwnCertificateAsync() => UseCertificateAsync(OwnCertificate());

    /// <summary>Starts the server.</summary>
    /// <param name="untilReady">Whether to wait until it takes queries, or only until it can be reached.</param>
    internal async Task StartAsync(bool untilReady = true)
    {
        // The server is the child of a shell that ends it when this process ends, however it ends: then the shell's input closes.
        string postgres = Path.Combine(_binaries, "postgres");
        (string program, string[] arguments) = Programs.Unprivileged("sh",
        [
            "-c", "\"$0\" -D \"$1\" >>\"$2\" 2>&1 & read -r _; kill -INT $!; wait $!", postgres, DataDirectory, LogFile,
        ]);
        _logStart = File.Exists(LogFile) ? new FileInfo(LogFile).Length : 0;
        _process = Programs.Start(program, arguments);
        await WaitUntilAsync(() => CanConnectAsync(untilReady));
    }

    /// <summary>Stops the server and waits for its end.</summary>
    internal async Task StopAsync()
    {
        if (_process is { } process)
        {
            _process = null;
            process.StandardInput.Close();
            await process.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromSeconds(120)).Token);
            process.Dispose();
        }
    }

    /// <summary>Ends the server as a crash does.</summary>
    internal async Task CrashAsync()
    {
        string id = (await File.ReadAllLinesAsync(Path.Combine(DataDirectory, "postmaster.pid")))[0];
        Programs.Run("kill", "-QUIT", id);
        await StopAsync();
    }

    /// <summary>Makes a server that stays in recovery, as a read replica does: it takes queries and writes nothing.</summary>
    internal async Task<TestServer> CreateStandbyAsync()
    {
        await StopAsync();
        var standby = new TestServer(Version, _binaries) { Certificates = Certificates, Port = ServerPort.FindFree() };
        Programs.Run("cp", "-a", _directory, standby._directory);
        await File.WriteAllTextAsync(Path.Combine(standby.DataDirectory, "standby.signal"), string.Empty);
        await File.AppendAllTextAsync(
            Path.Combine(standby.DataDirectory, "postgresql.conf"),
            string.Create(CultureInfo.InvariantCulture, $"port = {standby.Port}\n"));
        GiveAway(standby._directory);
        await StartAsync();
        await standby.StartAsync();
        return standby;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private void Initialise()
    {
        Directory.CreateDirectory(_directory);
        GiveAway(_directory);
        string passwordFile = Path.Combine(_directory, "pw");
        File.WriteAllText(passwordFile, Password);
        GiveAway(passwordFile);
        Programs.RunUnprivileged(
            Path.Combine(_binaries, "initdb"), "-D", DataDirectory, "-U", Superuser, "--pwfile", passwordFile, "-A", "scram-sha-256",
            "--encoding", "UTF8", "--locale", "C", "--no-sync");
        WriteCertificate(OwnCertificate());
        Port = ServerPort.FindFree();
        File.WriteAllText(Path.Combine(DataDirectory, "pg_hba.conf"),
            """
            hostssl all all 127.0.0.1/32 scram-sha-256
            hostssl all all ::1/128 scram-sha-256
            hostnossl plain all 127.0.0.1/32 scram-sha-256
            """);
        File.AppendAllText(Path.Combine(DataDirectory, "postgresql.conf"), string.Create(
            CultureInfo.InvariantCulture,
            $"""

            port = {Port}
            listen_addresses = '127.0.0.1,127.0.0.5'
            unix_socket_directories = ''
            ssl = on
            password_encryption = 'scram-sha-256'
            fsync = off
            log_statement = 'all'
            log_min_messages = 'debug1'
            shared_buffers = '16MB'
            max_connections = 40

            """));
    }

    private async Task MakeRolesAsync()
    {
        await using NpgsqlConnection connection = await ConnectAsync();
        await using var command = new NpgsqlCommand(
            $"""
            CREATE ROLE admin_group NOLOGIN;
            GRANT pg_read_all_data, pg_write_all_data, pg_monitor, pg_read_all_settings, pg_read_all_stats, pg_stat_scan_tables,
                pg_signal_backend TO admin_group WITH ADMIN OPTION;
            CREATE ROLE {Admin} LOGIN CREATEROLE CREATEDB PASSWORD '{Password}';
            GRANT admin_group TO {Admin};
            """,
            connection);
        await command.ExecuteNonQueryAsync();
        command.CommandText = "CREATE DATABASE plain";
        await command.ExecuteNonQueryAsync();
        command.CommandText = "CREATE DATABASE closed";
        await command.ExecuteNonQueryAsync();
        command.CommandText = "REVOKE CONNECT ON DATABASE closed FROM PUBLIC";
        await command.ExecuteNonQueryAsync();
    }

    private (string Certificate, string Key) OwnCertificate() => Certificates.Issue(["localhost"], ["127.0.0.1", "::1"]);

    private void WriteCertificate((string Certificate, string Key) certificate)
    {
        string key = Path.Combine(DataDirectory, "server.key");
        File.WriteAllText(Path.Combine(DataDirectory, "server.crt"), certificate.Certificate);
        File.WriteAllText(key, certificate.Key);
        File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        GiveAway(key);
    }

    private async Task ReloadAsync()
    {
        string line = (await File.ReadAllLinesAsync(Path.Combine(DataDirectory, "postmaster.pid")))[0];
        int before = ReadLog().Split("received SIGHUP").Length;
        Programs.Run("kill", "-HUP", line);
        await WaitUntilAsync(() => Task.FromResult(ReadLog().Split("received SIGHUP").Length > before));
        // The log line is written before the files are read.
        await Task.Delay(200);
    }

    private async Task<bool> CanConnectAsync(bool ready)
    {
        if (_process!.HasExited)
        {
            throw new InvalidOperationException($"PostgreSQL {Version} ended: {ReadLog()}");
        }

        if (ready && (!File.Exists(LogFile) || !ReadLog()[(int)_logStart..].Contains("ready to accept", StringComparison.Ordinal)))
        {
            return false;
        }

        using var socket = new TcpClient();
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    internal static async Task WaitUntilAsync(Func<Task<bool>> condition)
    {
        var patience = Stopwatch.StartNew();
        while (!await condition())
        {
            if (patience.Elapsed > TimeSpan.FromSeconds(120))
            {
                throw new TimeoutException();
            }

            await Task.Delay(20);
        }
    }

    private static void GiveAway(string path)
    {
        if (Programs.IsRoot)
        {
            Programs.Run("chown", "-R", "postgres:postgres", path);
        }
    }
}
