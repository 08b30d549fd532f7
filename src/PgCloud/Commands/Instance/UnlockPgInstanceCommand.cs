// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Pipeline;

namespace PgCloud.Commands.Instance;

/// <summary>Takes the lock of an instance away.</summary>
/// <remarks>
///   Provider Ibm only. See Lock-PgInstance.
///   After an error the instance is locked or not, which Detail.Locked of Get-PgInstance shows; run again it is unlocked, or Unchanged.
/// </remarks>
/// <example>
///   <code>Unlock-PgInstance orders</code>
///   <para>Lets one instance be changed and removed again.</para>
/// </example>
/// <example>
///   <code>Unlock-PgInstance orders -PassThru | Remove-PgInstance -Recurse</code>
///   <para>Unlocks an instance and removes it.</para>
/// </example>
[Cmdlet(VerbsCommon.Unlock, "PgInstance", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(PgInstance))]
public sealed class UnlockPgInstanceCommand : InstanceCmdlet
{
    /// <summary>Writes the instance.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override async Task ProcessInstanceAsync(PgInstance instance, CancellationToken cancellation)
    {
        if (!await ShouldProcessAsync(instance.Name, "Take the lock away"))
        {
            return;
        }

        PgCloudSession session = SessionFor(instance);
        PgInstance changed = await session.Cloud.SetLockAsync(instance, isLocked: false, Reporter, cancellation);
        await WriteChangedAsync(Stamp(changed, session, changed.Change), PassThru);
    }
}
