// SPDX-License-Identifier: MIT

using System.Collections;
using System.Management.Automation;
using PgCloud.Contracts;
using PgCloud.Pipeline;

namespace PgCloud.Commands.Connection;

/// <summary>Runs SQL and writes each row as an object.</summary>
/// <remarks>
///   Rows are written as they arrive. Values are .NET values (numbers, dates, arrays, Guid …) and NULL is $null. Give values as parameters,
///   never by putting them into the text.
/// </remarks>
/// <example>
///   <code>$ops | Invoke-PgQuery 'SELECT pid, usename, state FROM pg_stat_activity'</code>
///   <para>Lists what goes on.</para>
/// </example>
/// <example>
///   <code>Invoke-PgQuery 'SELECT * FROM customer WHERE name = @name' -Parameter @{ name = "O'Hara" } -Connection $ops</code>
///   <para>Passes a value safely.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Invoke, "PgQuery")]
[OutputType(typeof(PSObject))]
public sealed class InvokePgQueryCommand : SqlCmdlet
{
    /// <summary>The SQL, with @name where a parameter stands. Several statements are separated by semicolons.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    [Alias("Sql")]
    public string Query { get; set; } = string.Empty;

    /// <summary>The parameters' values by name.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNull]
    public Hashtable Parameter { get; set; } = [];

    /// <summary>How long the server may take, in seconds; 0 for no limit.</summary>
    /// <value>0</value>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int TimeoutSec { get; set; }

    /// <inheritdoc/>
    private protected override async Task ProcessAsync(CancellationToken cancellation)
    {
        var parameters = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (DictionaryEntry parameter in Parameter)
        {
            parameters[parameter.Key.ToString()!.TrimStart('@')] = parameter.Value is PSObject wrapped ? wrapped.BaseObject : parameter.Value;
        }

        var query = new SqlQuery(Query, parameters, TimeoutSec == 0 ? null : TimeSpan.FromSeconds(TimeoutSec));
        ISqlSession session = await SessionAsync(cancellation);
        await foreach (SqlRowBatch batch in session.Queries.RunAsync(query, cancellation))
        {
            await WriteAllAsync(batch.Rows.Select(row => ToObject(batch.Columns, row)));
        }
    }

    private static PSObject ToObject(IReadOnlyList<string> columns, object?[] row)
    {
        var result = new PSObject();
        for (int i = 0; i < columns.Count; i++)
        {
            result.Properties.Add(new PSNoteProperty(PropertyName(columns[i]), row[i]));
        }

        return result;
    }

    // PowerShell refuses properties of these names.
    private static string PropertyName(string column) => column.ToLowerInvariant() switch
    {
        "psobject" or "psbase" or "psadapted" or "psextended" or "pstypenames" => column + "_",
        _ => column,
    };
}
