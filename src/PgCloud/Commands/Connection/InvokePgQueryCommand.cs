// SPDX-License-Identifier: MIT

using System.Collections;
using System.Data;
using System.Management.Automation;
using PgCloud.Contracts;
using PgCloud.Errors;
using PgCloud.Pipeline;
using PgCloud.Results;

namespace PgCloud.Commands.Connection;

/// <summary>Runs SQL and writes each row as an object.</summary>
/// <remarks>
///   <para>
///     Rows are written as they arrive, and their properties have the types of the columns: numbers, text, DateTime (timestamptz in UTC),
///     DateOnly, TimeOnly, TimeSpan, Guid, byte[], IPAddress, PgRange and arrays of these; NULL is $null. json and jsonb are text for
///     ConvertFrom-Json; enums, composites and all other types are the text that psql shows. Infinity is the MaxValue or MinValue of the
///     type. An interval with months or years is a PgInterval. A value that has no place in its column's type, such as a numeric of more
///     than 28 digits, is a BigInteger, a double or text, and from that row on the column's property is of type object.
///   </para>
///   <para>
///     All statements of a text run in one transaction, unless it has BEGIN and COMMIT of its own. Give values as parameters, never by
///     putting them into the text. Objects that are piped in while -Connection is given by name run the query once each, with their
///     properties as parameters, each in its own transaction: one that fails is an error, and the rest go on.
///   </para>
///   <para>
///     Of several connections that are piped in, up to -ThrottleLimit are asked at once, and their rows come as they arrive, each with the
///     property PgInstance besides its columns: the name of its instance, or the host and port where that is not known. The rows of a single
///     connection have it where -ThrottleLimit is given. A column of that name keeps its own value.
///   </para>
///   <para>
///     What the server says besides: a WARNING is a warning, INFO goes to the information stream, NOTICE to the verbose and LOG and DEBUG
///     to the debug stream. The rows that INSERT, UPDATE, DELETE and MERGE wrote are counted in the verbose stream.
///   </para>
///   <para>
///     After an error nothing of the text's transaction is done, and after a lost connection all of it or nothing; a text with COMMIT of its own has
///     done what came before.
///   </para>
/// </remarks>
/// <example>
///   <code>$ops | Invoke-PgQuery 'SELECT pid, usename, state FROM pg_stat_activity'</code>
///   <para>Lists what goes on.</para>
/// </example>
/// <example>
///   <code>Invoke-PgQuery 'SELECT * FROM customer WHERE name = @name' -Parameter @{ name = "O'Hara" } -Connection $ops</code>
///   <para>Passes a value safely.</para>
/// </example>
/// <example>
///   <code>Import-Csv people.csv | Invoke-PgQuery 'INSERT INTO people (name, age) VALUES (@name, @age)' -Connection $ops</code>
///   <para>Runs the query once for each line, with its columns as parameters.</para>
/// </example>
/// <example>
///   <code>Get-PgInstance | Get-PgConnection -Credential $ops | Invoke-PgQuery 'SELECT version()' | Group-Object version</code>
///   <para>Asks a whole fleet, and says how many instances run which version; the property PgInstance of each row is its instance's name.</para>
/// </example>
/// <example>
///   <code>Get-ChildItem report/*.sql | Invoke-PgQuery -Connection $ops -ReadOnly -As DataTable</code>
///   <para>Runs files in transactions that cannot write.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Invoke, "PgQuery", DefaultParameterSetName = TextSet)]
[OutputType(typeof(PgRow), typeof(DataTable), typeof(string))]
public sealed class InvokePgQueryCommand : SqlCmdlet
{
    private const string TextSet = "Query";
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    private readonly FleetTag _tag = new();

    /// <summary>The SQL, with @name where a parameter stands. Several statements are separated by semicolons.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = TextSet)]
    [ValidateNotNullOrEmpty]
    [Alias("Sql")]
    public string Query { get; set; } = string.Empty;

    /// <summary>Files with SQL in them. Wildcards are allowed; each file is a query of its own.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PathSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>Files with SQL in them, by their exact names.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [Alias("PSPath")]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>The parameters' values by name. They go before properties of the same name.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNull]
    public Hashtable Parameter { get; set; } = [];

    /// <summary>An object whose properties are the values of the parameters that -Parameter does not give; a hashtable's entries are, too.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>In what form the rows come: Object, DataTable, Scalar (the first value of the first row) or Json.</summary>
    /// <value>Object</value>
    [Parameter]
    public PgQueryOutput As { get; set; }

    /// <summary>How long the server may take, in seconds; 0 for no limit.</summary>
    /// <value>0</value>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    [Alias("Timeout")]
    public int TimeoutSec { get; set; }

