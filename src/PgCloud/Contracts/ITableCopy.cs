// SPDX-License-Identifier: MIT

using System.Text;

namespace PgCloud.Contracts;

/// <summary>
///   Rows of tables from and to files and the pipeline, by COPY. An import is one transaction: all of it or nothing. It answers
///   <see langword="null"/> where its approval was refused, and nothing was written.
/// </summary>
public interface ITableCopy
{
    /// <summary>Imports CSV files into one table.</summary>
    Task<IReadOnlyList<PgTableCopy>?> ImportFilesAsync(
        TableImportRequest request, IReadOnlyList<string> paths, IChangeApproval approval, CancellationToken cancellation);

    /// <summary>Begins an import of rows of values.</summary>
    /// <param name="request">The table.</param>
    /// <param name="names">What the values are called; matched to the table's columns.</param>
    /// <param name="approval">Asked before anything is sent.</param>
    /// <param name="cancellation">Ends the import, also after it has begun.</param>
    Task<ITableImport?> BeginRowsAsync(
        TableImportRequest request, IReadOnlyList<string> names, IChangeApproval approval, CancellationToken cancellation);

    /// <summary>Begins an import of lines of CSV.</summary>
    /// <param name="request">The table.</param>
    /// <param name="first">The first line: the header, where there is to be one. It counts as added.</param>
    /// <param name="approval">Asked before anything is sent.</param>
    /// <param name="cancellation">Ends the import, also after it has begun.</param>
    Task<ITableImport?> BeginLinesAsync(
        TableImportRequest request, string first, IChangeApproval approval, CancellationToken cancellation);

    /// <summary>Exports a table or the rows of a query to a CSV file, which is the old one or the new, and never half of it.</summary>
    Task<PgTableCopy> ExportFileAsync(TableExportRequest request, string path, bool overwrite, CancellationToken cancellation);

    /// <summary>Exports a table or the rows of a query as lines of CSV, in batches as they arrive.</summary>
    IAsyncEnumerable<IReadOnlyList<string>> ExportLinesAsync(TableExportRequest request, CancellationToken cancellation);
}

/// <summary>An import under way. Not for use by two callers at once. Disposed of before it is complete, it leaves nothing.</summary>
public interface ITableImport : IAsyncDisposable
{
    /// <summary>The names of the values that make a row, in order.</summary>
    IReadOnlyList<string> Names { get; }

    /// <summary>Takes a row of values.</summary>
    /// <returns>Whether enough has come together to be sent: call <see cref="SendAsync"/> then.</returns>
    bool Add(ReadOnlySpan<object?> row);

    /// <summary>Takes a line of CSV.</summary>
    /// <returns>Whether enough has come together to be sent: call <see cref="SendAsync"/> then.</returns>
    bool Add(string line);

    /// <summary>Sends what has come together.</summary>
    Task SendAsync(CancellationToken cancellation);

    /// <summary>Sends the rest and commits.</summary>
    Task<PgTableCopy> CompleteAsync(CancellationToken cancellation);
}

/// <summary>What to import into.</summary>
/// <param name="Schema">The schema; <see langword="null"/> to look along the search path.</param>
/// <param name="Table">The table.</param>
public sealed record TableImportRequest(string? Schema, string Table)
{
    /// <summary>The columns to write; <see langword="null"/> for those that the source names, or all where it names none.</summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>The column for a name of the source, where that is another one.</summary>
    public IReadOnlyDictionary<string, string> ColumnMap { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether to empty the table first, in the same transaction.</summary>
    public bool Truncate { get; init; }

    /// <summary>How the source is written.</summary>
    public CsvFormat Csv { get; init; } = new();
}

/// <summary>What to export: a table or a query.</summary>
/// <param name="Schema">The schema; <see langword="null"/> to look along the search path.</param>
/// <param name="Table">The table; <see langword="null"/> for a query.</param>
/// <param name="Query">The query; <see langword="null"/> for a table.</param>
public sealed record TableExportRequest(string? Schema, string? Table, string? Query)
{
    /// <summary>The columns to read; <see langword="null"/> for all.</summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>How the lines are to be written.</summary>
    public CsvFormat Csv { get; init; } = new();
}

/// <summary>How CSV is written. Quotes are always double ones, and a quote within is doubled.</summary>
public sealed record CsvFormat
{
    /// <summary>What stands between two values.</summary>
    public char Delimiter { get; init; } = ',';

    /// <summary>The text that means NULL; <see langword="null"/> for an empty value without quotes, and none among values that are no text.</summary>
    public string? Null { get; init; }

    /// <summary>Whether the first line has the names of the columns.</summary>
    public bool HasHeader { get; init; } = true;

    /// <summary>The encoding of a file; <see langword="null"/> for UTF-8, or what the file's byte order mark says.</summary>
    public Encoding? Encoding { get; init; }
}
