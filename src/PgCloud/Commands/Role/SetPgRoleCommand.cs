// SPDX-License-Identifier: MIT

using System.Collections;
using System.Management.Automation;
using PgCloud.Completion;
using PgCloud.Contracts;
using PgCloud.Pipeline;

namespace PgCloud.Commands.Role;

/// <summary>Changes roles that exist: attributes, comment, settings and name.</summary>
/// <remarks>
///   What is not given stays as it is, and of what is given only what differs is sent, in one transaction a role. A switch is taken away with
///   :$false, a comment with '', a setting with $null. A list such as search_path is written as in postgresql.conf, with quotation marks
///   where an element needs them, or given as an array, of which each element is taken as it is. Settings hold for sessions that begin later.
///   The password is set by Set-PgRolePassword.
///   After an error the role is as it was, and after a lost connection as it was or as asked; run again, only what is missing is done.
/// </remarks>
/// <example>
///   <code>$ops | Set-PgRole app -Setting @{ search_path = 'shop, public'; statement_timeout = '5s'; work_mem = $null }</code>
///   <para>Sets two parameters for all sessions of app and resets a third.</para>
/// </example>
/// <example>
///   <code>$ops | Set-PgRole app -Database orders -Setting @{ search_path = 'orders', '$user' } -PassThru | Format-List</code>
///   <para>Sets a parameter for sessions in one database only, and shows the role as it is now.</para>
/// </example>
/// <example>
///   <code>$ops | Get-PgRole -Name tmp_* | Set-PgRole -Login:$false -Comment 'locked, see ticket 4711'</code>
///   <para>Locks all roles whose names begin with tmp_, and says why.</para>
/// </example>
/// <example>
///   <code>$ops | Set-PgRole mary -ValidUntil never -NewName maria</code>
///   <para>Lets the password be valid for ever, and renames the role.</para>
/// </example>
[Cmdlet(VerbsCommon.Set, "PgRole", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, DefaultParameterSetName = "AllDatabases")]
[OutputType(typeof(PgRole))]
public sealed class SetPgRoleCommand : RoleCmdlet
{
    /// <summary>The roles' names.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("RoleName")]
    [ArgumentCompleter(typeof(RoleNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = [];

    /// <summary>The name the role shall have from now on.</summary>
    [Parameter]
    [ValidateNotNull]
    public string? NewName { get; set; }

    /// <summary>Configuration parameters for the role's sessions, by name; $null resets one.</summary>
    [Parameter(ParameterSetName = "AllDatabases")]
    [Parameter(Mandatory = true, ParameterSetName = "OneDatabase")]
    [ValidateNotNull]
    public IDictionary? Setting { get; set; }

    /// <summary>The one database in whose sessions the settings shall hold. Without it they hold in all.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "OneDatabase")]
    [ArgumentCompleter(typeof(DatabaseNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Database { get; set; }

    /// <summary>Writes the roles as they are now.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override async Task ProcessAsync(CancellationToken cancellation)
    {
        foreach (string name in Name)
        {
            await ForEachAsync(async () =>
            {
                PgNames.CheckRole(name);
                RoleRequest request = Request(name, Setting) with { NewName = NewName, SettingsDatabase = Database };
                About<PgRole>(name);
                ISqlSession session = await SessionAsync(cancellation);
                if (await session.Roles.SetAsync(request, Approval, cancellation) is { } role)
                {
                    role.Connection = Connection;
                    await WriteChangedAsync(role, PassThru);
                }
            });
        }
    }
}
