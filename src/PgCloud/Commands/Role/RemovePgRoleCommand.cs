// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Contracts;
using PgCloud.Pipeline;

namespace PgCloud.Commands.Role;

/// <summary>Drops roles.</summary>
/// <remarks>A role that owns objects or has privileges is left as it is; the error says what depends on it. Asks first; answer beforehand with
/// -Confirm:$false.</remarks>
/// <example>
///   <code>$ops | Remove-PgRole mary -Confirm:$false</code>
///   <para>Drops one role without asking.</para>
/// </example>
/// <example>
///   <code>$ops | Get-PgRole -Name tmp_* | Remove-PgRole -Confirm:$false</code>
///   <para>Drops all roles whose names begin with tmp_.</para>
/// </example>
[Cmdlet(VerbsCommon.Remove, "PgRole", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(PgRole))]
public sealed class RemovePgRoleCommand : SqlCmdlet
{
    /// <summary>The roles' names.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("RoleName")]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = [];

    /// <summary>Writes the role as it was.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override async Task ProcessAsync(CancellationToken cancellation)
    {
        foreach (string name in Name)
        {
            await ForEachAsync(async () =>
            {
                PgNames.CheckIdentifier(name);
                ISqlSession session = await SessionAsync(cancellation);
                if (await session.Roles.DropAsync(name, Approval, cancellation) is { } dropped && PassThru)
                {
                    dropped.Connection = Connection;
                    await WriteAsync(dropped);
                }
            });
        }
    }
}
