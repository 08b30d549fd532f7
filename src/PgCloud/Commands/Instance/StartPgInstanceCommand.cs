// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Pipeline;

namespace PgCloud.Commands.Instance;

/// <summary>Starts a stopped instance and waits until it accepts connections.</summary>
/// <remarks>
///   An instance that runs already is left as it is and reported as Unchanged.
///   After an error the server runs or does not, which Get-PgInstance shows; run again it is started, or Unchanged.
/// </remarks>
/// <example>
///   <code>Get-PgInstance | Start-PgInstance</code>
///   <para>Starts every instance that does not run.</para>
/// </example>
/// <example>
///   <code>Start-PgInstance orders -PassThru | Get-PgAuthorisedIp</code>
///   <para>Starts one instance and shows who is let in.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Start, "PgInstance", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(PgInstance))]
public sealed class StartPgInstanceCommand : InstanceCmdlet
{
    /// <summary>Writes the instance.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override async Task ProcessInstanceAsync(PgInstance instance, CancellationToken cancellation)
    {
        if (!await ShouldProcessAsync(instance.Name, "Start"))
        {
            return;
        }

        PgChange change = instance.Status == PgInstanceStatus.Ready ? PgChange.Unchanged : PgChange.Updated;
        PgInstance started = await SessionFor(instance).Cloud.StartInstanceAsync(instance, Reporter, cancellation);
        await WriteChangedAsync(Stamp(started, SessionFor(instance), change), PassThru);
    }
}
