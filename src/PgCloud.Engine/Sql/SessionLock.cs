// SPDX-License-Identifier: MIT

using System.Data;
using Npgsql;

namespace PgCloud.Engine.Sql;

/// <summary>
///   The lock of <see cref="CatalogChange{T}"/> for work that cannot be one transaction. It lasts until it is disposed of, or the connection
///   ends.
/// </summary>
internal sealed class SessionLock : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;

    private SessionLock(NpgsqlConnection connection) => _connection = connection;

    /// <summary>Waits for it, as long as a transaction would.</summary>
    internal static async Task<SessionLock> TakeAsync(SqlContext context, CancellationToken cancellation)
    {
        // The timeout is the transaction's, and the lock outlives that.
        await ExecuteAsync(
            context.Connection,
            $"BEGIN; SET LOCAL lock_timeout = '30s'; SELECT pg_catalog.pg_advisory_lock({CatalogChange<object>.LockKey}); COMMIT",
            cancellation);
        return new SessionLock(context.Connection);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_connection.State != ConnectionState.Open)
        {
            return;
        }

        try
        {
            await ExecuteAsync(_connection, $"SELECT pg_catalog.pg_advisory_unlock({CatalogChange<object>.LockKey})", CancellationToken.None);
        }
        catch (NpgsqlException)
        {
            // The connection is lost, and the lock with it.
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
