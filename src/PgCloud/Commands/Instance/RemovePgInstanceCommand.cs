// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Pipeline;

namespace PgCloud.Commands.Instance;

/// <summary>Removes an instance and all its data.</summary>
/// <remarks>
///   Asks first; in a runbook answer beforehand with -Confirm:$false. Provider Local ends the server and leaves nothing on disk or in the
///   process table. An instance that is Failed can be removed too. A cloud takes a while: -Wait waits until the instance is gone. While a change
///   is under way the cmdlet waits for its end first. One that is protected against removal is refused: Set-PgInstance -DeletionProtection
///   $false first.
/// </remarks>
/// <example>
///   <code>Remove-PgInstance orders -Confirm:$false</code>
///   <para>Removes one instance without asking.</para>
/// </example>
/// <example>
///   <code>Get-PgInstance test-* | Remove-PgInstance -WhatIf</code>
///   <para>Shows which instances would be removed, and removes none.</para>
/// </example>
[Cmdlet(VerbsCommon.Remove, "PgInstance", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(PgInstance))]
public sealed class RemovePgInstanceCommand : InstanceCmdlet
{
    /// <summary>Waits until the instance is gone. Provider Local always does.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>How long -Wait waits at most, in seconds.</summary>
    /// <value>1200</value>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int TimeoutSec { get; set; } = 1200;

    /// <summary>Writes the instance as it was.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override async Task ProcessInstanceAsync(PgInstance instance, CancellationToken cancellation)
    {
        if (!await ShouldProcessAsync(instance.Name, "Remove the instance and all its data"))
        {
            return;
        }

        PgCloudSession session = SessionFor(instance);
        PgInstance removed = await session.Cloud.RemoveInstanceAsync(instance, Reporter, cancellation);
        if (Wait)
        {
            await WaitForAsync(removed, session, null, TimeSpan.FromSeconds(TimeoutSec), cancellation);
        }

        if (PassThru)
        {
            await WriteAsync(Stamp(removed, session, PgChange.Removed));
        }
    }
}