    /// <summary>Runs the query in a transaction that cannot write: what tries to is the error PgCloud.Sql.ReadOnly.</summary>
    [Parameter]
    public SwitchParameter ReadOnly { get; set; }

    /// <inheritdoc/>
    private protected override bool MayChange => !ReadOnly;

    /// <inheritdoc/>
    private protected override bool TryTake()
    {
        _tag.Note(!IsConnectionGiven && MyInvocation.ExpectingInput, IsGiven(nameof(ThrottleLimit)));
        return false;
    }

    /// <inheritdoc/>
    private protected override async Task ProcessAsync(CancellationToken cancellation)
    {
        // Both take part in what only the pipeline thread may do: providers, and properties that are scripts.
        IReadOnlyList<string> paths = await OnPipelineThreadAsync(Paths);
        IReadOnlyDictionary<string, object?> parameters = await OnPipelineThreadAsync(Values);
        if (ParameterSetName == TextSet)
        {
            await RunAsync(Query, parameters, cancellation);
            return;
        }

        foreach (string path in paths)
        {
            await ForEachAsync(async () => await RunAsync(await ReadAsync(path, cancellation), parameters, cancellation));
        }
    }

    private async Task RunAsync(string text, IReadOnlyDictionary<string, object?> parameters, CancellationToken cancellation)
    {
        var query = new SqlQuery(text, parameters, TimeoutSec == 0 ? null : TimeSpan.FromSeconds(TimeoutSec)) { ReadOnly = ReadOnly };
        ISqlSession session = await SessionAsync(cancellation);
        bool isChange = !ReadOnly && AllowStatements(() => session.Queries.ChangesOf(text));
        ResultForm form = ResultForm.For(As);
        // While one batch is written the next one is read.
        Task written = Task.CompletedTask;
        await foreach (SqlRowBatch batch in session.Queries.RunAsync(query, cancellation))
        {
            IReadOnlyList<object?> ready = form.Add(batch);
            await written;
            written = ready.Count == 0 ? Task.CompletedTask : WriteRowsAsync(ready);
        }

        if (isChange)
        {
            Record([Connection]);
        }

        await written;
        await WriteRowsAsync(form.Complete());
    }

    private Task WriteRowsAsync(IEnumerable<object?> rows) => OnPipelineThreadAsync(() =>
    {
        WriteObject(_tag.Apply(rows, Connection), enumerateCollection: true);
        return true;
    });

    private List<string> Paths()
    {
        var paths = new List<string>();
        foreach (string path in ParameterSetName == PathSet ? Path : ParameterSetName == LiteralPathSet ? LiteralPath : [])
        {
            try
            {
                paths.AddRange(ParameterSetName == PathSet
                    ? GetResolvedProviderPathFromPSPath(path, out _)
                    : [GetUnresolvedProviderPathFromPSPath(path)]);
            }
            catch (Exception exception) when (exception is RuntimeException or NotSupportedException)
            {
                WriteError(PgErrors.SqlFileUnreadable(path, exception.Message, exception).ToErrorRecord());
            }
        }

        return paths;
    }

    private static async Task<string> ReadAsync(string path, CancellationToken cancellation)
    {
        try
        {
            return await File.ReadAllTextAsync(path, cancellation);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw PgErrors.SqlFileUnreadable(path, exception.Message, exception);
        }
    }

    private Dictionary<string, object?> Values()
    {
        var values = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
        // What is piped in without -Connection is the connection.
        if (IsConnectionGiven && InputObject is not null)
        {
            if (InputObject.BaseObject is IDictionary entries)
            {
                Add(values, entries);
            }
            else
            {
                foreach (PSPropertyInfo property in InputObject.Properties)
                {
                    Add(values, property);
                }
            }
        }

        Add(values, Parameter);
        return values;
    }

    private static void Add(Dictionary<string, object?> values, IDictionary entries)
    {
        foreach (DictionaryEntry entry in entries)
        {
            values[entry.Key.ToString()!.TrimStart('@')] = Bare(entry.Value);
        }
    }

    private static void Add(Dictionary<string, object?> values, PSPropertyInfo property)
    {
        try
        {
            values[property.Name] = Bare(property.Value);
        }
        catch (GetValueException)
        {
            // A property that cannot be read is as good as none: the query says so if it names it.
        }
    }

    private static object? Bare(object? value) => DeserializedObject.Value(value) switch
    {
        PSObject { BaseObject: ArrayList list } => list.Cast<object?>().Select(Bare).ToArray(),
        PSObject wrapped => wrapped.BaseObject,
        var bare => bare,
    };
}
