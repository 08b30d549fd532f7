// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Contracts;
using PgCloud.Pipeline;

namespace PgCloud.Commands.Role;

/// <summary>Grants roles to members, and sets the options of memberships.</summary>
/// <remarks>
///   <para>
///     Every role is granted to every member. All records of the pipeline are gathered and carried out after the last one, in one transaction
///     for each connection. A record that names a role there is not, or that would make a role a member of itself, is an error of its own, and
///     the others are carried out; where the server refuses anything, nothing at all is written. A membership that is there as asked is
///     reported as Unchanged and nothing is written for it.
///   </para>
///   <para>
///     Options that are not given stay as they are; a new grant has what GRANT gives. Without any option the membership is made usable: from
///     PostgreSQL 16 on, who makes a role may grant it on but neither use it nor SET ROLE to it, until it is granted the role itself. From 16
///     on a membership can have several grantors: an option is on if it is on in one of these grants, and off if it is off in all.
///   </para>
///   <para>
///     A PgRoleMember that is piped in brings its role, member and options along: what Get-PgRoleMember reads on one server can be granted on
///     another. So does a row of a CSV file with the columns Role and Member, and perhaps Admin, Inherit and Set.
///   </para>
///   <para>
///     After an error from the server nothing of that database's transaction is done, and after a lost connection (PgCloud.Connection.Lost) all of
///     it or nothing; run again, only what is missing is done.
///   </para>
/// </remarks>
/// <example>
///   <code>Grant-PgRole -Role pg_signal_backend -Member joe -Connection $ops</code>
///   <para>Lets joe cancel other users' queries.</para>
/// </example>
/// <example>
///   <code>$ops | New-PgRole mary -Login | Grant-PgRole -Role pg_monitor -PassThru</code>
///   <para>The role that is piped in is the member.</para>
/// </example>
/// <example>
///   <code>Grant-PgRole -Role app_owner -Member deployer -Inherit:$false -Connection $ops</code>
///   <para>The member has the role's privileges only after SET ROLE (PostgreSQL 16 and newer).</para>
/// </example>
/// <example>
///   <code>Grant-PgRole -Role on_call -Member joe, mary -Exact -Connection $ops -WhatIf</code>
///   <para>Shows the statements that would make joe and mary the only members of on_call.</para>
/// </example>
/// <example>
///   <code>Get-PgRoleMember -Role app_* -Connection $old | Grant-PgRole -Connection $new -PassThru</code>
///   <para>Grants on one server what is granted on another, options included.</para>
/// </example>
[Cmdlet(VerbsSecurity.Grant, "PgRole", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(PgRoleMember))]
public sealed class GrantPgRoleCommand : MembershipCmdlet
{
    /// <summary>ADMIN OPTION: the member may grant the role on; -Admin:$false takes that back and leaves the membership.</summary>
    [Parameter]
    public SwitchParameter Admin { get; set; }

    /// <summary>
    ///   INHERIT OPTION: the member has the role's privileges without SET ROLE; -Inherit:$false for only after it. From PostgreSQL 16 on.
    /// </summary>
    [Parameter]
    public SwitchParameter Inherit { get; set; }

    /// <summary>SET OPTION: the member may SET ROLE to the role; -Set:$false for not. From PostgreSQL 16 on.</summary>
    [Parameter]
    public SwitchParameter Set { get; set; }

    /// <summary>
    ///   The members become exactly those given, in all records together: the role is revoked from everybody else, which is reported as
    ///   Removed. Roles that the members have beside it stay. Left alone are the ADMIN grant that PostgreSQL 16 and newer give to who makes a
    ///   role, and the predefined roles' memberships of each other. If a record fails, nobody is removed from its roles.
    /// </summary>
    [Parameter]
    public SwitchParameter Exact { get; set; }

    /// <inheritdoc/>
    private protected override MembershipRequest Ask(PipedMembership piped) => new GrantRequest(Role, Member)
    {
        Admin = Asked(nameof(Admin), Admin) ?? piped.Admin,
        Inherit = Asked(nameof(Inherit), Inherit) ?? piped.Inherit,
        Set = Asked(nameof(Set), Set) ?? piped.Set,
        GrantedBy = GrantedBy,
        IsExact = Exact,
        IsCopy = piped.HasOptions && GrantedBy is null,
    };

    /// <inheritdoc/>
    private protected override Task<IReadOnlyList<MembershipOutcome>?> ApplyAsync(
        IMembershipCatalog memberships, IEnumerable<MembershipRequest> requests, CancellationToken cancellation) =>
        memberships.GrantAsync([.. requests.Cast<GrantRequest>()], Approval, cancellation);
}
