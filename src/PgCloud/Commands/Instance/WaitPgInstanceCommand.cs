// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Pipeline;

namespace PgCloud.Commands.Instance;

/// <summary>Waits until an instance is ready, or in another state.</summary>
/// <remarks>
///   Ctrl+C ends the waiting only. When the time is up the error carries the instance as last seen, and the cmdlet can be run again, in another shell
///   too: nothing but the name or id is needed. A cloud's API that is silent for a while does not end the waiting. Between two looks an instance that is
///   piped in takes no place of -ThrottleLimit: eight times as many are waited for at once.
/// </remarks>
/// <example>
///   <code>Get-PgInstance orders | Wait-PgInstance -TimeoutSec 600</code>
///   <para>Waits up to ten minutes and writes the instance once it is ready.</para>
/// </example>
/// <example>
///   <code>Wait-PgInstance orders -Status Stopped -TimeoutSec 60</code>
///   <para>Waits until another process has stopped the instance.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Wait, "PgInstance")]
[OutputType(typeof(PgInstance))]
public sealed class WaitPgInstanceCommand : InstanceCmdlet
{
    /// <summary>The state to wait for; Removed until it is gone.</summary>
    /// <value>Ready</value>
    [Parameter]
    public PgInstanceStatus Status { get; set; } = PgInstanceStatus.Ready;

    /// <summary>How long to wait at most, in seconds.</summary>
    /// <value>1800</value>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int TimeoutSec { get; set; } = 1800;

    /// <inheritdoc/>
    private protected override async Task ProcessInstanceAsync(PgInstance instance, CancellationToken cancellation)
    {
        PgCloudSession session = SessionFor(instance);
        bool isToGo = Status == PgInstanceStatus.Removed;
        PgInstance seen = await WaitForAsync(instance, session, isToGo ? null : Status, TimeSpan.FromSeconds(TimeoutSec), cancellation);
        if (isToGo)
        {
            seen.Became(Status);
        }

        await WriteAsync(Stamp(seen, session, PgChange.None));
    }
}
