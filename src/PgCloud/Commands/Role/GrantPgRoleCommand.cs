// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Contracts;
using PgCloud.Pipeline;

namespace PgCloud.Commands.Role;

/// <summary>Grants roles to members.</summary>
/// <remarks>
///   Every role is granted to every member in one transaction, or none is. A membership that is there already is reported as Unchanged and
///   nothing is written for it.
/// </remarks>
/// <example>
///   <code>Grant-PgRole -Role pg_signal_backend -Member joe -Connection $ops</code>
///   <para>Lets joe cancel other users' queries.</para>
/// </example>
/// <example>
///   <code>$ops | New-PgRole mary -Login | Grant-PgRole -Role pg_monitor -PassThru</code>
///   <para>The role that is piped in is the member.</para>
/// </example>
[Cmdlet(VerbsSecurity.Grant, "PgRole", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(PgRoleMember))]
public sealed class GrantPgRoleCommand : MembershipCmdlet
{
    private protected override Task<IReadOnlyList<PgRoleMember>?> ApplyAsync(
        IMembershipCatalog memberships, CancellationToken cancellation) =>
        memberships.GrantAsync(Role, Member, Approval, cancellation);
}
