// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Completion;
using PgCloud.Contracts;
using PgCloud.Errors;
using PgCloud.Pipeline;

namespace PgCloud.Commands.Role;

/// <summary>Lists memberships: which role is granted to whom, by whom, and with which options.</summary>
/// <remarks>
///   <para>
///     Each grant is an object; from PostgreSQL 16 on a membership can have several, by different grantors. Below 16 Inherit is what the
///     member's own attribute says, and Set is always true.
///   </para>
///   <para>
///     With -Effective, each role that a member is in, directly or through others, is one object: with the path that leads there, and in Rights
///     how the member comes to the role's privileges. Of several paths the one is shown that gives most. The owner of the database is then in
///     pg_database_owner. Superusers need no membership; none is made up for them.
///   </para>
///   <para>A role that is piped in is the member whose memberships are listed. The predefined roles' memberships of each other are left out unless -Role, -Member or -IncludePredefined asks for them.</para>
/// </remarks>
/// <example>
///   <code>$ops | Get-PgRoleMember</code>
///   <para>Lists who is in which role.</para>
/// </example>
/// <example>
///   <code>$ops | Get-PgRoleMember -Role pg_monitor -Effective</code>
///   <para>Lists everybody who has pg_monitor, however they come by it.</para>
/// </example>
/// <example>
///   <code>$ops | Get-PgRole mary | Get-PgRoleMember -Effective | Where-Object Rights -eq Inherited</code>
///   <para>Lists the roles whose privileges mary has without SET ROLE.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "PgRoleMember")]
[OutputType(typeof(PgRoleMember))]
public sealed class GetPgRoleMemberCommand : SqlCmdlet
{
    /// <summary>Only memberships in roles of these names; wildcards are allowed. A name without them that does not exist is an error.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(RoleNameCompleter))]
    [ValidateNotNull]
    public string[]? Role { get; set; }

    /// <summary>Only memberships of these members; wildcards are allowed. A name without them that does not exist is an error.</summary>
    [Parameter(Position = 1)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(RoleNameCompleter))]
    [ValidateNotNull]
    public string[]? Member { get; set; }

    /// <summary>A role, whose memberships are listed, or a membership. Not by property name: the user that brings the connection has a name too.</summary>
    [Parameter(ValueFromPipeline = true, DontShow = true)]
    [RevivedTransformation]
    public PSObject? InputObject { get; set; }

    /// <summary>What the members have through other roles too.</summary>
    [Parameter]
    public SwitchParameter Effective { get; set; }

    /// <summary>The predefined roles' memberships of each other too.</summary>
    [Parameter]
    public SwitchParameter IncludePredefined { get; set; }

    /// <inheritdoc/>
    private protected override async Task ProcessAsync(CancellationToken cancellation)
    {
        (string? pipedRole, string? pipedMember) = InputObject?.BaseObject switch
        {
            PgRole role => (null, role.Name),
            PgRoleMember membership => (membership.Role, membership.Member),
            _ => (null, null),
        };
        var roles = new NameFilter(Role ?? ["*"], StringComparison.Ordinal);
        var members = new NameFilter(Member ?? ["*"], StringComparison.Ordinal);
        bool hidesPredefined = Role is null && Member is null && pipedMember is null && !IncludePredefined;
        var filter = new MembershipFilter(
            name => roles.Includes(name) && (Role is not null || (pipedRole ?? name) == name),
            name => members.Includes(name) && (Member is not null || (pipedMember ?? name) == name)
                && !(hidesPredefined && PgNames.IsPredefined(name)),
            Effective);

        ISqlSession session = await SessionAsync(cancellation);
        MembershipReading read = await session.Memberships.GetAsync(filter, cancellation);
        foreach (PgRoleMember membership in read.Memberships)
        {
            membership.Connection = Connection;
            await WriteAsync(membership);
        }

        foreach (string missing in roles.Missing(read.RoleNames).Union(members.Missing(read.RoleNames)))
        {
            await WriteErrorAsync(PgErrors.RoleNotFound(missing, Connection.ToString()));
        }
    }
}
