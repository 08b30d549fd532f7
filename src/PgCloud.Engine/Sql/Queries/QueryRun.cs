// SPDX-License-Identifier: MIT

using System.Diagnostics;
using Npgsql;
using PgCloud.Contracts;
using PgCloud.Errors;

namespace PgCloud.Engine.Sql.Queries;

/// <summary>
///   One query on its way. Rows come in batches that grow, so that the first row arrives at once and many rows cost little each; what has
///   arrived is handed over before waiting for more.
/// </summary>
internal sealed class QueryRun : IAsyncDisposable
{
    private const int LargestBatch = 256;

    private readonly NpgsqlCommand _command;
    private readonly SqlTarget _target;
    private TimeSpan? _left;
    private NpgsqlDataReader? _reader;
    private ResultShape? _shape;
    private Task<bool>? _pending;
    private int _batchSize = 1;
    private bool _shapeWasShown;
    private bool _isAtEnd;

    internal QueryRun(NpgsqlConnection connection, SqlQuery query, SqlTarget target)
    {
        _target = target;
        _left = query.Timeout;
        // Text is the one format every type has: aclitem has no binary one, and enums, composites and extensions' types need no loading.
        _command = new NpgsqlCommand(query.Text, connection) { CommandTimeout = 0, AllResultTypesAreUnknown = true };
        foreach ((string name, object? value) in query.Parameters)
        {
            _command.Parameters.Add(QueryParameters.Create(name, value));
        }
    }

    /// <summary>The next rows; <see langword="null"/> at the end.</summary>
    internal async Task<SqlRowBatch?> NextAsync(CancellationToken cancellation)
    {
        if (_isAtEnd)
        {
            return null;
        }

        // The time that the reader of the rows takes between two batches is not the server's.
        long begun = Stopwatch.GetTimestamp();
        using CancellationTokenSource? limit = _left is null ? null : CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        if (_left is { } left)
        {
            limit!.CancelAfter(left > TimeSpan.Zero ? left : TimeSpan.FromMilliseconds(1));
        }

        try
        {
            SqlRowBatch? batch = await ReadBatchAsync(limit?.Token ?? cancellation);
            _left -= Stopwatch.GetElapsedTime(begun);
            _isAtEnd = batch is null;
            return batch;
        }
        catch (Exception exception)
        {
            _isAtEnd = true;
            if (limit is { IsCancellationRequested: true } && !cancellation.IsCancellationRequested)
            {
                throw PgErrors.SqlTimeout(_target.ToString(), null);
            }

            if (exception is PgCloudException || SqlErrors.IsCancellation(exception, cancellation))
            {
                throw;
            }

            throw SqlErrors.InSession(exception, _target);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (!_isAtEnd && _reader is not null)
            {
                // Otherwise closing the reader would wait for, and read, all rows that nobody wants.
                _command.Cancel();
            }

            if (_pending is not null)
            {
                await _pending;
            }

            if (_reader is not null)
            {
                await _reader.DisposeAsync();
            }
        }
        catch (Exception exception)
            when (exception is NpgsqlException or OperationCanceledException or InvalidOperationException or IOException)
        {
            // The server's answer to being cancelled.
        }

        await _command.DisposeAsync();
    }

    private async Task<SqlRowBatch?> ReadBatchAsync(CancellationToken cancellation)
    {
        if (_reader is null)
        {
            _reader = await _command.ExecuteReaderAsync(cancellation);
            _shape = ResultShape.Of(_reader);
        }

        while (_shape is { } shape)
        {
            if (await ReadRowsAsync(_reader, shape, cancellation) is { } rows)
            {
                _shapeWasShown = true;
                return new SqlRowBatch(shape.Columns, rows);
            }

            _shape = await _reader.NextResultAsync(cancellation) ? ResultShape.Of(_reader) : null;
            _batchSize = 1;
            bool wasShown = _shapeWasShown;
            _shapeWasShown = false;
            if (!wasShown)
            {
                return new SqlRowBatch(shape.Columns, []);
            }
        }

        return null;
    }

    /// <summary>Some rows of the present result set; <see langword="null"/> where there are no more.</summary>
    private async Task<List<object?[]>?> ReadRowsAsync(NpgsqlDataReader reader, ResultShape shape, CancellationToken cancellation)
    {
        var rows = new List<object?[]>(_batchSize);
        while (rows.Count < _batchSize)
        {
            Task<bool> read = _pending ?? reader.ReadAsync(cancellation);
            _pending = null;
            if (!read.IsCompleted && rows.Count > 0)
            {
                _pending = read;
                break;
            }

            if (!await read)
            {
                return rows.Count == 0 ? null : rows;
            }

            rows.Add(shape.Read(reader));
        }

        _batchSize = Math.Min(_batchSize * 4, LargestBatch);
        return rows;
    }
}
