// SPDX-License-Identifier: MIT

using System.Diagnostics;
using PgCloud.Contracts;
using PgCloud.Engine.Providers.Ovh.Api;
using PgCloud.Errors;

namespace PgCloud.Engine.Providers.Ovh.Instances;

/// <summary>
///   Makes calls that the API refuses, by 409, while something is under way at the instance which ends by itself: they are made again when it
///   has settled.
/// </summary>
internal sealed class OvhPatience(OvhProject project, OvhInstances instances)
{
    // What an instance that was just ordered may take; Terraform's provider waits as long.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(40);

    /// <summary>Makes a call, and makes it again each time the instance has settled, as long as the time allows.</summary>
    /// <param name="instance">The instance.</param>
    /// <param name="call">The call, or several of which the last is the one that may be refused: all are made again.</param>
    /// <param name="reporter">Hears what is waited for.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <param name="timeout">How long to try, where it is not as long as anything may take.</param>
    internal async Task<T> RunAsync<T>(
        PgInstance instance, Func<Task<T>> call, IReporter reporter, CancellationToken cancellation, TimeSpan? timeout = null)
    {
        TimeSpan allowed = timeout ?? Longest;
        long begun = Stopwatch.GetTimestamp();
        PgCloudException? refusal = null;
        (bool IsDone, T? Value) answer = await TryAsync();
        if (!answer.IsDone && allowed > TimeSpan.Zero)
        {
            reporter.Step($"Something is under way at '{instance.Name}': wait for its end", TimeSpan.Zero);
            (answer, _) = await project.WaitAsync(SettleAndTryAsync, a => a.IsDone, allowed, cancellation);
        }

        return answer.IsDone ? answer.Value! : throw refusal!;

        async Task<(bool IsDone, T? Value)> TryAsync()
        {
            try
            {
                return (true, await call());
            }
            catch (PgCloudException exception) when (exception.ErrorId is OvhErrorIds.InstanceNotReady or OvhErrorIds.InstanceBusy)
            {
                refusal = exception;
                return (false, default);
            }
        }

        // Refused again although it has settled, it comes after a pause: the API's parts do not agree yet, or another was served first.
        async Task<(bool IsDone, T? Value)> SettleAndTryAsync()
        {
            try
            {
                await SettleAsync(instance, allowed - Stopwatch.GetElapsedTime(begun), reporter, cancellation);
            }
            catch (PgCloudException exception) when (exception is { ErrorId: OvhErrorIds.WaitTimeout, Target: PgInstance seen })
            {
                throw PgErrors.ChangeNotBegun(seen, allowed, refusal!);
            }

            return await TryAsync();
        }
    }

    /// <summary>The same where nothing is answered.</summary>
    internal Task RunAsync(
        PgInstance instance, Func<Task> call, IReporter reporter, CancellationToken cancellation, TimeSpan? timeout = null) =>
        RunAsync(
            instance,
            async () =>
            {
                await call();
                return true;
            },
            reporter,
            cancellation,
            timeout);

    /// <summary>Waits until nothing is under way at an instance.</summary>
    /// <exception cref="PgCloudException"><c>PgCloud.Instance.NotReady</c>: it has settled in a state in which nothing can be done.</exception>
    internal Task<PgInstance> SettleAsync(PgInstance instance, IReporter reporter, CancellationToken cancellation) =>
        SettleAsync(instance, Longest, reporter, cancellation);

    private async Task<PgInstance> SettleAsync(
        PgInstance instance, TimeSpan timeout, IReporter reporter, CancellationToken cancellation)
    {
        PgInstance settled = OvhInstances.ToInstance(await instances.SettleAsync(instance, timeout, reporter, cancellation));
        return settled.Status == PgInstanceStatus.Ready ? settled : throw PgErrors.InstanceNotReady(settled);
    }
}
