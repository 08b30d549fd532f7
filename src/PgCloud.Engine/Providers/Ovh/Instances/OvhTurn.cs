// SPDX-License-Identifier: MIT

using System.Diagnostics;
using PgCloud.Contracts;
using PgCloud.Engine.Providers.Ovh.Api;
using PgCloud.Errors;

namespace PgCloud.Engine.Providers.Ovh.Instances;

/// <summary>Does what the API refuses while something else is under way, as soon as nothing is.</summary>
internal sealed class OvhTurn(OvhProject project, OvhInstances instances, PgInstance instance, IReporter reporter)
{
    // As long as Terraform's provider waits for a service.
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(40);

    /// <summary>Tries, and where the instance is busy waits for it and tries again.</summary>
    internal async Task<T> TakeAsync<T>(Func<Task<T>> act, CancellationToken cancellation)
    {
        long begun = Stopwatch.GetTimestamp();
        TimeSpan pause = project.Pace.First;
        while (true)
        {
            try
            {
                return await act();
            }
            catch (PgCloudException exception) when (
                exception.ErrorId is OvhErrorIds.InstanceNotReady or OvhErrorIds.InstanceBusy && Stopwatch.GetElapsedTime(begun) < Timeout)
            {
                reporter.Step($"{instance.Name} is busy: wait for it", TimeSpan.Zero);
            }

            await Task.Delay(pause, cancellation);
            pause = project.Pace.After(pause);
            OvhService service = await instances.SettleAsync(instance, Timeout - Stopwatch.GetElapsedTime(begun), reporter, cancellation);
            if (OvhStatuses.ToStatus(service.Status) != PgInstanceStatus.Ready)
            {
                throw PgErrors.InstanceNotReady(OvhInstances.ToInstance(service));
            }
        }
    }
}
