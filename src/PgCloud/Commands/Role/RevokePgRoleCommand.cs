// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Contracts;
using PgCloud.Pipeline;

namespace PgCloud.Commands.Role;

/// <summary>Revokes roles from members, or options of their memberships.</summary>
/// <remarks>
///   <para>
///     Every role is revoked from every member, whoever granted it. All records of the pipeline are gathered and carried out after the last
///     one, in one transaction for each connection. A record that names a role there is not is an error of its own, and the others are carried
///     out; where the server refuses anything, nothing at all is written. What is not there is reported as Unchanged.
///   </para>
///   <para>
///     From PostgreSQL 16 on, whoever makes a role keeps the right to grant it, which only a superuser could revoke: that alone counts as no
///     membership, and where it remains after the others are gone the result says Updated.
///   </para>
///   <para>A PgRoleMember that is piped in, from Get-PgRoleMember, stands for the grant by its grantor alone.</para>
///   <para>
///     After an error from the server nothing of that database's transaction is done, and after a lost connection (PgCloud.Connection.Lost) all of
///     it or nothing; run again, only what is missing is done.
///   </para>
/// </remarks>
/// <example>
///   <code>Revoke-PgRole -Role pg_signal_backend -Member joe -Connection $ops</code>
///   <para>Ends one membership.</para>
/// </example>
/// <example>
///   <code>$ops | Get-PgRole joe | Revoke-PgRole -Role pg_signal_backend, pg_monitor -PassThru</code>
///   <para>The role that is piped in is the member; the result says what was revoked and what was not there.</para>
/// </example>
/// <example>
///   <code>$ops | Get-PgRoleMember -Member tmp_* | Revoke-PgRole</code>
///   <para>Ends all memberships of the roles whose names begin with tmp_.</para>
/// </example>
/// <example>
///   <code>Revoke-PgRole -Role app_owner -Member joe -AdminOption -Cascade -Connection $ops</code>
///   <para>Joe stays a member, but may not grant the role on, and what he has granted is revoked too.</para>
/// </example>
[Cmdlet(VerbsSecurity.Revoke, "PgRole", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(PgRoleMember))]
public sealed class RevokePgRoleCommand : MembershipCmdlet
{
    /// <summary>Only the right to grant the role on (ADMIN OPTION FOR); the membership stays.</summary>
    [Parameter]
    public SwitchParameter AdminOption { get; set; }

    /// <summary>Only that the member has the role's privileges without SET ROLE (INHERIT OPTION FOR). From PostgreSQL 16 on.</summary>
    [Parameter]
    public SwitchParameter InheritOption { get; set; }

    /// <summary>Only that the member may SET ROLE to the role (SET OPTION FOR). From PostgreSQL 16 on.</summary>
    [Parameter]
    public SwitchParameter SetOption { get; set; }

    /// <summary>Revokes also what the members granted on. Without it that is an error, from PostgreSQL 16 on.</summary>
    [Parameter]
    public SwitchParameter Cascade { get; set; }

    /// <inheritdoc/>
    private protected override MembershipRequest Ask(PipedMembership piped) => new RevokeRequest(Role, Member)
    {
        Admin = AdminOption,
        Inherit = InheritOption,
        Set = SetOption,
        Cascade = Cascade,
        GrantedBy = GrantedBy ?? piped.GrantorAt(Connection),
        IsCopy = GrantedBy is null,
    };

    /// <inheritdoc/>
    private protected override Task<IReadOnlyList<MembershipOutcome>?> ApplyAsync(
        IMembershipCatalog memberships, IEnumerable<MembershipRequest> requests, CancellationToken cancellation) =>
        memberships.RevokeAsync([.. requests.Cast<RevokeRequest>()], Approval, cancellation);
}
