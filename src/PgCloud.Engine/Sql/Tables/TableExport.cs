// SPDX-License-Identifier: MIT

using System.Diagnostics;
using System.Runtime.CompilerServices;
using PgCloud.Contracts;

namespace PgCloud.Engine.Sql.Tables;

/// <summary>An export of a table, or of a query's rows.</summary>
internal sealed class TableExport(SqlContext context, TableExportRequest request)
{
    /// <summary>Writes a file: the server's bytes as they are.</summary>
    internal async Task<PgTableCopy> ToFileAsync(string path, bool overwrite, CancellationToken cancellation)
    {
        long begun = Stopwatch.GetTimestamp();
        using OutputFile file = OutputFile.Create(path, overwrite, request.Csv.Encoding);
        return await context.ReportAsync(
            $"Export to {path}",
            async () =>
            {
                (TableInfo? table, string copy) = await PlanAsync(cancellation);
                long records = await ExplainAsync(() => CopyAsync(copy, file, cancellation), cancellation);
                file.Complete();
                return new PgTableCopy
                {
                    Schema = table?.Schema ?? string.Empty,
                    Table = table?.Name ?? string.Empty,
                    Path = path,
                    Rows = records - (request.Csv.HasHeader ? 1 : 0),
                    Duration = Stopwatch.GetElapsedTime(begun),
                };
            },
            cancellation);
    }

    /// <summary>Hands over lines as they arrive, without their ends. A value may have a line end within.</summary>
    internal async IAsyncEnumerable<IReadOnlyList<string>> ToLinesAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        (_, string copy) = await context.ReportAsync("Begin to export", () => PlanAsync(cancellation), cancellation);
        await using CopyOutput output = await ExplainAsync(() => CopyOutput.StartAsync(context, copy, cancellation), cancellation);
        var lines = new CsvLines();
        while (true)
        {
            ReadOnlyMemory<byte> bytes = await ExplainAsync(() => output.ReadAsync(untilFull: false).AsTask(), cancellation);
            if (bytes.Length == 0)
            {
                break;
            }

            List<string> whole = lines.Add(bytes.Span);
            if (whole.Count > 0)
            {
                yield return whole;
            }
        }
    }

    private async Task<long> CopyAsync(string copy, OutputFile file, CancellationToken cancellation)
    {
        var scan = new CsvScan();
        await using CopyOutput output = await CopyOutput.StartAsync(context, copy, cancellation);
        ReadOnlyMemory<byte> bytes;
        while ((bytes = await output.ReadAsync(untilFull: true)).Length > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            scan.Add(bytes.Span);
            file.Write(bytes.Span);
        }

        return scan.Records;
    }

    private async Task<(TableInfo? Table, string Copy)> PlanAsync(CancellationToken cancellation)
    {
        if (request.Query is not null)
        {
            return (null, CopySql.QueryToCsv(request.Query, request.Csv));
        }

        TableInfo table = await TableReader.ReadAsync(context, request.Schema, request.Table!, cancellation);
        IReadOnlyList<string>? columns = request.Columns is null ? null : ColumnMatch.Readable(table, request.Columns);
        return (table, CopySql.ToCsv(table, columns, request.Csv));
    }

    private async Task<T> ExplainAsync<T>(Func<Task<T>> work, CancellationToken cancellation)
    {
        try
        {
            return await work();
        }
        catch (Exception exception) when (!SqlErrors.IsCancellation(exception, cancellation))
        {
            // A statement that the server was told to cancel fails there first.
            cancellation.ThrowIfCancellationRequested();
            throw SqlErrors.InSession(CopyErrors.Export(exception, context.Target), context.Target);
        }
    }
}
