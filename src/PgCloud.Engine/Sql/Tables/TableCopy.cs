// SPDX-License-Identifier: MIT

using PgCloud.Contracts;

namespace PgCloud.Engine.Sql.Tables;

/// <summary>Imports and exports over one connection.</summary>
internal sealed class TableCopy(SqlContext context) : ITableCopy
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<PgTableCopy>?> ImportFilesAsync(
        TableImportRequest request, IReadOnlyList<string> paths, IChangeApproval approval, CancellationToken cancellation)
    {
        var files = new List<CsvFile>();
        try
        {
            foreach (string path in paths)
            {
                files.Add(await CsvFile.OpenAsync(path, request.Csv, cancellation));
            }

            return await context.ReportAsync(
                $"Import {string.Join(", ", paths)} into {request.Table}",
                async () =>
                {
                    TableInfo table = await TableReader.ReadAsync(context, request.Schema, request.Table, cancellation);
                    TableFileImport[] imports = [.. files.Select(file => new TableFileImport(
                        context, table, file, CopySql.FromCsv(table, ColumnsOf(table, request, file.Header), request.Csv)))];
                    return await RunAsync(table, request, imports, approval, cancellation);
                },
                cancellation);
        }
        finally
        {
            files.ForEach(file => file.Dispose());
        }
    }

    /// <inheritdoc/>
    public Task<ITableImport?> BeginRowsAsync(
        TableImportRequest request, IReadOnlyList<string> names, IChangeApproval approval, CancellationToken cancellation) =>
        context.ReportAsync(
            $"Begin to import into {request.Table}",
            async () =>
            {
                TableInfo table = await TableReader.ReadAsync(context, request.Schema, request.Table, cancellation);
                (IReadOnlyList<string> properties, IReadOnlyList<string> columns) = ColumnMatch.OfProperties(table, request, names);
                string copy = CopySql.FromRows(table, columns);
                return await StartAsync(table, request, copy, approval, cancellation) is not { } transaction
                    ? null
                    : (ITableImport)new TableImport(context, table, transaction, properties, columns, request.Csv, null);
            },
            cancellation);

    /// <inheritdoc/>
    public Task<ITableImport?> BeginLinesAsync(
        TableImportRequest request, string first, IChangeApproval approval, CancellationToken cancellation) =>
        context.ReportAsync(
            $"Begin to import into {request.Table}",
            async () =>
            {
                TableInfo table = await TableReader.ReadAsync(context, request.Schema, request.Table, cancellation);
                IReadOnlyList<string>? header = request.Csv.HasHeader ? CsvHeader.ReadFirst(first, request.Csv.Delimiter) : null;
                string copy = CopySql.FromCsv(table, ColumnsOf(table, request, header), request.Csv);
                if (await StartAsync(table, request, copy, approval, cancellation) is not { } transaction)
                {
                    return null;
                }

                var import = new TableImport(context, table, transaction, [], [], request.Csv, new CsvScan());
                import.Add(first);
                return (ITableImport)import;
            },
            cancellation);

    /// <inheritdoc/>
    public Task<PgTableCopy> ExportFileAsync(TableExportRequest request, string path, bool overwrite, CancellationToken cancellation) =>
        new TableExport(context, request).ToFileAsync(path, overwrite, cancellation);

    /// <inheritdoc/>
    public IAsyncEnumerable<IReadOnlyList<string>> ExportLinesAsync(TableExportRequest request, CancellationToken cancellation) =>
        new TableExport(context, request).ToLinesAsync(cancellation);

    private static IReadOnlyList<string>? ColumnsOf(TableInfo table, TableImportRequest request, IReadOnlyList<string>? header) =>
        header is not null ? ColumnMatch.OfHeader(table, request, header)
        : request.Columns is not null ? ColumnMatch.OfNames(table, request.Columns)
        : null;

    private async Task<IReadOnlyList<PgTableCopy>?> RunAsync(
        TableInfo table,
        TableImportRequest request,
        IReadOnlyList<TableFileImport> imports,
        IChangeApproval approval,
        CancellationToken cancellation)
    {
        if (!await ApproveAsync(table, request, imports.Select(import => import.Copy), approval))
        {
            return null;
        }

        await using CopyTransaction transaction = await BeginAsync(table, request, cancellation);
        var copies = new List<PgTableCopy>();
        foreach (TableFileImport import in imports)
        {
            copies.Add(await import.RunAsync(transaction, cancellation));
        }

        await CommitAsync(table, transaction, cancellation);
        return copies;
    }

    private async Task<CopyTransaction?> StartAsync(
        TableInfo table, TableImportRequest request, string copy, IChangeApproval approval, CancellationToken cancellation)
    {
        if (!await ApproveAsync(table, request, [copy], approval))
        {
            return null;
        }

        CopyTransaction transaction = await BeginAsync(table, request, cancellation);
        try
        {
            await transaction.StartAsync(copy, cancellation);
            return transaction;
        }
        catch (Exception exception)
        {
            await transaction.DisposeAsync();
            throw CopyErrors.Import(exception, context.Target, table, string.Empty);
        }
    }

    private Task<bool> ApproveAsync(TableInfo table, TableImportRequest request, IEnumerable<string> copies, IChangeApproval approval) =>
        new Consent(context.Target, approval).ToAsync([.. First(table, request).Concat(copies).Select(sql => new SqlStatement(sql))]);

    private async Task<CopyTransaction> BeginAsync(TableInfo table, TableImportRequest request, CancellationToken cancellation)
    {
        try
        {
            return await CopyTransaction.BeginAsync(context, First(table, request), cancellation);
        }
        catch (Exception exception) when (!SqlErrors.IsCancellation(exception, cancellation))
        {
            throw CopyErrors.Import(exception, context.Target, table, string.Empty);
        }
    }

    // A constraint that is deferred speaks up here.
    private async Task CommitAsync(TableInfo table, CopyTransaction transaction, CancellationToken cancellation)
    {
        try
        {
            await transaction.CommitAsync(cancellation);
        }
        catch (Exception exception) when (!SqlErrors.IsCancellation(exception, cancellation))
        {
            throw CopyErrors.Import(exception, context.Target, table, string.Empty);
        }
    }

    // Who waits to empty a table makes everybody else wait who comes to read it; and rows that are read from the table itself would wait for
    // ever for what waits for them.
    private static string[] First(TableInfo table, TableImportRequest request) => request.Truncate
        ? ["SET LOCAL lock_timeout = '10s'", $"TRUNCATE {table.Sql}", "SET LOCAL lock_timeout TO DEFAULT"]
        : [];
}
