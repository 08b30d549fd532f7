// SPDX-License-Identifier: MIT

using Npgsql;
using PgCloud.Contracts;
using PgCloud.Engine.Sql.Credentials;

namespace PgCloud.Engine.Tests.Faults;

/// <summary>A session in which a query runs until somebody ends it.</summary>
internal sealed class SleepingQuery : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _query;

    private SleepingQuery(NpgsqlConnection connection)
    {
        _connection = connection;
        ProcessId = connection.ProcessID;
        _query = SleepAsync();
    }

    /// <summary>The id of its process.</summary>
    internal int ProcessId { get; }

    /// <summary>Begins one.</summary>
    internal static async Task<SleepingQuery> BeginAsync(SqlTarget target, CancellationToken cancellation)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder
        {
            Host = target.HostName,
            Port = target.Port,
            Database = target.Database,
            Username = target.UserName,
            Password = Passwords.Use(target.Password!, p => new string(p)),
            SslMode = SslMode.Require,
            Pooling = false,
            CommandTimeout = 0,
        }.ConnectionString);
        await connection.OpenAsync(cancellation);
        return new SleepingQuery(connection);
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _query;
        await _connection.DisposeAsync();
        _end.Dispose();
    }

    private async Task SleepAsync()
    {
        try
        {
            await using NpgsqlCommand command = new("SELECT pg_sleep(120)", _connection);
            await command.ExecuteNonQueryAsync(_end.Token);
        }
        catch (Exception failure) when (failure is NpgsqlException or OperationCanceledException)
        {
            // It was stopped.
        }
    }
}
