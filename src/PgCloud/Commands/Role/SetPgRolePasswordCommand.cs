// SPDX-License-Identifier: MIT

using System.Management.Automation;
using System.Security;
using PgCloud.Completion;
using PgCloud.Contracts;
using PgCloud.Loading;
using PgCloud.Pipeline;

namespace PgCloud.Commands.Role;

/// <summary>Gives roles a new password.</summary>
/// <remarks>
///   The same as ALTER ROLE … PASSWORD, except that the SCRAM-SHA-256 verifier is computed here: the password itself is in no server log, no
///   view of statements and no trace. A password cannot be compared with the one that is set, so one that is given is always set. Every role
///   may change its own; the result's Connection then has the new one. Connections that are open stay open. A provider
///   that shows a user's password, as IBM's service credentials do, goes on showing the old one.
///   After an error the old password holds, and after a lost connection one of the two; run again, the one that is given or told then holds.
/// </remarks>
/// <example>
///   <code>$mary = $ops | Set-PgRolePassword mary -Generate</code>
///   <para>Makes a strong password; $mary.Credential holds it, and nothing else tells it.</para>
/// </example>
/// <example>
///   <code>$ops | Set-PgRolePassword joe -Password (Read-Host -AsSecureString 'Password of joe')</code>
///   <para>Sets a password that you type.</para>
/// </example>
/// <example>
///   <code>$ops | Set-PgRolePassword -Credential (Get-Credential mary) -PassThru | Test-PgConnection</code>
///   <para>Sets the password of the credential's user.</para>
/// </example>
/// <example>
///   <code>$ops | Get-PgRole -Name app_* | Set-PgRolePassword -Generate | Export-Clixml rotated.xml</code>
///   <para>Gives each of several roles a password of its own, and keeps them encrypted (on Windows) in a file.</para>
/// </example>
[Cmdlet(VerbsCommon.Set, "PgRolePassword", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, DefaultParameterSetName = "Password")]
[OutputType(typeof(PgRole))]
public sealed class SetPgRolePasswordCommand : SqlCmdlet
{
    /// <summary>The roles' names.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true, ParameterSetName = "Password")]
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true, ParameterSetName = "Generate")]
    [Alias("RoleName")]
    [ArgumentCompleter(typeof(RoleNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = [];

    /// <summary>The new password.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = "Password")]
    [ValidateNotNull]
    public SecureString? Password { get; set; }

    /// <summary>The role and its new password.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Credential")]
    [Credential]
    [ValidateNotNull]
    public PSCredential? Credential { get; set; }

    /// <summary>Makes a strong password for each role. It is in the result's Credential, once.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Generate")]
    public SwitchParameter Generate { get; set; }

    /// <summary>Writes the roles, each with its credential. With -Generate they are always written.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override async Task ProcessAsync(CancellationToken cancellation)
    {
        foreach (string name in Credential is null ? Name : [Credential.UserName])
        {
            await ForEachAsync(() => SetAsync(name, cancellation));
        }
    }

    private async Task SetAsync(string name, CancellationToken cancellation)
    {
        PgNames.CheckRole(name);
        SecureString password = Generate ? EngineLoadContext.Engine.GeneratePassword() : Credential?.Password ?? Password!;
        About<PgRole>(name);
        ISqlSession session = await SessionAsync(cancellation);
        if (await session.Roles.SetAsync(new RoleRequest(name) { Password = password }, Approval, cancellation) is { } role)
        {
            role.Credential = new PSCredential(name, password);
            role.Connection = name == Connection.UserName ? Connection.With(role.Credential) : Connection;
            await WriteChangedAsync(role, Generate || PassThru);
        }
    }
}
