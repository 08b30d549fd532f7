// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Completion;
using PgCloud.Contracts;
using PgCloud.Pipeline;

namespace PgCloud.Commands.Role;

/// <summary>Drops roles, and on demand what depends on them in every database.</summary>
/// <remarks>
///   A role that owns objects or has privileges is left as it is; the error names them, database by database, and its Exception.Dependents
///   has them as objects. With -ReassignOwnedTo another role is given what it owns, with -DropOwned that is dropped; with either its
///   privileges are revoked, in every database that can be connected to, and it is dropped. Where there are several databases each is tried
///   and rolled back first, so that nothing is changed unless all can be cleared. Rights of other roles that this takes are borrowed and given
///   back in the same transaction. PostgreSQL would drop a role that has open sessions; here it is left unless -Force ends them. Its
///   memberships go with it. Asks first; answer beforehand with -Confirm:$false.
///   After an error nothing is changed, unless a database refuses when its turn comes although it was tried before: those before it are cleared
///   then, the role is still there, and run again the cmdlet goes on.
/// </remarks>
/// <example>
///   <code>$ops | Remove-PgRole mary -Confirm:$false</code>
///   <para>Drops one role without asking.</para>
/// </example>
/// <example>
///   <code>$ops | Remove-PgRole mary -ReassignOwnedTo billing -Force -WhatIf</code>
///   <para>Shows the SQL that gives everything mary owns in any database to billing, ends her sessions and drops her.</para>
/// </example>
/// <example>
///   <code>try { $ops | Remove-PgRole mary -Confirm:$false -ErrorAction Stop } catch { $_.Exception.Dependents }</code>
///   <para>Lists what depends on the role.</para>
/// </example>
/// <example>
///   <code>$ops | Get-PgRole -Name tmp_* | Remove-PgRole -DropOwned -Confirm:$false</code>
///   <para>Drops all roles whose names begin with tmp_, and all that they own.</para>
/// </example>
[Cmdlet(VerbsCommon.Remove, "PgRole", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = "Drop")]
[OutputType(typeof(PgRole))]
public sealed class RemovePgRoleCommand : SqlCmdlet
{
    /// <summary>The roles' names.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("RoleName")]
    [ArgumentCompleter(typeof(RoleNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = [];

    /// <summary>The role that is given what the roles own, databases and tablespaces included. Their privileges are revoked.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Reassign")]
    [ArgumentCompleter(typeof(RoleNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? ReassignOwnedTo { get; set; }

    /// <summary>Drops what the roles own, tables with their data too, except databases and tablespaces. Their privileges are revoked.</summary>
    [Parameter(ParameterSetName = "Drop")]
    public SwitchParameter DropOwned { get; set; }

    /// <summary>
    ///   Ends the roles' sessions: the role may no longer log in and its sessions are terminated before anything else is done. Where the
    ///   removal then fails it may log in again.
    /// </summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Writes the role as it was.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override async Task ProcessAsync(CancellationToken cancellation)
    {
        foreach (string name in Name)
        {
            await ForEachAsync(async () =>
            {
                var removal = new RoleRemoval(name) { ReassignOwnedTo = ReassignOwnedTo, DropOwned = DropOwned, Force = Force };
                PgNames.CheckIdentifier(name);
                About<PgRole>(name);
                ISqlSession session = await SessionAsync(cancellation);
                if (await session.Roles.DropAsync(removal, Approval, cancellation) is { } dropped)
                {
                    dropped.Connection = Connection;
                    await WriteChangedAsync(dropped, PassThru);
                }
            });
        }
    }
}
