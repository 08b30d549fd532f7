// SPDX-License-Identifier: MIT

using System.Diagnostics;
using PgCloud.Contracts;
using PgCloud.Errors;

namespace PgCloud.Engine.Sql.Tables;

/// <summary>An import from the pipeline: a piece is formatted while the server works on the one before.</summary>
internal sealed class TableImport : ITableImport
{
    private readonly SqlContext _context;
    private readonly TableInfo _table;
    private readonly IReadOnlyList<string> _columns;
    private readonly bool[] _isMultirange;
    private readonly CopyTransaction _transaction;
    private readonly CopyBuffer _buffer = new();
    private readonly long _begun = Stopwatch.GetTimestamp();
    private readonly CsvFormat _csv;
    private readonly CsvScan? _scan;
    private long _added;

    /// <param name="context">The session.</param>
    /// <param name="table">The table.</param>
    /// <param name="transaction">The transaction, in which the COPY has been started.</param>
    /// <param name="names">The names of the values of a row.</param>
    /// <param name="columns">The columns they go into.</param>
    /// <param name="csv">How lines are written, and which text means NULL.</param>
    /// <param name="scan">Looks through lines; <see langword="null"/> for rows of values.</param>
    internal TableImport(
        SqlContext context,
        TableInfo table,
        CopyTransaction transaction,
        IReadOnlyList<string> names,
        IReadOnlyList<string> columns,
        CsvFormat csv,
        CsvScan? scan)
    {
        _context = context;
        _table = table;
        _transaction = transaction;
        Names = names;
        _columns = columns;
        _isMultirange = [.. columns.Select(name => table.Columns.First(column => column.Name == name).IsMultirange)];
        _csv = csv;
        _scan = scan;
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Names { get; }

    /// <inheritdoc/>
    public bool Add(ReadOnlySpan<object?> row)
    {
        _added++;
        for (int i = 0; i < row.Length; i++)
        {
            try
            {
                string? text = _isMultirange[i] ? CopyText.OfMultirange(row[i]) : CopyText.Of(row[i]);
                _buffer.AddField(text is not null && row[i] is string && text == _csv.Null ? null : text);
            }
            catch (FormatException exception)
            {
                throw Invalid(_added, _columns[i], row[i] as string, exception.Message);
            }
        }

        _buffer.EndRow();
        return _buffer.IsFull;
    }

    /// <inheritdoc/>
    public bool Add(string line)
    {
        try
        {
            _added++;
            _buffer.AddLine(line);
            return _buffer.IsFull;
        }
        catch (FormatException exception)
        {
            throw Invalid(_added, string.Empty, null, exception.Message);
        }
    }

    /// <inheritdoc/>
    public async Task SendAsync(CancellationToken cancellation)
    {
        if (_scan is not null)
        {
            _scan.Add(_buffer.Bytes.Span);
            EndMarker.Refuse(_context, _scan, _table, string.Empty);
        }

        await ExplainAsync(() => _transaction.SendAsync(_buffer.Bytes, cancellation).AsTask(), cancellation);
        _buffer.Clear();
    }

    /// <inheritdoc/>
    public async Task<PgTableCopy> CompleteAsync(CancellationToken cancellation)
    {
        await SendAsync(cancellation);
        await ExplainAsync(
            async () =>
            {
                await _transaction.EndAsync();
                await _transaction.CommitAsync(cancellation);
            },
            cancellation);
        TimeSpan took = Stopwatch.GetElapsedTime(_begun);
        long rows = _scan is null ? _added : _scan.Records - (_csv.HasHeader ? 1 : 0);
        _context.Reporter.Step($"Import {rows} rows into {_table}", took);
        return new PgTableCopy
        {
            Schema = _table.Schema,
            Table = _table.Name,
            Rows = rows,
            Duration = took,
            Change = rows > 0 ? PgChange.Updated : PgChange.Unchanged,
        };
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _transaction.DisposeAsync();

    private async Task ExplainAsync(Func<Task> work, CancellationToken cancellation)
    {
        try
        {
            await work();
        }
        catch (Exception exception) when (!SqlErrors.IsCancellation(exception, cancellation))
        {
            // A statement that the server was told to cancel fails there first.
            cancellation.ThrowIfCancellationRequested();
            throw SqlErrors.InSession(CopyErrors.Import(exception, _context.Target, _table, string.Empty), _context.Target);
        }
    }

    private PgCloudException Invalid(long row, string column, string? value, string reason) => PgErrors.TableRowInvalid(
        new PgInvalidRow { Table = _table.ToString(), Line = row, Column = column, Value = value, Reason = $"the value cannot be sent: {reason}" },
        null);
}
