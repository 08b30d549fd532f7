// SPDX-License-Identifier: MIT

using System.Collections;
using System.Management.Automation;
using PgCloud.Contracts;
using PgCloud.Errors;
using PgCloud.Pipeline;

namespace PgCloud.Commands.Table;

/// <summary>Imports rows into a table: CSV files, objects or lines of CSV from the pipeline.</summary>
/// <remarks>
///   All rows go in by COPY in one transaction: all of them, or none. The names in a file's header, or of the first object's properties, are
///   matched to the table's columns; a name that no column has is an error, as is a row that the table does not take: its target object has the
///   line, the column and the value. A file's bytes go to the server as they are, so that it is as fast as psql's \copy. Numbers, dates, time
///   spans, bytes, arrays and $null arrive as what they are. Of a pipeline, the first object decides: a text is a line of CSV (and the first the
///   header, without -NoHeader), anything else an object with properties or a hashtable; a property that a later object lacks is NULL. A bad row
///   is noticed when the rows before it have been sent. Without any object nothing is done, -Truncate included.
///   After an error none of the rows is in the table, and after a connection that was lost at the end all or none: count before you run it again.
/// </remarks>
/// <example>
///   <code>$ops | Import-PgTable orders -Path ./orders.csv -Delimiter ';'</code>
///   <para>Imports a CSV file with a header.</para>
/// </example>
/// <example>
///   <code>Import-Csv ./orders.csv | Where-Object country -eq FR | Import-PgTable orders -Null '' -Connection $ops</code>
///   <para>Imports objects; an empty text is NULL.</para>
/// </example>
/// <example>
///   <code>Get-Process | Import-PgTable process -Column id, name -ColumnMap @{ ProcessName = 'name' } -Truncate -Connection $ops</code>
///   <para>Replaces what is in a table by some properties of objects.</para>
/// </example>
/// <example>
///   <code>$old | Export-PgTable orders | Import-PgTable orders -Connection $new</code>
///   <para>Copies a table from one server to another, without a file between.</para>
/// </example>
[Cmdlet(VerbsData.Import, "PgTable", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, DefaultParameterSetName = InputSet)]
[OutputType(typeof(PgTableCopy))]
public sealed class ImportPgTableCommand : TableCmdlet
{
    private const string InputSet = "Input";
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    private ITableImport? _import;
    private object?[] _row = [];
    private bool _isLines;
    private bool _isRefused;
    private PgCloudException? _failure;

    /// <summary>The table's name, taken exactly as it is.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Table { get; set; } = string.Empty;

    /// <summary>The CSV files. Several are one transaction.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = PathSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>The CSV files, by paths without wildcards.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet)]
    [ValidateNotNullOrEmpty]
    [Alias("PSPath", "LP")]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>The objects or lines of CSV. Give -Connection by name then.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = InputSet)]
    public PSObject InputObject { get; set; } = null!;

    /// <summary>The column for a name of the source that is called otherwise: @{ name = 'column' }.</summary>
    [Parameter]
    [ValidateNotNull]
    public Hashtable ColumnMap { get; set; } = [];

    /// <summary>
    ///   Empties the table first, in the same transaction. Where others use the table, it waits 10 s for them at most: who comes after would
    ///   have to wait for it.
    /// </summary>
    [Parameter]
    public SwitchParameter Truncate { get; set; }

    private TableImportRequest Request => new(Schema, Table)
    {
        Columns = Column,
        ColumnMap = ColumnMap.Cast<DictionaryEntry>().ToDictionary(
            entry => entry.Key.ToString()!, entry => entry.Value?.ToString() ?? string.Empty, StringComparer.OrdinalIgnoreCase),
        Truncate = Truncate,
        Csv = Csv,
    };

    /// <inheritdoc/>
    private protected override int Parallelism => ParameterSetName == InputSet ? 1 : base.Parallelism;

    /// <inheritdoc/>
    private protected override bool TryTake() => ParameterSetName == InputSet && (_isRefused || (_import is not null && !Add()));

    /// <inheritdoc/>
    private protected override async Task ProcessAsync(CancellationToken cancellation)
    {
        if (ParameterSetName != InputSet)
        {
            await ImportFilesAsync(cancellation);
            return;
        }

        await AsOneAsync(async () =>
        {
            if (_import is null)
            {
                await BeginImportAsync(cancellation);
            }

            if (_failure is not null)
            {
                throw _failure;
            }

            await (_import?.SendAsync(cancellation) ?? Task.CompletedTask);
        });
    }

    /// <inheritdoc/>
    private protected override async Task EndAsync(CancellationToken cancellation)
    {
        if (_import is not null)
        {
            await AsOneAsync(async () =>
            {
                PgTableCopy copy = await _import.CompleteAsync(cancellation);
                copy.Connection = Connection;
                await WriteChangedAsync(copy);
            });
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && _import is { } import)
        {
            _import = null;
            import.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }

        base.Dispose(disposing);
    }

    /// <summary>All objects are one import: after a failure no later one can succeed.</summary>
    private static async Task AsOneAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (PgCloudException exception)
        {
            throw new TerminatingException(exception);
        }
    }

    private async Task ImportFilesAsync(CancellationToken cancellation)
    {
        (IReadOnlyList<string> files, PgCloudException? error) = await OnPipelineThreadAsync(() =>
            FilePaths.Existing(this, ParameterSetName == PathSet ? Path : LiteralPath, ParameterSetName == LiteralPathSet));
        if (error is not null)
        {
            throw error;
        }

        ISqlSession session = await SessionAsync(cancellation);
        foreach (PgTableCopy copy in await session.Tables.ImportFilesAsync(Request, files, Approval, cancellation) ?? [])
        {
            copy.Connection = Connection;
            await WriteChangedAsync(copy);
        }
    }

    private async Task BeginImportAsync(CancellationToken cancellation)
    {
        ISqlSession session = await SessionAsync(cancellation);
        if (InputObject.BaseObject is string first)
        {
            _isLines = true;
            _import = await session.Tables.BeginLinesAsync(Request, first, Approval, cancellation);
        }
        else
        {
            IReadOnlyList<string> names = await OnPipelineThreadAsync(() => InputRow.NamesOf(InputObject));
            _import = await session.Tables.BeginRowsAsync(Request, names, Approval, cancellation);
            _row = new object?[_import?.Names.Count ?? 0];
            await OnPipelineThreadAsync(() => _import is not null && Add());
        }

        _isRefused = _import is null;
    }

    /// <summary>Takes the present object; on the pipeline thread, where a property may be computed by a script.</summary>
    /// <returns>Whether there is something to send, or a failure to report.</returns>
    private bool Add()
    {
        try
        {
            if (_isLines)
            {
                return _import!.Add(InputObject.ToString());
            }

            InputRow.Read(InputObject, _import!.Names, _row);
            return _import.Add(_row);
        }
        catch (PgCloudException exception)
        {
            _failure = exception;
            return true;
        }
    }
}
