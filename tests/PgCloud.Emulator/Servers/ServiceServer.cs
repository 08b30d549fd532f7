// SPDX-License-Identifier: MIT

using System.Diagnostics;
using Npgsql;
using PgCloud.Engine.Providers.Local;
using PgCloud.Errors;

namespace PgCloud.Emulator.Servers;

/// <summary>The PostgreSQL server behind one service.</summary>
internal sealed class ServiceServer(
    InstanceDirectory directory, InstanceRecord record, PostgresInstallation installation, ServerKind kind, string superuser) : IDisposable
{
    private const int StartTries = 50;

    private static readonly TimeSpan ReloadPatience = TimeSpan.FromSeconds(5);

    private const int MostAtOnce = 64;

    private readonly SemaphoreSlim _alive = new(MostAtOnce);
    private readonly SemaphoreSlim _crashing = new(1);
    private readonly SemaphoreSlim _rules = new(1);
    private readonly SemaphoreSlim _copying = new(1);
    private readonly SemaphoreSlim _turns = new(1);

    internal string Name => directory.Name;

    internal int Port => record.Port;

    internal ServerKind Kind => kind;

    internal PostgresInstallation Installation => installation;

    internal string Log => directory.Log;

    internal InstanceDirectory Files => directory;

    internal string CaPem { get; } = File.Exists(directory.CaCertificate) ? File.ReadAllText(directory.CaCertificate) : string.Empty;

    /// <summary>The ranges that it lets in.</summary>
    internal IEnumerable<string> LetIn => HbaFile.Read(directory.HbaFile).Entries.Select(e => e.Address);

    /// <summary>Runs statements in one round trip; all or none of them.</summary>
    internal async Task ExecuteAsync(IEnumerable<string> statements, CancellationToken cancellation, string database = "postgres")
    {
        using IDisposable turn = await WhileAliveAsync(cancellation);
        await using NpgsqlConnection connection = await OpenAsync(database, cancellation);
        await using var batch = new NpgsqlBatch(connection);
        foreach (string statement in statements)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(statement));
        }

        await batch.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>The same in the order in which it is asked for: what came first does not come to its end after what came later.</summary>
    internal async Task ExecuteInTurnAsync(IEnumerable<string> statements, CancellationToken cancellation)
    {
        await _turns.WaitAsync(cancellation);
        try
        {
            await ExecuteAsync(statements, cancellation);
        }
        finally
        {
            _turns.Release();
        }
    }

    /// <summary>Runs a query and gives its rows.</summary>
    internal async Task<List<T>> QueryAsync<T>(
        string query, Func<NpgsqlDataReader, T> read, CancellationToken cancellation, string database = "postgres", params object[] parameters)
    {
        using IDisposable turn = await WhileAliveAsync(cancellation);
        await using NpgsqlConnection connection = await OpenAsync(database, cancellation);
        await using var command = new NpgsqlCommand(query, connection);
        foreach (object value in parameters)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        var rows = new List<T>();
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    /// <summary>Lets in the ranges that are authorised when its turn comes, and nobody else.</summary>
    internal async Task AuthoriseAsync(Func<IEnumerable<string>> ranges, CancellationToken cancellation)
    {
        await _rules.WaitAsync(cancellation);
        try
        {
            HbaFile rules = HbaFile.Read(directory.HbaFile);
            rules.Entries.Clear();
            rules.Entries.AddRange(ranges().Select(r => new HbaEntry(r, string.Empty)));
            ServerFile.Write(directory.HbaFile, rules.ToBytes(), ServerAccount.Find(record.Account));
            await ReloadAsync(cancellation);
        }
        finally
        {
            _rules.Release();
        }
    }

    /// <summary>Copies the data while the server runs, as for a base backup (PostgreSQL documentation, 26.3.3).</summary>
    internal async Task CopyDataAsync(string target, CancellationToken cancellation)
    {
        // Each begins with a checkpoint, after which the server lets go of the WAL that one begun before it still needs.
        await _copying.WaitAsync(cancellation);
        try
        {
            await CopyAloneAsync(target, cancellation);
        }
        finally
        {
            _copying.Release();
        }
    }

    private async Task CopyAloneAsync(string target, CancellationToken cancellation)
    {
        using IDisposable turn = await WhileAliveAsync(cancellation);
        bool isOld = installation.Major < 15;
        await using NpgsqlConnection connection = await OpenAsync("postgres", cancellation);
        await using var begin = new NpgsqlCommand(isOld ? "SELECT pg_start_backup('fork', true, false)" : "SELECT pg_backup_start('fork', true)", connection);
        await begin.ExecuteNonQueryAsync(cancellation);
        await TreeCopy.RunAsync(directory.Data, target, cancellation, whileItChanges: true);
        await using var end = new NpgsqlCommand($"SELECT labelfile FROM {(isOld ? "pg_stop_backup(false, false)" : "pg_backup_stop(false)")}", connection);
        string label = (string)(await end.ExecuteScalarAsync(cancellation))!;
        Directory.Delete(Path.Combine(target, "pg_wal"), recursive: true);
        await TreeCopy.RunAsync(Path.Combine(directory.Data, "pg_wal"), Path.Combine(target, "pg_wal"), cancellation, whileItChanges: true);
        ServerFile.Write(Path.Combine(target, "backup_label"), System.Text.Encoding.UTF8.GetBytes(label), ServerAccount.Find(record.Account));
        File.Delete(Path.Combine(target, "postmaster.pid"));
        File.Delete(Path.Combine(target, "postmaster.opts"));
    }

    /// <summary>Starts a server that was stopped.</summary>
    internal Task StartAsync(CancellationToken cancellation) =>
        ServerFactory.StartAsync(directory, record, ServerAccount.Find(record.Account), cancellation);

    /// <summary>
    ///   Has it die, as of a machine that fails, and starts it again. That breaks off what clients do; what the API itself does is let end before.
    /// </summary>
    internal async Task CrashAsync(CancellationToken cancellation)
    {
        await _crashing.WaitAsync(cancellation);
        int turns = 0;
        try
        {
            for (; turns < MostAtOnce; turns++)
            {
                await _alive.WaitAsync(cancellation);
            }

            await KillAsync(cancellation);
            await StartAgainAsync(CancellationToken.None);
        }
        finally
        {
            if (turns > 0)
            {
                _alive.Release(turns);
            }

            _crashing.Release();
        }
    }

    private async Task KillAsync(CancellationToken cancellation)
    {
        if (ServerProcess.FindRunning(directory.Data) is { } id)
        {
            using var postmaster = Process.GetProcessById(id);
            postmaster.Kill();
            await postmaster.WaitForExitAsync(cancellation);
        }
    }

    // Its children end by themselves when they notice; until then its memory is in use and no other can begin.
    private async Task StartAgainAsync(CancellationToken cancellation)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                await StartAsync(cancellation);
                return;
            }
            catch (PgCloudException) when (attempt < StartTries)
            {
                await Task.Delay(200, cancellation);
            }
        }
    }

    private async Task<IDisposable> WhileAliveAsync(CancellationToken cancellation)
    {
        await _alive.WaitAsync(cancellation);
        return new Turn(_alive);
    }

    internal Task StopAsync(CancellationToken cancellation) => new ServerControl(directory, record, QuietReporter.Instance).StopAsync(cancellation);

    internal void Delete() => Directory.Delete(directory.Root, recursive: true);

    public void Dispose()
    {
        _alive.Dispose();
        _crashing.Dispose();
        _rules.Dispose();
        _copying.Dispose();
        _turns.Dispose();
    }

    // The postmaster tells its children after it has begun to reload, and accepts no connection before it is done: once this session has a
    // newer time, every new connection meets the new rules.
    private async Task ReloadAsync(CancellationToken cancellation)
    {
        using IDisposable turn = await WhileAliveAsync(cancellation);
        await using NpgsqlConnection connection = await OpenAsync("postgres", cancellation);
        await using var loaded = new NpgsqlCommand("SELECT pg_conf_load_time()", connection);
        await using var reload = new NpgsqlCommand("SELECT pg_reload_conf()", connection);
        var before = (DateTime)(await loaded.ExecuteScalarAsync(cancellation))!;
        await reload.ExecuteNonQueryAsync(cancellation);
        DateTime until = DateTime.UtcNow + ReloadPatience;
        while ((DateTime)(await loaded.ExecuteScalarAsync(cancellation))! <= before && DateTime.UtcNow < until)
        {
            await Task.Delay(1, cancellation);
        }
    }

    private async Task<NpgsqlConnection> OpenAsync(string database, CancellationToken cancellation)
    {
        var settings = new NpgsqlConnectionStringBuilder
        {
            Host = EmulatorOptions.ServerAddress,
            Port = record.Port,
            Database = database,
            Username = superuser,
            Password = await File.ReadAllTextAsync(directory.SuperuserPassword, cancellation),
            SslMode = SslMode.VerifyFull,
            RootCertificate = directory.CaCertificate,
            // A session that is kept would be in the way of DROP DATABASE and show among the queries.
            Pooling = false,
            ApplicationName = "emulator",
        };
        var connection = new NpgsqlConnection(settings.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellation);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private sealed class Turn(SemaphoreSlim alive) : IDisposable
    {
        public void Dispose() => alive.Release();
    }
}
