// SPDX-License-Identifier: MIT

using System.Data;
using Npgsql;

namespace PgCloud.Engine.Sql.Tables;

/// <summary>One transaction with one COPY … FROM STDIN or several. Disposed of before it is committed, it is rolled back.</summary>
internal sealed class CopyTransaction : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly ServerCancel _cancel;
    private NpgsqlCopyTextWriter? _writer;
    private bool _isCommitted;

    private CopyTransaction(SqlContext context, CancellationToken cancellation)
    {
        _connection = context.Connection;
        _cancel = new ServerCancel(context, cancellation);
    }

    /// <summary>Begins, and runs what comes first.</summary>
    internal static async Task<CopyTransaction> BeginAsync(SqlContext context, IEnumerable<string> first, CancellationToken cancellation)
    {
        var transaction = new CopyTransaction(context, cancellation);
        try
        {
            await transaction.ExecuteAsync(["BEGIN", .. first], cancellation);
            return transaction;
        }
        catch
        {
            await transaction.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts a COPY.</summary>
    internal async Task StartAsync(string copy, CancellationToken cancellation)
    {
        _writer = await _connection.BeginTextImportAsync(copy, cancellation);
        // A large index or a slow trigger may take any time.
        _writer.BaseStream.ReadTimeout = 0;
        _writer.BaseStream.WriteTimeout = 0;
    }

    /// <summary>Sends bytes as they are: a text writer would decode and encode them.</summary>
    internal ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return _writer!.BaseStream.WriteAsync(bytes, CancellationToken.None);
    }

    /// <summary>Ends the COPY; here the server says what is wrong with the rows.</summary>
    internal async Task EndAsync()
    {
        NpgsqlCopyTextWriter writer = _writer!;
        _writer = null;
        await writer.DisposeAsync();
    }

    /// <summary>Commits.</summary>
    internal async Task CommitAsync(CancellationToken cancellation)
    {
        await _cancel.DisposeAsync();
        cancellation.ThrowIfCancellationRequested();
        await ExecuteAsync(["COMMIT"], CancellationToken.None);
        _isCommitted = true;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_isCommitted)
        {
            return;
        }

        try
        {
            await _cancel.DisposeAsync();
            if (_writer is not null)
            {
                await _writer.CancelAsync();
            }

            if (_connection.State == ConnectionState.Open)
            {
                await ExecuteAsync(["ROLLBACK"], CancellationToken.None);
            }
        }
        catch (Exception exception)
            when (exception is NpgsqlException or InvalidOperationException or IOException or OperationCanceledException)
        {
            // The failure that led here is the one to report; without a connection the server rolls back by itself.
            await _connection.CloseAsync();
        }
    }

    private async Task ExecuteAsync(IEnumerable<string> statements, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(_connection) { Timeout = 0 };
        foreach (string statement in statements)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(statement));
        }

        await batch.ExecuteNonQueryAsync(cancellation);
    }
}
