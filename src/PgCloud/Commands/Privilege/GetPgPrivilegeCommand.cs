// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Completion;
using PgCloud.Contracts;
using PgCloud.Errors;
using PgCloud.Pipeline;

namespace PgCloud.Commands.Privilege;

/// <summary>Lists who may do what: privileges on objects and default privileges; with -Effective, what a role can do in the end, and why.</summary>
/// <remarks>
///   An object on which nothing was ever granted has an empty ACL, which is not nothing: it means PostgreSQL's built-in privileges, such as
///   EXECUTE on functions for PUBLIC. They are listed as such, with IsBuiltIn. Without -ObjectType the database, schemas and what is in
///   them are listed, and last the default privileges for objects to come; types, domains, languages and tablespaces when they are named.
///   PostgreSQL's own schemas are left out unless -IncludeSystem is given. -Effective follows memberships that are inherited, PUBLIC,
///   ownership, superusers and the predefined roles that pass by all ACLs; what a role can do only after SET ROLE is not in it. Each way
///   by which it comes by a privilege is an object of its own, whose Via names the roles on that way.
/// </remarks>
/// <example>
///   <code>$ops | Get-PgPrivilege -Schema app -ObjectType Table</code>
///   <para>Shows who may do what with the tables of one schema.</para>
/// </example>
/// <example>
///   <code>$ops | Get-PgPrivilege -Effective -Grantee mary -Name invoice | Format-Table Privilege, ObjectName, Via</code>
///   <para>Shows what mary can do with a table, and by which roles she comes by it.</para>
/// </example>
/// <example>
///   <code>$ops | Get-PgPrivilege -Grantee public | Where-Object { -not $_.IsBuiltIn }</code>
///   <para>Shows what somebody granted to everybody.</para>
/// </example>
/// <example>
///   <code>$ops | Get-PgPrivilege -Default</code>
///   <para>Shows what will be granted on objects to come, and on whose.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "PgPrivilege", DefaultParameterSetName = GrantedSet)]
[OutputType(typeof(PgPrivilege))]
public sealed class GetPgPrivilegeCommand : SqlCmdlet
{
    private const string GrantedSet = "Granted";
    private const string EffectiveSet = "Effective";

    /// <summary>Only objects of these names; wildcards are allowed. Of a routine the name without its arguments, of a column its table's.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <summary>Only objects in these schemas, and these schemas themselves; wildcards are allowed.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Schema { get; set; }

    /// <summary>Only objects of these kinds.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public PgObjectType[] ObjectType { get; set; } = [];

    /// <summary>Only what these roles have, or public, which is everybody; wildcards are allowed. With -Effective the roles to look into.</summary>
    [Parameter(ParameterSetName = GrantedSet)]
    [Parameter(ParameterSetName = EffectiveSet, Mandatory = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(RoleNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Grantee { get; set; }

    /// <summary>Only these privileges: SELECT, USAGE, EXECUTE …</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] Privilege { get; set; } = [];

    /// <summary>Only default privileges: what will be granted on objects to come.</summary>
    [Parameter(ParameterSetName = GrantedSet)]
    public SwitchParameter Default { get; set; }

    /// <summary>What the roles can do in the end, after all memberships and PUBLIC, and why.</summary>
    [Parameter(ParameterSetName = EffectiveSet, Mandatory = true)]
    public SwitchParameter Effective { get; set; }

    /// <summary>The objects of PostgreSQL's own schemas too, and template databases.</summary>
    [Parameter]
    public SwitchParameter IncludeSystem { get; set; }

    /// <inheritdoc/>
    private protected override async Task ProcessAsync(CancellationToken cancellation)
    {
        ISqlSession session = await SessionAsync(cancellation);
        var filter = new PrivilegeFilter
        {
            ObjectTypes = ObjectType,
            Schemas = NamePatterns.From(Schema),
            Names = NamePatterns.From(Name),
            Privileges = [.. Privilege.Select(privilege => privilege.ToUpperInvariant())],
            DefaultOnly = Default,
            IncludeSystem = IncludeSystem,
        };
        if (!Effective)
        {
            await WritePrivilegesAsync(session, filter with { Grantees = NamePatterns.From(Grantee) }, cancellation);
            return;
        }

        var names = new NameFilter(Grantee!, StringComparison.Ordinal);
        IReadOnlyList<PgRole> roles = await session.Roles.GetAsync(null, cancellation);
        await WriteMissingAsync(names, roles.Select(role => role.Name), missing => PgErrors.RoleNotFound(missing, Connection.ToString()));

        foreach (PgRole role in roles.Where(role => names.Includes(role.Name)))
        {
            await WritePrivilegesAsync(session, filter with { EffectiveFor = role.Name }, cancellation);
        }
    }

    private async Task WritePrivilegesAsync(ISqlSession session, PrivilegeFilter filter, CancellationToken cancellation)
    {
        await foreach (IReadOnlyList<PgPrivilege> batch in session.Privileges.ReadAsync(filter, cancellation))
        {
            foreach (PgPrivilege privilege in batch)
            {
                privilege.Connection = Connection;
            }

            await WriteAllAsync(batch);
        }
    }
}
