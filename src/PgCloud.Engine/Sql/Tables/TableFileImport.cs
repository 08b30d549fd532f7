// SPDX-License-Identifier: MIT

using System.Diagnostics;

namespace PgCloud.Engine.Sql.Tables;

/// <summary>An import of files: their bytes go to the server as they are.</summary>
internal sealed class TableFileImport(SqlContext context, TableInfo table, CsvFile file, string copy)
{
    /// <summary>The statement.</summary>
    internal string Copy => copy;

    /// <summary>Sends the file.</summary>
    internal async Task<PgTableCopy> RunAsync(CopyTransaction transaction, CancellationToken cancellation)
    {
        long begun = Stopwatch.GetTimestamp();
        var scan = new CsvScan(file.LineEnd);
        try
        {
            await transaction.StartAsync(copy, cancellation);
            ReadOnlyMemory<byte> bytes;
            while ((bytes = await ReadAsync(cancellation)).Length > 0)
            {
                scan.Add(bytes.Span);
                EndMarker.Refuse(context, scan, table, file.Path);
                await transaction.SendAsync(bytes, cancellation);
                context.Reporter.Progress($"Import into {table}", file.Path, file.Percent);
            }

            scan.End();
            EndMarker.Refuse(context, scan, table, file.Path);
            await transaction.EndAsync();
        }
        catch (Exception exception) when (!SqlErrors.IsCancellation(exception, cancellation))
        {
            cancellation.ThrowIfCancellationRequested();
            throw CopyErrors.Import(exception, context.Target, table, file.Path);
        }

        long rows = Math.Max(scan.Records - (file.Header is null ? 0 : 1), 0);
        return new PgTableCopy
        {
            Schema = table.Schema,
            Table = table.Name,
            Path = file.Path,
            Rows = rows,
            Duration = Stopwatch.GetElapsedTime(begun),
            Change = rows > 0 ? PgChange.Updated : PgChange.Unchanged,
        };
    }

    private async ValueTask<ReadOnlyMemory<byte>> ReadAsync(CancellationToken cancellation)
    {
        try
        {
            return await file.ReadAsync(cancellation);
        }
        catch (Exception exception) when (FileErrors.Explain(exception, file.Path) is { } error)
        {
            throw error;
        }
    }
}
