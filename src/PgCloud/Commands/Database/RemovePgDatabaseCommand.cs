// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Completion;
using PgCloud.Contracts;
using PgCloud.Pipeline;

namespace PgCloud.Commands.Database;

/// <summary>Drops databases, with all that is in them.</summary>
/// <remarks>
///   <para>
///     A database that somebody is connected to is left as it is, and the error says who; with -Force their sessions are ended. To end
///     another role's session needs membership in that role or in pg_signal_backend; a superuser's only a superuser may end. A template, the
///     database postgres and the one that the connection leads to are refused.
///   </para>
///   <para>
///     Only the owner may drop a database; where the user may grant the owner's role its rights are borrowed for the moment. Asks first;
///     answer beforehand with -Confirm:$false.
///   </para>
///   <para>
///     After an error the database is there with all that is in it, though -Force may have ended sessions; after a lost connection it is there as a
///     whole or gone.
///   </para>
/// </remarks>
/// <example>
///   <code>$ops | Remove-PgDatabase orders</code>
///   <para>Drops one database after asking.</para>
/// </example>
/// <example>
///   <code>$ops | Get-PgDatabase tmp_* | Remove-PgDatabase -Force -Confirm:$false</code>
///   <para>Drops all databases whose names begin with tmp_, whoever is connected to them, without asking.</para>
/// </example>
[Cmdlet(VerbsCommon.Remove, "PgDatabase", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(PgDatabase))]
public sealed class RemovePgDatabaseCommand : DatabaseCmdlet
{
    /// <summary>The databases' names. A database that is piped in is taken by its name; a role or user that is piped in is not.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("DatabaseName")]
    [ArgumentCompleter(typeof(DatabaseNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = [];

    /// <summary>Ends the sessions that are connected to it (DROP DATABASE … WITH (FORCE)).</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Writes the database as it was.</summary>
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
                About<PgDatabase>(name);
                ISqlSession session = await SessionAsync(cancellation);
                if (await session.Databases.DropAsync(name, Force, Approval, cancellation) is { } dropped)
                {
                    await WriteChangedAsync(dropped, PassThru);
                }
            });
        }
    }
}
