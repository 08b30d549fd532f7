// SPDX-License-Identifier: MIT

using System.Management.Automation;
using System.Security;
using PgCloud.Contracts;
using PgCloud.Pipeline;

namespace PgCloud.Commands.Role;

/// <summary>Makes a PostgreSQL role, or brings an existing one to what is asked.</summary>
/// <remarks>
///   Attributes that are not given stay as they are. A role that is there as asked is reported as Unchanged and nothing is written. A
///   password travels as a SCRAM-SHA-256 verifier, so that it is in no server log; one that is given is always set.
/// </remarks>
/// <example>
///   <code>$ops | New-PgRole mary -Login -Password (Read-Host -AsSecureString) | Grant-PgRole -Role pg_monitor</code>
///   <para>Makes a role that can log in and lets it read the monitoring views.</para>
/// </example>
/// <example>
///   <code>$ops | New-PgRole reporting, billing -Inherit</code>
///   <para>Makes two group roles, who cannot log in.</para>
/// </example>
/// <example>
///   <code>$ops | New-PgRole mary -ConnectionLimit 5</code>
///   <para>Limits the role that is there already; everything else about it stays as it is.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "PgRole", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(PgRole))]
public sealed class NewPgRoleCommand : SqlCmdlet
{
    /// <summary>The role's name, taken exactly as it is: upper case, spaces and quotes included. 1 to 63 bytes in UTF-8.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("RoleName")]
    [AllowEmptyString]
    public string[] Name { get; set; } = [];

    /// <summary>The role may log in.</summary>
    [Parameter]
    public SwitchParameter Login { get; set; }

    /// <summary>The role has the privileges of the roles it is a member of without SET ROLE; -Inherit:$false for NOINHERIT.</summary>
    [Parameter]
    public SwitchParameter Inherit { get; set; }

    /// <summary>The role may make databases.</summary>
    [Parameter]
    [Alias("CreateDb")]
    public SwitchParameter CreateDatabase { get; set; }

    /// <summary>The role may make roles.</summary>
    [Parameter]
    public SwitchParameter CreateRole { get; set; }

    /// <summary>How many connections it may have at once; -1 for no limit.</summary>
    [Parameter]
    [ValidateRange(-1, int.MaxValue)]
    public int ConnectionLimit { get; set; }

    /// <summary>Until when the password is accepted.</summary>
    [Parameter]
    public DateTimeOffset ValidUntil { get; set; }

    /// <summary>The password.</summary>
    [Parameter]
    [ValidateNotNull]
    public SecureString? Password { get; set; }

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
        var request = new RoleRequest(name)
        {
            Login = Asked(nameof(Login), Login),
            Inherit = Asked(nameof(Inherit), Inherit),
            CreateDatabase = Asked(nameof(CreateDatabase), CreateDatabase),
            CreateRole = Asked(nameof(CreateRole), CreateRole),
            ConnectionLimit = MyInvocation.BoundParameters.ContainsKey(nameof(ConnectionLimit)) ? ConnectionLimit : null,
            ValidUntil = MyInvocation.BoundParameters.ContainsKey(nameof(ValidUntil)) ? ValidUntil : null,
            Password = Password,
        };
        PgNames.CheckRole(name);
        ISqlSession session = await SessionAsync(cancellation);
        if (await session.Roles.EnsureAsync(request, Approval, cancellation) is { } role)
        {
            role.Connection = Connection;
            role.Credential = Password is null ? null : new PSCredential(name, Password);
            await WriteAsync(role);
        }
    }

    private bool? Asked(string parameter, SwitchParameter value) =>
        MyInvocation.BoundParameters.ContainsKey(parameter) ? value.IsPresent : null;
}
