// SPDX-License-Identifier: MIT

using System.Diagnostics;
using PgCloud.Contracts;
using PgCloud.Engine.Providers.Ovh.Api;
using PgCloud.Errors;

namespace PgCloud.Engine.Providers.Ovh.Instances;

/// <summary>Makes calls that the API refuses, by 409, while something is under way at the instance: they are made again when it has settled.</summary>
internal sealed class OvhReadiness(OvhProject project, OvhInstances instances)
{
    /// <summary>What an instance that was just ordered may take; Terraform's provider waits as long.</summary>
    internal TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(40);

    /// <summary>Makes a call.</summary>
    internal async Task<T> RunAsync<T>(PgInstance instance, Func<Task<T>> call, IReporter reporter, CancellationToken cancellation)
    {
        long begun = Stopwatch.GetTimestamp();
        for (TimeSpan pause = TimeSpan.Zero; ; pause = pause == TimeSpan.Zero ? project.Pace.First : project.Pace.After(pause))
        {
            TimeSpan left = Timeout - Stopwatch.GetElapsedTime(begun);
            try
            {
                return await call();
            }
            catch (PgCloudException exception)
                when (exception.ErrorId is OvhErrorIds.InstanceNotReady or OvhErrorIds.InstanceBusy && left > TimeSpan.Zero)
            {
                reporter.Progress($"Wait until {instance.Name} is ready", "Something is under way at the instance", -1);
            }

            OvhService settled = await instances.SettleAsync(instance, left, reporter, cancellation);
            if (OvhStatuses.ToStatus(settled.Status) != PgInstanceStatus.Ready)
            {
                throw PgErrors.InstanceNotReady(OvhInstances.ToInstance(settled));
            }

            // Refused although it is ready: the API's parts do not agree yet.
            await Task.Delay(pause, cancellation);
        }
    }
}
