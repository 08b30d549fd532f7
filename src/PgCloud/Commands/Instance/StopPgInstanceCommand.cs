// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Pipeline;

namespace PgCloud.Commands.Instance;

/// <summary>Stops an instance and keeps its data.</summary>
/// <remarks>
///   Connections are ended and their open transactions rolled back (PostgreSQL's fast shutdown).
///   After an error the server runs or does not, which Get-PgInstance shows; run again it is stopped, or Unchanged.
/// </remarks>
/// <example>
///   <code>Stop-PgInstance orders</code>
///   <para>Stops one instance; Start-PgInstance starts it again.</para>
/// </example>
/// <example>
///   <code>Get-PgInstance | Where-Object Status -eq Ready | Stop-PgInstance -PassThru</code>
///   <para>Stops everything that runs and shows what was stopped.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Stop, "PgInstance", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(PgInstance))]
public sealed class StopPgInstanceCommand : InstanceCmdlet
{
    /// <summary>Writes the instance.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override async Task ProcessInstanceAsync(PgInstance instance, CancellationToken cancellation)
    {
        if (!await ShouldProcessAsync(instance.Name, "Stop"))
        {
            return;
        }

        PgChange change = instance.Status == PgInstanceStatus.Stopped ? PgChange.Unchanged : PgChange.Updated;
        PgInstance stopped = await SessionFor(instance).Cloud.StopInstanceAsync(instance, Reporter, cancellation);
        await WriteChangedAsync(Stamp(stopped, SessionFor(instance), change), PassThru);
    }
}
