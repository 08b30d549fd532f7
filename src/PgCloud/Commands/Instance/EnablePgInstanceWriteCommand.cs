// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Pipeline;

namespace PgCloud.Commands.Instance;

/// <summary>Lets an instance that is read-only because its disk is full be written for 15 minutes.</summary>
/// <remarks>
///   Long enough to delete what is not needed; if the disk is still as full at the end, the instance is read-only again. Run again it begins another
///   15 minutes. Set-PgInstance -DiskSizeGB gives the instance more space for good. Offered by provider Ovh.
///   After an error the instance can be written for 15 minutes or is read-only as before; run again it begins another 15 minutes.
/// </remarks>
/// <example>
///   <code>(Enable-PgInstanceWrite orders).Until.ToLocalTime()</code>
///   <para>Opens the instance for writes, and says until when.</para>
/// </example>
/// <example>
///   <code>Enable-PgInstanceWrite orders -Confirm:$false; $ops | Invoke-PgQuery 'TRUNCATE app.audit_old'</code>
///   <para>Opens the instance and makes space.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Enable, "PgInstanceWrite", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(PgWriteWindow))]
public sealed class EnablePgInstanceWriteCommand : InstanceCmdlet
{
    /// <inheritdoc/>
    private protected override async Task ProcessInstanceAsync(PgInstance instance, CancellationToken cancellation)
    {
        if (await ShouldProcessAsync(instance.Name, "Allow writes for a while, although the disk is full"))
        {
            PgWriteWindow window = await SessionFor(instance).Cloud.EnableWritesAsync(instance, Reporter, cancellation);
            window.Instance = instance;
            await WriteChangedAsync(window);
        }
    }
}
