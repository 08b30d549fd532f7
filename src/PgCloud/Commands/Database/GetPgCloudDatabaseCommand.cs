// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Completion;
using PgCloud.Errors;
using PgCloud.Pipeline;

namespace PgCloud.Commands.Database;

/// <summary>Lists the databases of an instance that its provider knows.</summary>
/// <remarks>
///   They come from the provider's API, without an SQL login; owner, encoding and size are shown by Get-PgDatabase, by SQL. OVHcloud offers
///   this; provider Local does not.
/// </remarks>
/// <example>
///   <code>Get-PgInstance | Get-PgCloudDatabase</code>
///   <para>Lists the databases of all instances.</para>
/// </example>
/// <example>
///   <code>Get-PgCloudDatabase orders shop | Get-PgConnection -Credential app</code>
///   <para>Makes a connection to the database.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "PgCloudDatabase")]
[OutputType(typeof(PgCloudDatabase))]
public sealed class GetPgCloudDatabaseCommand : InstanceCmdlet
{
    /// <summary>Only databases of these names; wildcards are allowed. A name without them that does not exist is an error.</summary>
    /// <value>*</value>
    [Parameter(Position = 1)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(CloudDatabaseNameCompleter))]
    [Alias("DatabaseName")]
    [ValidateNotNull]
    public string[] Name { get; set; } = ["*"];

    /// <inheritdoc/>
    private protected override async Task ProcessInstanceAsync(PgInstance instance, CancellationToken cancellation)
    {
        var names = new NameFilter(Name, StringComparison.Ordinal);
        IReadOnlyList<PgCloudDatabase> all = await SessionFor(instance).Cloud.Databases.GetAsync(instance, Reporter, cancellation);
        await WriteAllAsync(all.Where(d => names.Includes(d.Name)));
        await WriteMissingAsync(
            names, all.Select(d => d.Name), missing => PgErrors.CloudDatabaseNotFound(missing, instance.Name, all.Select(d => d.Name)));
    }
}
