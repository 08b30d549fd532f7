// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Pipeline;

namespace PgCloud.Commands.Instance;

/// <summary>Locks an instance: it is neither changed nor removed until the lock is taken away.</summary>
/// <remarks>
///   Provider Ibm only; Set-PgInstance -DeletionProtection $true does the same there, and protects against removal alone at OVHcloud. Users and
///   authorised addresses are not part of the lock.
///   After an error the instance is locked or not, which Detail.Locked of Get-PgInstance shows; run again it is locked, or Unchanged.
/// </remarks>
/// <example>
///   <code>Lock-PgInstance orders</code>
///   <para>Locks one instance.</para>
/// </example>
/// <example>
///   <code>Get-PgInstance prod-* | Lock-PgInstance -PassThru</code>
///   <para>Locks several and shows what was changed.</para>
/// </example>
[Cmdlet(VerbsCommon.Lock, "PgInstance", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(PgInstance))]
public sealed class LockPgInstanceCommand : InstanceCmdlet
{
    /// <summary>Writes the instance.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override async Task ProcessInstanceAsync(PgInstance instance, CancellationToken cancellation)
    {
        if (!await ShouldProcessAsync(instance.Name, "Lock it against changes and removal"))
        {
            return;
        }

        PgCloudSession session = SessionFor(instance);
        PgInstance changed = await session.Cloud.SetLockAsync(instance, isLocked: true, Reporter, cancellation);
        await WriteChangedAsync(Stamp(changed, session, changed.Change), PassThru);
    }
}
