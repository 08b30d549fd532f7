// SPDX-License-Identifier: MIT

using Npgsql;

namespace PgCloud.Engine.Sql.Tables;

/// <summary>One COPY … TO STDOUT. Disposed of before its end, it is cancelled on the server, so that the rest is not sent.</summary>
internal sealed class CopyOutput : IAsyncDisposable
{
    private readonly ServerCancel _cancel;
    private readonly NpgsqlCopyTextReader _reader;
    private readonly byte[] _buffer = new byte[256 * 1024];
    private ValueTask<int>? _pending;
    private int _end;
    private bool _isAtEnd;

    private CopyOutput(ServerCancel cancel, NpgsqlCopyTextReader reader)
    {
        _cancel = cancel;
        _reader = reader;
        // A query may think for any time before it has a row.
        _reader.BaseStream.ReadTimeout = 0;
    }

    /// <summary>Starts it.</summary>
    internal static async Task<CopyOutput> StartAsync(SqlContext context, string copy, CancellationToken cancellation)
    {
        var cancel = new ServerCancel(context, cancellation);
        try
        {
            return new CopyOutput(cancel, await context.Connection.BeginTextExportAsync(copy, cancellation));
        }
        catch
        {
            await cancel.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    ///   The next bytes; none at the end. They hold until the next call. The server sends each row by itself, and handing each on by itself
    ///   would cost more than the row: they are put together, as many as have arrived.
    /// </summary>
    /// <param name="untilFull">Whether to wait for more than has arrived.</param>
    internal async ValueTask<ReadOnlyMemory<byte>> ReadAsync(bool untilFull)
    {
        if (_pending is null)
        {
            _end = 0;
        }

        int start = _end;
        while (_end < _buffer.Length && !_isAtEnd)
        {
            ValueTask<int> read = _pending ?? _reader.BaseStream.ReadAsync(_buffer.AsMemory(_end), CancellationToken.None);
            _pending = null;
            if (!read.IsCompleted && !untilFull && _end > start)
            {
                // The bytes will come to just behind those that are handed over now.
                _pending = read;
                break;
            }

            int count = await read;
            _isAtEnd = count == 0;
            _end += count;
        }

        return _buffer.AsMemory(start, _end - start);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _cancel.DisposeAsync();
        try
        {
            if (!_isAtEnd)
            {
                await _reader.CancelAsync();
            }

            if (_pending is { } read)
            {
                await read;
            }

            await _reader.DisposeAsync();
        }
        catch (Exception exception) when (exception is NpgsqlException or InvalidOperationException or IOException)
        {
            // The server's answer to being cancelled.
        }
    }
}
