// SPDX-License-Identifier: MIT

using System.Diagnostics;
using PgCloud.Contracts;
using PgCloud.Engine.Providers.Ovh.Api;
using PgCloud.Errors;

namespace PgCloud.Engine.Providers.Ovh.Instances;

/// <summary>Waits where the API refuses a change because another one is under way, which ends by itself.</summary>
internal sealed class OvhPatience(OvhProject project, OvhInstances instances, PgInstance instance, IReporter reporter)
{
    /// <summary>Makes a change, and makes it again each time the instance has settled, as long as the time allows.</summary>
    internal async Task<T> RunAsync<T>(Func<Task<T>> change, TimeSpan timeout, CancellationToken cancellation)
    {
        long begun = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                return await change();
            }
            catch (PgCloudException exception) when (exception.ErrorId is OvhErrorIds.InstanceNotReady or OvhErrorIds.InstanceBusy)
            {
                TimeSpan left = timeout - Stopwatch.GetElapsedTime(begun);
                if (left <= TimeSpan.Zero)
                {
                    throw;
                }

                reporter.Step($"Another change of '{instance.Name}' is under way: this one waits for it", TimeSpan.Zero);
                PgInstance settled = await SettleAsync(exception, left, timeout, cancellation);
                if (settled.Status != PgInstanceStatus.Ready)
                {
                    throw PgErrors.InstanceNotReady(settled);
                }

                // Ready and yet refused: whoever comes next is served next.
                await Task.Delay(project.Pace.First, cancellation);
            }
        }
    }

    /// <summary>The same where nothing is answered.</summary>
    internal Task RunAsync(Func<Task> change, TimeSpan timeout, CancellationToken cancellation) => RunAsync(
        async () =>
        {
            await change();
            return true;
        },
        timeout,
        cancellation);

    private async Task<PgInstance> SettleAsync(
        PgCloudException refusal, TimeSpan left, TimeSpan timeout, CancellationToken cancellation)
    {
        try
        {
            return OvhInstances.ToInstance(await instances.SettleAsync(instance, left, reporter, cancellation));
        }
        catch (PgCloudException exception) when (exception is { ErrorId: OvhErrorIds.WaitTimeout, Target: PgInstance seen })
        {
            throw PgErrors.ChangeNotBegun(seen, timeout, refusal);
        }
    }
}
