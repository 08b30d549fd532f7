// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Completion;
using PgCloud.Contracts;
using PgCloud.Errors;
using PgCloud.Pipeline;

namespace PgCloud.Commands.Role;

/// <summary>Lists roles with their attributes and memberships.</summary>
/// <remarks>PostgreSQL's own predefined roles (pg_…) are left out unless -Name or -IncludePredefined asks for them.</remarks>
/// <example>
///   <code>$ops | Get-PgRole</code>
///   <para>Shows who has what: the attributes of each role and the roles it is a member of.</para>
/// </example>
/// <example>
///   <code>$ops | Get-PgRole -Name app_* | Where-Object Login</code>
///   <para>Lists the roles whose names begin with app_ and who may log in.</para>
/// </example>
/// <example>
///   <code>$ops | Get-PgRole mary | Format-List</code>
///   <para>Shows all there is to know about one role.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "PgRole")]
[OutputType(typeof(PgRole))]
public sealed class GetPgRoleCommand : SqlCmdlet
{
    /// <summary>Only roles of these names; wildcards are allowed. A name without them that does not exist is an error.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [Alias("RoleName")]
    [ArgumentCompleter(typeof(RoleNameCompleter))]
    [ValidateNotNull]
    public string[]? Name { get; set; }

    /// <summary>The predefined roles too.</summary>
    [Parameter]
    public SwitchParameter IncludePredefined { get; set; }

    /// <inheritdoc/>
    private protected override async Task ProcessAsync(CancellationToken cancellation)
    {
        var names = new NameFilter(Name ?? ["*"], StringComparison.Ordinal);
        ISqlSession session = await SessionAsync(cancellation);
        IReadOnlyList<PgRole> all = await session.Roles.GetAsync(null, cancellation);
        foreach (PgRole role in all.Where(r => names.Includes(r.Name) && (Name is not null || IncludePredefined || !PgNames.IsPredefined(r.Name))))
        {
            role.Connection = Connection;
            await WriteAsync(role);
        }

        await WriteMissingAsync(names, all.Select(r => r.Name), missing => PgErrors.RoleNotFound(missing, Connection.ToString()));
    }
}
