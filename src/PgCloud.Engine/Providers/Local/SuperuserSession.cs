// SPDX-License-Identifier: MIT

using System.Security;
using System.Text;
using Npgsql;
using PgCloud.Contracts;
using PgCloud.Engine.Sql;
using PgCloud.Engine.Sql.Connections;
using PgCloud.Engine.Sql.Credentials;
using PgCloud.Errors;

namespace PgCloud.Engine.Providers.Local;

/// <summary>The module's own connection to a local server, as the superuser that users never get.</summary>
internal sealed class SuperuserSession : IAsyncDisposable
{
    private static readonly TimeSpan ReloadPatience = TimeSpan.FromSeconds(5);

    private readonly SqlLink _link;
    private readonly SqlTarget _target;

    private SuperuserSession(SqlLink link, SqlTarget target)
    {
        _link = link;
        _target = target;
    }

    /// <summary>Connects over verified TLS on loopback.</summary>
    internal static async Task<SuperuserSession> OpenAsync(
        InstanceDirectory directory, InstanceRecord record, CancellationToken cancellation)
    {
        byte[] bytes = await File.ReadAllBytesAsync(directory.SuperuserPassword, cancellation);
        char[] characters = Encoding.UTF8.GetChars(bytes);
        using SecureString password = Passwords.FromCharacters(characters);
        Array.Clear(bytes);
        Array.Clear(characters);
        var target = new SqlTarget(
            "127.0.0.1",
            record.Port,
            "postgres",
            LocalRoles.Superuser,
            password,
            PgTlsMode.VerifyFull,
            await File.ReadAllTextAsync(directory.CaCertificate, cancellation),
            directory.Name) { IsPinned = true };
        return new SuperuserSession(await SqlLink.OpenAsync(target, cancellation), target);
    }

    /// <summary>
    ///   Loads and compiles what the first connection of a process needs, by trying to connect to a port on which nothing listens yet.
    /// </summary>
    internal static async Task WarmUpAsync(int port, string caCertificate, CancellationToken cancellation)
    {
        var nowhere = new SqlTarget("127.0.0.1", port, "postgres", LocalRoles.Superuser, null, PgTlsMode.VerifyFull, caCertificate, null)
        {
            ConnectTimeout = TimeSpan.FromSeconds(1),
        };
        try
        {
            await using SqlLink link = await SqlLink.OpenAsync(nowhere, cancellation);
        }
        catch (PgCloudException)
        {
            // As expected: the port is free.
        }
    }

    /// <summary>Runs statements in one round trip; all or none of them.</summary>
    internal async Task ExecuteAsync(IEnumerable<string> statements, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(_link.Connection);
        foreach (string statement in statements)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(statement));
        }

        try
        {
            await batch.ExecuteNonQueryAsync(cancellation);
        }
        catch (NpgsqlException exception)
        {
            throw SqlErrors.InSession(exception, _target);
        }
    }

    /// <summary>Runs a query and gives its rows.</summary>
    internal async Task<List<T>> QueryAsync<T>(
        string query, IReadOnlyDictionary<string, object> parameters, Func<NpgsqlDataReader, T> read, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(query, _link.Connection);
        foreach ((string name, object value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        try
        {
            var rows = new List<T>();
            await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation))
            {
                rows.Add(read(reader));
            }

            return rows;
        }
        catch (NpgsqlException exception)
        {
            throw SqlErrors.InSession(exception, _target);
        }
    }

    /// <summary>What the server would refuse in pg_hba.conf as it is on disk; <see langword="null"/> where it would take all of it.</summary>
    internal async Task<string?> FindRuleErrorAsync(CancellationToken cancellation) => (await QueryAsync(
        "SELECT 'line ' || line_number || ': ' || error FROM pg_catalog.pg_hba_file_rules WHERE error IS NOT NULL ORDER BY line_number LIMIT 1",
        new Dictionary<string, object>(),
        r => r.GetString(0),
        cancellation)).FirstOrDefault();

    /// <summary>Has the server read its files again, and waits until it has.</summary>
    internal async Task ReloadAsync(CancellationToken cancellation)
    {
        // The postmaster tells its children after it has begun to reload, and accepts no connection before it is done: once this session
        // has a newer time, every new connection meets the new rules.
        DateTime before = await LoadTimeAsync(cancellation);
        await ExecuteAsync(["SELECT pg_catalog.pg_reload_conf()"], cancellation);
        DateTime until = DateTime.UtcNow + ReloadPatience;
        while (await LoadTimeAsync(cancellation) <= before && DateTime.UtcNow < until)
        {
            await Task.Delay(1, cancellation);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _link.DisposeAsync();

    private async Task<DateTime> LoadTimeAsync(CancellationToken cancellation) => (await QueryAsync(
        "SELECT pg_catalog.pg_conf_load_time()", new Dictionary<string, object>(), r => r.GetDateTime(0), cancellation))[0];
}
