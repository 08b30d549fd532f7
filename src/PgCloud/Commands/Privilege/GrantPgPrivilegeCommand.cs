// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Contracts;
using PgCloud.Pipeline;

namespace PgCloud.Commands.Privilege;

/// <summary>Grants privileges on the objects of a database, on all in a schema, and on objects to come; one by one or by a preset.</summary>
/// <remarks>
///   <para>
///     Every privilege on every object is granted to every grantee. All records of the pipeline are gathered and carried out after the last one,
///     in one transaction for each connection. A record that names what is not there, or what you may not grant, is an error of its own, and
///     the others are carried out; where the server refuses anything, nothing at all is written. What is granted already is reported as
///     Unchanged and nothing is written for it. An owner's objects can be granted on by whoever can act as the owner: a manager user does so
///     for the roles it made.
///   </para>
///   <para>
///     The presets, on a database or on the schemas of -Schema: ReadOnly gives CONNECT on the database, USAGE on schemas, and SELECT on tables,
///     views and sequences. ReadWrite adds TEMPORARY on the database, INSERT, UPDATE and DELETE on tables, USAGE and UPDATE on sequences and
///     EXECUTE on routines. Owner gives ALL on each. On schemas nothing is granted on the database. For objects that are made later name the
///     roles that make them with -Owner: default privileges always belong to one maker.
///   </para>
///   <para>
///     A PgPrivilege that is piped in says all by itself: what Get-PgPrivilege reads on one server can be granted on another. So does a row of a
///     CSV file with the columns Privilege, ObjectType, Schema, Name and Grantee, and perhaps Column, IsGrantable, IsDefault and Owner.
///   </para>
///   <para>
///     After an error from the server nothing of that database's transaction is done, and after a lost connection (PgCloud.Connection.Lost) all of
///     it or nothing; run again, only what is missing is done.
///   </para>
/// </remarks>
/// <example>
///   <code>$ops | Grant-PgPrivilege -Preset ReadOnly -Schema shop -Owner app -Grantee reporting</code>
///   <para>Lets reporting read everything in the schema, what app will make there included.</para>
/// </example>
/// <example>
///   <code>$ops | Grant-PgPrivilege SELECT, INSERT -Schema shop -Name orders -Grantee web -PassThru</code>
///   <para>Grants two privileges on one table.</para>
/// </example>
/// <example>
///   <code>$ops | Grant-PgPrivilege SELECT -Schema shop -Name customer -Column id, name -Grantee web</code>
///   <para>Grants on two columns only.</para>
/// </example>
/// <example>
///   <code>$ops | New-PgRole mary -Login | Grant-PgPrivilege EXECUTE -ObjectType Function -Schema shop -Name 'total(integer)'</code>
///   <para>The role that is piped in is the grantee.</para>
/// </example>
/// <example>
///   <code>$ops | Get-PgDatabase orders | Grant-PgPrivilege CONNECT -Grantee web -WhatIf</code>
///   <para>Shows the statement that would be run.</para>
/// </example>
/// <example>
///   <code>Get-PgPrivilege -Schema shop -Connection $old | Grant-PgPrivilege -Connection $new -PassThru</code>
///   <para>Grants on one server what is granted on another, default privileges included.</para>
/// </example>
[Cmdlet(VerbsSecurity.Grant, "PgPrivilege", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, DefaultParameterSetName = ObjectSet)]
[OutputType(typeof(PgPrivilege))]
public sealed class GrantPgPrivilegeCommand : PrivilegeCmdlet
{
    /// <summary>WITH GRANT OPTION: the grantees may grant the privileges on.</summary>
    [Parameter]
    public SwitchParameter WithGrantOption { get; set; }

    /// <inheritdoc/>
    private protected override PrivilegeRequest Complete(PrivilegeRequest request, PipedPrivilege piped) => request with
    {
        WithGrantOption = IsGiven(nameof(WithGrantOption)) ? WithGrantOption : piped.IsGrantable,
    };

    /// <inheritdoc/>
    private protected override Task<ChangeOutcome<PgPrivilege>?> ApplyAsync(
        IPrivilegeChanges privileges, IReadOnlyList<PrivilegeRequest> requests, CancellationToken cancellation) =>
        privileges.GrantAsync(requests, Approval, cancellation);
}
