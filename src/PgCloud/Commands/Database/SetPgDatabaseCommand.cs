// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Completion;
using PgCloud.Contracts;
using PgCloud.Pipeline;

namespace PgCloud.Commands.Database;

/// <summary>Changes databases.</summary>
/// <remarks>
///   What is not given stays as it is; a database that is as asked is reported as Unchanged and nothing is written. All that is given is
///   changed in one transaction. The rights of the owner, and of the next owner, are borrowed and given back in the same transaction where
///   the user may grant those roles.
///   After an error the database is as it was, and after a lost connection as it was or as asked; run again, only what is missing is done.
/// </remarks>
/// <example>
///   <code>$ops | Set-PgDatabase orders -ConnectionLimit 50 -PassThru</code>
///   <para>Takes 50 connections at most.</para>
/// </example>
/// <example>
///   <code>$ops | Get-PgDatabase shop_* | Set-PgDatabase -Owner app</code>
///   <para>Gives several databases to a role.</para>
/// </example>
/// <example>
///   <code>$ops | Set-PgDatabase orders -AllowConnections:$false</code>
///   <para>Lets nobody in any more; who is connected stays so.</para>
/// </example>
[Cmdlet(VerbsCommon.Set, "PgDatabase", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(PgDatabase))]
public sealed class SetPgDatabaseCommand : DatabaseCmdlet
{
    /// <summary>The databases' names. A database that is piped in is taken by its name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("DatabaseName")]
    [ArgumentCompleter(typeof(DatabaseNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = [];

    /// <summary>The role that shall own it.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(RoleNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Owner { get; set; }

    /// <summary>How many connections it takes at once; -1 for no limit.</summary>
    [Parameter]
    [ValidateRange(-1, int.MaxValue)]
    public int ConnectionLimit { get; set; }

    /// <summary>Lets users connect; -AllowConnections:$false lets nobody in, superusers included.</summary>
    [Parameter]
    public SwitchParameter AllowConnections { get; set; }

    /// <summary>Lets whoever has CREATEDB copy it, and keeps it from being dropped; -IsTemplate:$false takes that away.</summary>
    [Parameter]
    public SwitchParameter IsTemplate { get; set; }

    /// <summary>A comment on it; an empty one takes away what is there.</summary>
    [Parameter]
    [AllowEmptyString]
    public string? Comment { get; set; }

    /// <summary>Writes the database.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override async Task ProcessAsync(CancellationToken cancellation)
    {
        foreach (string name in Name)
        {
            await ForEachAsync(async () =>
            {
                CheckNameIsOfDatabase(name);
                var attributes = new DatabaseAttributes(name)
                {
                    Owner = Owner,
                    ConnectionLimit = IsGiven(nameof(ConnectionLimit)) ? ConnectionLimit : null,
                    AllowConnections = IsGiven(nameof(AllowConnections)) ? AllowConnections.IsPresent : null,
                    IsTemplate = IsGiven(nameof(IsTemplate)) ? IsTemplate.IsPresent : null,
                    Comment = Comment,
                };
                About<PgDatabase>(name);
                ISqlSession session = await SessionAsync(cancellation);
                if (await session.Databases.SetAsync(attributes, Approval, cancellation) is { } database)
                {
                    await WriteChangedAsync(database, PassThru);
                }
            });
        }
    }
}
