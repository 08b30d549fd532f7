// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Contracts;
using PgCloud.Errors;
using PgCloud.Pipeline;

namespace PgCloud.Commands.Table;

/// <summary>Exports a table, or the rows of a query, as CSV: to a file, or as lines to the pipeline.</summary>
/// <remarks>
///   The server writes the CSV and its bytes go into the file as they are, many times as fast as Invoke-PgQuery and Export-Csv. The file is
///   written beside its place and put there when it is whole. Without -Path each row is a line of
///   text in the pipeline; a value may have line ends within. NULL is an empty value without quotes and an empty text one with quotes, which
///   Import-PgTable tells apart. Columns that the server computes are left out, unless -Column names them or a query selects them.
///   After an error there is the old file, or none.
/// </remarks>
/// <example>
///   <code>$ops | Export-PgTable orders -Path ./orders.csv</code>
///   <para>Exports a table with a header line.</para>
/// </example>
/// <example>
///   <code>$ops | Export-PgTable -Query "SELECT id, total FROM orders WHERE day = CURRENT_DATE" -Path ./today.csv -Delimiter ';' -Encoding utf8BOM</code>
///   <para>Exports what a query gives, as spreadsheets read it.</para>
/// </example>
/// <example>
///   <code>$ops | Export-PgTable orders | ConvertFrom-Csv | Where-Object country -eq FR</code>
///   <para>Makes objects of the lines. Invoke-PgQuery gives objects with typed values.</para>
/// </example>
[Cmdlet(VerbsData.Export, "PgTable", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low, DefaultParameterSetName = TableSet)]
[OutputType(typeof(PgTableCopy), typeof(string))]
public sealed class ExportPgTableCommand : TableCmdlet
{
    private const string TableSet = "Table";
    private const string QuerySet = "Query";

    /// <summary>The table, view or materialised view, taken exactly as it is.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = TableSet)]
    [ValidateNotNullOrEmpty]
    public string Table { get; set; } = string.Empty;

    /// <summary>A query, without parameters; its rows are exported.</summary>
    [Parameter(Mandatory = true, ParameterSetName = QuerySet)]
    [ValidateNotNullOrEmpty]
    [Alias("Sql")]
    public string Query { get; set; } = string.Empty;

    /// <summary>The file, by a path without wildcards. One that is there is replaced; its access rights stay.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    [Alias("LiteralPath", "PSPath")]
    public string? Path { get; set; }

    /// <summary>Replaces no file that is there.</summary>
    [Parameter]
    public SwitchParameter NoClobber { get; set; }

    private TableExportRequest Request => ParameterSetName == TableSet
        ? new TableExportRequest(Schema, Table, null) { Columns = Column, Csv = Csv }
        : new TableExportRequest(null, null, Query) { Csv = Csv };

    /// <inheritdoc/>
    private protected override Task ProcessAsync(CancellationToken cancellation) =>
        Path is null ? WriteLinesAsync(cancellation) : WriteFileAsync(Path, cancellation);

    private async Task WriteFileAsync(string path, CancellationToken cancellation)
    {
        (string file, PgCloudException? error) = await OnPipelineThreadAsync(() => FilePaths.One(this, path));
        if (error is not null)
        {
            throw error;
        }

        if (await ShouldProcessAsync(file, $"Export {(ParameterSetName == TableSet ? $"table {Table}" : "the rows of a query")} from {Connection}"))
        {
            ISqlSession session = await SessionAsync(cancellation);
            PgTableCopy copy = await session.Tables.ExportFileAsync(Request, file, !NoClobber, cancellation);
            copy.Connection = Connection;
            await WriteAsync(copy);
        }
    }

    private async Task WriteLinesAsync(CancellationToken cancellation)
    {
        ISqlSession session = await SessionAsync(cancellation);
        await foreach (IReadOnlyList<string> lines in session.Tables.ExportLinesAsync(Request, cancellation))
        {
            await WriteAllAsync(lines);
        }
    }
}
