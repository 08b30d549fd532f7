// SPDX-License-Identifier: MIT

using Npgsql;
using PgCloud.Errors;

namespace PgCloud.Engine.Sql.Tables;

/// <summary>
///   Cancels on the server what a connection is busy with, when the caller cancels. During a COPY Npgsql would wait until the server
///   looks at its input again, which it does not while it waits for a lock or runs a trigger.
/// </summary>
internal sealed class ServerCancel : IAsyncDisposable
{
    private readonly SqlContext _context;
    private readonly CancellationTokenRegistration _registration;
    private Task _cancelling = Task.CompletedTask;

    internal ServerCancel(SqlContext context, CancellationToken cancellation)
    {
        _context = context;
        int backend = context.Connection.ProcessID;
        _registration = cancellation.Register(() => _cancelling = Task.Run(() => CancelAsync(backend)));
    }

    /// <summary>Cancels no longer; a request that is under way is waited for, so that it cannot hit the next statement.</summary>
    public async ValueTask DisposeAsync()
    {
        await _registration.DisposeAsync();
        await _cancelling;
    }

    private async Task CancelAsync(int backend)
    {
        try
        {
            await using SqlContext other = await _context.OpenOtherAsync(_context.Target.Database, CancellationToken.None);
            await using var command = new NpgsqlCommand("SELECT pg_catalog.pg_cancel_backend($1)", other.Connection)
            {
                CommandTimeout = 10,
                Parameters = { new NpgsqlParameter { Value = backend } },
            };
            await command.ExecuteNonQueryAsync();
        }
        catch (Exception exception) when (exception is PgCloudException or NpgsqlException or IOException)
        {
            // Then what is under way ends when the server next looks at its input, or with the connection.
        }
    }
}
