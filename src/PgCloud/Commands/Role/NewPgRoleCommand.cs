// SPDX-License-Identifier: MIT

using System.Collections;
using System.Management.Automation;
using System.Security;
using PgCloud.Contracts;
using PgCloud.Loading;
using PgCloud.Pipeline;

namespace PgCloud.Commands.Role;

/// <summary>Makes a PostgreSQL role, or brings an existing one to what is asked.</summary>
/// <remarks>
///   Attributes that are not given stay as they are. A role that is there as asked is reported as Unchanged and nothing is written. A
///   password travels as a SCRAM-SHA-256 verifier, so that it is in no server log; one that is given is always set, one that is generated
///   only for a role that is made. All is written in one transaction.
///   After an error the role is not there or as it was, and after a lost connection so or as asked; run again, the cmdlet completes it. A generated
///   password that was not told is replaced by Set-PgRolePassword -Generate.
/// </remarks>
/// <example>
///   <code>$ops | New-PgRole mary -Login -Password (Read-Host -AsSecureString) | Grant-PgRole -Role pg_monitor</code>
///   <para>Makes a role that can log in and lets it read the monitoring views.</para>
/// </example>
/// <example>
///   <code>$app = $ops | New-PgRole app -Login -Generate -Comment 'the shop' -Setting @{ search_path = 'shop, public'; statement_timeout = '5s' }</code>
///   <para>Makes a role with a strong password, which $app.Credential holds, and with settings for its sessions.</para>
/// </example>
/// <example>
///   <code>$ops | New-PgRole reporting, billing -Inherit</code>
///   <para>Makes two group roles, who cannot log in.</para>
/// </example>
/// <example>
///   <code>$ops | New-PgRole mary -ConnectionLimit 5</code>
///   <para>Limits the role that is there already; everything else about it stays as it is.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "PgRole", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, DefaultParameterSetName = "Password")]
[OutputType(typeof(PgRole))]
public sealed class NewPgRoleCommand : RoleCmdlet
{
    /// <summary>The role's name, taken exactly as it is: upper case, spaces and quotes included. 1 to 63 bytes in UTF-8.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("RoleName")]
    [AllowEmptyString]
    public string[] Name { get; set; } = [];

    /// <summary>The password.</summary>
    [Parameter(ParameterSetName = "Password")]
    [ValidateNotNull]
    public SecureString? Password { get; set; }

    /// <summary>
    ///   Makes a strong password, which is in the result's Credential and told nowhere else. A role that is there already keeps the one it
    ///   has; Set-PgRolePassword -Generate gives it another.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = "Generate")]
    public SwitchParameter Generate { get; set; }

    /// <summary>
    ///   Configuration parameters for the role's sessions in all databases: @{ search_path = 'app, public'; statement_timeout = '5s' }.
    ///   $null resets one. In an array each element of a list is taken as it is.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    public IDictionary? Setting { get; set; }

    /// <summary>Accepted so that a pipeline reads alike everywhere; the role is always written.</summary>
    [Parameter(DontShow = true)]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override async Task ProcessAsync(CancellationToken cancellation)
    {
        foreach (string name in Name)
        {
            await ForEachAsync(() => EnsureAsync(name, cancellation));
        }
    }

    private async Task EnsureAsync(string name, CancellationToken cancellation)
    {
        PgNames.CheckRole(name);
        SecureString? password = Generate ? EngineLoadContext.Engine.GeneratePassword() : Password;
        RoleRequest request = Request(name, Setting) with { Password = password, IsPasswordForNewRole = Generate };
        About<PgRole>(name);
        ISqlSession session = await SessionAsync(cancellation);
        if (await session.Roles.EnsureAsync(request, Approval, cancellation) is { } role)
        {
            bool isPasswordSet = password is not null && (!Generate || role.Change == PgChange.Created);
            role.Connection = Connection;
            role.Credential = isPasswordSet ? new PSCredential(name, password) : null;
            await WriteChangedAsync(role);
        }
    }
}
