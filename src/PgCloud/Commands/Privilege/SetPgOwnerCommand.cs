// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Completion;
using PgCloud.Audit;
using PgCloud.Contracts;
using PgCloud.Errors;
using PgCloud.Pipeline;

namespace PgCloud.Commands.Privilege;

/// <summary>Gives objects of a database to another owner.</summary>
/// <remarks>
///   All records of the pipeline are gathered and carried out after the last one, in one transaction for each connection. A record that names
///   what is not there, or what you may not change, is an error of its own, and the others are carried out; where the server refuses anything,
///   nothing at all is written. What belongs to the owner already is reported as Unchanged. You need to be able to act as the owner
///   and as the new one, who must be allowed to create in the schema or database; a manager user is lent the roles it made for the time of
///   the work. Privileges of the former owner go over to the new one. All objects of a role, in every database, go over with
///   Remove-PgRole -ReassignOwnedTo.
///   After an error from the server nothing of that database's transaction is done, and after a lost connection (PgCloud.Connection.Lost) all of it
///   or nothing; run again, only what is missing is done.
/// </remarks>
/// <example>
///   <code>$ops | Set-PgOwner app -ObjectType Table -Schema shop -All</code>
///   <para>Gives all tables of a schema to app, and their sequences with them.</para>
/// </example>
/// <example>
///   <code>$ops | Get-PgDatabase orders | Set-PgOwner app -PassThru</code>
///   <para>Gives a database to app.</para>
/// </example>
/// <example>
///   <code>$ops | Set-PgOwner app -ObjectType Function -Schema shop -Name 'total(integer)' -WhatIf</code>
///   <para>Shows the statements that would be run.</para>
/// </example>
[Cmdlet(VerbsCommon.Set, "PgOwner", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(PgObjectOwner))]
public sealed class SetPgOwnerCommand : GatheringCmdlet<OwnerRequest>
{
    /// <summary>The role that shall own the objects.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ArgumentCompleter(typeof(RoleNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string Owner { get; set; } = null!;

    /// <summary>The kind of the objects; without it a table is meant, or the database that is piped in.</summary>
    [Parameter]
    public PgObjectType? ObjectType { get; set; }

    /// <summary>The schemas the objects are in.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] Schema { get; set; } = [];

    /// <summary>
    ///   The objects' names, exactly as they are. A routine that has namesakes is named with its argument types, as in 'f(integer, text)', and
    ///   a large object by its OID.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = [];

    /// <summary>All objects of the kind in the schemas; without -Schema, in all schemas but the system's own. What belongs to extensions is left out.</summary>
    [Parameter]
    public SwitchParameter All { get; set; }

    /// <summary>An object: a PgPrivilege or PgObjectOwner, a PgDatabase, or the row of a file with ObjectType, Schema and Name.</summary>
    [Parameter(ValueFromPipeline = true, DontShow = true)]
    [RevivedTransformation]
    public PSObject? InputObject { get; set; }

    /// <summary>Writes the objects with their owners.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override OwnerRequest Ask() => new(
        new PipedObject(InputObject).Request(ObjectType, Schema, Name, [], All)
            ?? throw PgErrors.PrivilegeArgumentInvalid("Nothing names an object.", "Give -ObjectType with -Schema and -Name or -All, or pipe in a database."),
        Owner);

    /// <inheritdoc/>
    private protected override async Task ApplyAsync(
        ISqlSession session, IReadOnlyList<PgConnection> connections, IReadOnlyList<OwnerRequest> requests, CancellationToken cancellation)
    {
        About<PgObjectOwner>(string.Join("; ", requests.Select(r => $"{r.Objects.Type} {string.Join(", ", r.Objects.Name)} of {r.Owner}")));
        if (await session.PrivilegeChanges.SetOwnerAsync(requests, Approval, cancellation) is not { } outcome)
        {
            return;
        }

        foreach (PgObjectOwner owner in outcome.Results)
        {
            owner.Connection = connections[0];
        }

        Record(outcome.Results, outcome.Failures.Select(f => ((object?)AuditTarget.Named<PgObjectOwner>(f.Target?.ToString() ?? string.Empty), f)));
        foreach (PgCloudException failure in outcome.Failures)
        {
            await WriteErrorAsync(failure);
        }

        await WriteAllAsync(PassThru ? outcome.Results : []);
    }
}
