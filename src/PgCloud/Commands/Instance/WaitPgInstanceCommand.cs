// SPDX-License-Identifier: MIT

using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using PgCloud.Errors;
using PgCloud.Pipeline;

namespace PgCloud.Commands.Instance;

/// <summary>Waits until an instance is ready, or in another state.</summary>
/// <remarks>Ctrl+C ends the waiting only. When the time is up the error carries the instance as last seen, and the cmdlet can be run again.</remarks>
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
    /// <summary>The state to wait for.</summary>
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
        long begun = Stopwatch.GetTimestamp();
        var limit = TimeSpan.FromSeconds(TimeoutSec);
        TimeSpan pause = TimeSpan.FromMilliseconds(100);
        while (instance.Status != Status)
        {
            TimeSpan waited = Stopwatch.GetElapsedTime(begun);
            if (instance.Status == PgInstanceStatus.Failed)
            {
                throw PgErrors.InstanceNotReady(instance);
            }

            if (waited >= limit)
            {
                throw PgErrors.InstanceWaitTimeout(instance, waited);
            }

            string status = string.Create(CultureInfo.InvariantCulture, $"{instance.Name} is {instance.Status} after {waited.TotalSeconds:0} s");
            Reporter.Progress($"Wait until {instance.Name} is {Status}", status, (int)(100 * waited / limit));
            await Task.Delay(pause < limit - waited ? pause : limit - waited, cancellation);
            // Quick to notice at first, easy on the provider later.
            pause = TimeSpan.FromMilliseconds(Math.Min(pause.TotalMilliseconds * 1.5, 15_000));
            instance = await ResolveAsync(new InstanceArgument(instance), cancellation);
        }

        await WriteAsync(Stamp(instance, SessionFor(instance), PgChange.None));
    }
}
