// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Contracts;
using PgCloud.Pipeline;

namespace PgCloud.Commands.Privilege;

/// <summary>Revokes privileges on the objects of a database, on all in a schema, and default privileges; one by one or by a preset.</summary>
/// <remarks>
///   <para>
///     Every privilege on every object is revoked from every grantee, whoever granted it: a plain REVOKE takes back only what one grantor
///     gave, and is silent about the rest. All records of the pipeline are gathered and carried out after the last one, in one transaction for
///     each connection. A record that names what is not there, or what you may not revoke, is an error of its own, and the others are carried
///     out; where the server refuses anything, nothing at all is written. What is not granted is reported as Unchanged.
///   </para>
///   <para>
///     What is built in can be revoked too, such as EXECUTE on functions from public. To revoke from a role does not take away what it has by
///     its memberships or from public: Get-PgPrivilege -Effective shows that. A revoke on a table takes the privilege on its columns, too.
///   </para>
///   <para>A preset revokes what Grant-PgPrivilege grants by it, and with -Owner also for objects to come.</para>
///   <para>
///     After an error from the server nothing of that database's transaction is done, and after a lost connection (PgCloud.Connection.Lost) all of
///     it or nothing; run again, only what is missing is done.
///   </para>
/// </remarks>
/// <example>
///   <code>$ops | Revoke-PgPrivilege ALL -ObjectType Table -Schema shop -All -Grantee web -PassThru</code>
///   <para>Takes all rights on the tables of a schema away, and says which there were.</para>
/// </example>
/// <example>
///   <code>$ops | Get-PgPrivilege -Grantee mary | Revoke-PgPrivilege</code>
///   <para>Takes away everything that mary was granted herself, default privileges included.</para>
/// </example>
/// <example>
///   <code>$ops | Revoke-PgPrivilege EXECUTE -ObjectType Routine -Default -Owner app -Grantee public</code>
///   <para>Functions that app will make cannot be called by everybody.</para>
/// </example>
/// <example>
///   <code>$ops | Revoke-PgPrivilege SELECT -Schema shop -Name orders -Grantee web -GrantOption -Cascade</code>
///   <para>The role keeps the privilege but may not grant it on, and what it has granted is revoked.</para>
/// </example>
[Cmdlet(VerbsSecurity.Revoke, "PgPrivilege", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, DefaultParameterSetName = ObjectSet)]
[OutputType(typeof(PgPrivilege))]
public sealed class RevokePgPrivilegeCommand : PrivilegeCmdlet
{
    /// <summary>Only the right to grant the privileges on (GRANT OPTION FOR); the privileges stay.</summary>
    [Parameter]
    public SwitchParameter GrantOption { get; set; }

    /// <summary>Revokes also what the grantees granted on. Without it that is an error.</summary>
    [Parameter]
    public SwitchParameter Cascade { get; set; }

    /// <inheritdoc/>
    private protected override PrivilegeRequest Complete(PrivilegeRequest request, PipedPrivilege piped) =>
        request with { GrantOptionOnly = GrantOption, Cascade = Cascade };

    /// <inheritdoc/>
    private protected override Task<ChangeOutcome<PgPrivilege>?> ApplyAsync(
        IPrivilegeChanges privileges, IReadOnlyList<PrivilegeRequest> requests, CancellationToken cancellation) =>
        privileges.RevokeAsync(requests, Approval, cancellation);
}
