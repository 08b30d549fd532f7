// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Contracts;
using PgCloud.Pipeline;

namespace PgCloud.Commands.Role;

/// <summary>Revokes roles from members.</summary>
/// <remarks>
///   Every role is revoked from every member in one transaction, or none is, whoever granted it. A membership that is not there is reported as
///   Unchanged. From PostgreSQL 16 on, whoever makes a role keeps the right to grant it, which only a superuser could revoke: that alone
///   counts as no membership, and where it remains after the others are gone the result says Updated.
/// </remarks>
/// <example>
///   <code>Revoke-PgRole -Role pg_signal_backend -Member joe -Connection $ops</code>
///   <para>Ends one membership.</para>
/// </example>
/// <example>
///   <code>$ops | Get-PgRole joe | Revoke-PgRole -Role pg_signal_backend, pg_monitor -PassThru</code>
///   <para>The role that is piped in is the member; the result says what was revoked and what was not there.</para>
/// </example>
[Cmdlet(VerbsSecurity.Revoke, "PgRole", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(PgRoleMember))]
public sealed class RevokePgRoleCommand : MembershipCmdlet
{
    private protected override Task<IReadOnlyList<PgRoleMember>?> ApplyAsync(
        IMembershipCatalog memberships, CancellationToken cancellation) =>
        memberships.RevokeAsync(Role, Member, Approval, cancellation);
}
