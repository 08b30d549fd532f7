// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Completion;
using PgCloud.Contracts;
using PgCloud.Errors;
using PgCloud.Pipeline;

namespace PgCloud.Commands.Database;

/// <summary>Lists the databases of a server.</summary>
/// <remarks>
///   Templates are left out unless -Name or -IncludeTemplate asks for them. What is written leads to the database it is about: piped on,
///   the next cmdlet connects to that database.
/// </remarks>
/// <example>
///   <code>$ops | Get-PgDatabase</code>
///   <para>Shows the databases, their owners and how text is kept in them.</para>
/// </example>
/// <example>
///   <code>$ops | Get-PgDatabase -IncludeSize | Sort-Object SizeBytes -Descending</code>
///   <para>Measures them. For that the server looks at every file, which takes a while where there are many.</para>
/// </example>
/// <example>
///   <code>$ops | Get-PgDatabase shop_* | Invoke-PgQuery 'SELECT current_database(), count(*) FROM customer'</code>
///   <para>Asks every database whose name begins with shop_ the same.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "PgDatabase")]
[OutputType(typeof(PgDatabase))]
public sealed class GetPgDatabaseCommand : DatabaseCmdlet
{
    /// <summary>Only databases of these names; wildcards are allowed. A name without them that does not exist is an error.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [Alias("DatabaseName")]
    [ArgumentCompleter(typeof(DatabaseNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <summary>The templates too.</summary>
    [Parameter]
    public SwitchParameter IncludeTemplate { get; set; }

    /// <summary>
    ///   Measures each database. The size of one to which the user may not connect is shown only to who has pg_read_all_stats.
    /// </summary>
    [Parameter]
    public SwitchParameter IncludeSize { get; set; }

    /// <inheritdoc/>
    private protected override async Task ProcessAsync(CancellationToken cancellation)
    {
        var names = new NameFilter(Name ?? ["*"], StringComparison.Ordinal);
        ISqlSession session = await SessionAsync(cancellation);
        IReadOnlyList<PgDatabase> all = await session.Databases.GetAsync(null, IncludeSize, cancellation);
        foreach (PgDatabase database in all.Where(d => names.Includes(d.Name) && (Name is not null || IncludeTemplate || !d.IsTemplate)))
        {
            await WriteAsync(database);
        }

        await WriteMissingAsync(names, all.Select(d => d.Name), missing => PgErrors.DatabaseNotFound(missing, SessionConnection.ToString()));
    }
}
