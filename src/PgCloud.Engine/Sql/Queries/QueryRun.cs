// SPDX-License-Identifier: MIT

using System.Diagnostics;
using System.Globalization;
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
    private const int LargestBatch = 4096;

    private readonly NpgsqlCommand _command;
    private readonly SqlContext _context;
    private readonly QueryText _text;
    private readonly bool _isReadOnly;
    private readonly QueryNotices _notices;
    private TimeSpan? _left;
    private NpgsqlDataReader? _reader;
    private RowSource? _source;
    private ResultShape? _shape;
    private Task<bool>? _pending;
    private int _resultSet;
    private int _batchSize = 1;
    private bool _shapeWasShown;
    private bool _isAtEnd;
    private bool _isComplete;

    internal QueryRun(SqlContext context, SqlQuery query, QueryText text)
    {
        _context = context;
        _text = text;
        _isReadOnly = query.ReadOnly;
        _left = query.Timeout;
        _command = text.CreateCommand(context.Connection);
        _notices = new QueryNotices(context);
    }

    /// <summary>What was done, for the log: the rows that each statement wrote.</summary>
    internal string Summary
    {
        get
        {
            IEnumerable<string> written = QueryText.StatementsOf(_command)
                .Where(s => s.StatementType is StatementType.Insert or StatementType.Update or StatementType.Delete or StatementType.Merge)
                .Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.StatementType.ToString().ToUpperInvariant()} {s.Rows}"));
            return string.Join(", ", written.Prepend("Query"));
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
            // A timer goes up to 24 days; a larger limit is none.
            limit!.CancelAfter(
                left.TotalMilliseconds > int.MaxValue ? Timeout.InfiniteTimeSpan : left > TimeSpan.Zero ? left : TimeSpan.FromMilliseconds(1));
        }

        try
        {
            SqlRowBatch? batch = await ReadBatchAsync(limit?.Token ?? cancellation);
            _left -= Stopwatch.GetElapsedTime(begun);
            _isAtEnd = _isComplete = batch is null;
            return batch;
        }
        catch (Exception exception)
        {
            _isAtEnd = true;
            if (limit is { IsCancellationRequested: true } && !cancellation.IsCancellationRequested)
            {
                throw PgErrors.SqlTimeout(_context.Target.ToString(), null);
            }

            if (exception is PgCloudException || SqlErrors.IsCancellation(exception, cancellation))
            {
                throw;
            }

            throw SqlErrors.Cause(exception) is PostgresException server
                ? SqlErrors.InSession(ServerError.From(server) with { Place = _text.PlaceOf(server, _command) }, _context.Target)
                : SqlErrors.InSession(exception, _context.Target);
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

        await EndTransactionAsync();
        _notices.Dispose();
        await _command.DisposeAsync();
    }

    /// <summary>Ends the transaction of a read-only query that did not come to its own end.</summary>
    private async Task EndTransactionAsync()
    {
        if (!_isReadOnly || _isComplete || _context.Connection.State != System.Data.ConnectionState.Open)
        {
            return;
        }

        try
        {
            _command.CommandText = "ROLLBACK";
            _command.Parameters.Clear();
            await _command.ExecuteNonQueryAsync(CancellationToken.None);
        }
        catch (NpgsqlException)
        {
            // The connection is lost, and the transaction with it.
        }
    }

    private async Task<SqlRowBatch?> ReadBatchAsync(CancellationToken cancellation)
    {
        if (_reader is null)
        {
            _reader = await _command.ExecuteReaderAsync(cancellation);
            _source = new RowSource(_reader);
            _shape = ResultShape.Of(_reader);
        }

        _notices.Release();
        while (_shape is { } shape)
        {
            if (await ReadRowsAsync(_reader, shape, cancellation) is { } batch)
            {
                _shapeWasShown = true;
                return batch;
            }

            _shape = await _reader.NextResultAsync(cancellation) ? ResultShape.Of(_reader) : null;
            _batchSize = 1;
            bool wasShown = _shapeWasShown;
            _shapeWasShown = false;
            if (!wasShown)
            {
                return new SqlRowBatch(_resultSet++, shape.Columns, []);
            }

            _resultSet++;
        }

        return null;
    }

    /// <summary>
    ///   Some rows of the present result set; <see langword="null"/> where there are no more. They end where the next one is not there yet,
    ///   where the server said something in between, and where the shape must become another.
    /// </summary>
    private async Task<SqlRowBatch?> ReadRowsAsync(NpgsqlDataReader reader, ResultShape shape, CancellationToken cancellation)
    {
        var rows = new List<PgRow>(_batchSize);
        while (rows.Count < _batchSize)
        {
            Task<bool> read = _pending ?? reader.ReadAsync(cancellation);
            _pending = null;
            if (rows.Count > 0 && (!read.IsCompleted || _notices.AreHeld))
            {
                _pending = read;
                break;
            }

            if (!await read)
            {
                return rows.Count == 0 ? null : new SqlRowBatch(_resultSet, shape.Columns, rows);
            }

            try
            {
                rows.Add(shape.Read(_source!));
                _notices.Hold();
            }
            catch (ValueDoesNotFitException rare)
            {
                // The row is read again, as the first of the new shape.
                _pending = Task.FromResult(true);
                _shape = shape.Widen(rare.Ordinal);
                if (rows.Count > 0)
                {
                    return new SqlRowBatch(_resultSet, shape.Columns, rows);
                }

                shape = _shape;
            }
        }

        _batchSize = Math.Min(_batchSize * 4, LargestBatch);
        return new SqlRowBatch(_resultSet, shape.Columns, rows);
    }
}
