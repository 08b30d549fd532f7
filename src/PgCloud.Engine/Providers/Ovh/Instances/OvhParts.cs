// SPDX-License-Identifier: MIT

using Newtonsoft.Json.Linq;
using PgCloud.Contracts;
using PgCloud.Engine.Providers.Ovh.Api;
using PgCloud.Errors;

namespace PgCloud.Engine.Providers.Ovh.Instances;

/// <summary>
///   The databases or the pools of one instance. The API tells no status of them: one that was made is not found for a while, and one that
///   was removed still is.
/// </summary>
/// <param name="project">The project.</param>
/// <param name="instances">Its instances.</param>
/// <param name="instance">The instance.</param>
/// <param name="kind">What they are.</param>
/// <param name="reporter">Hears of each step.</param>
internal sealed class OvhParts<T>(OvhProject project, OvhInstances instances, PgInstance instance, OvhPartKind kind, IReporter reporter)
    where T : class, IOvhPart
{
    // Terraform's provider waits as long.
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(20);

    private string Path => project.PathOf(instance, "/" + kind.Route);

    /// <summary>Reads all.</summary>
    internal Task<IReadOnlyList<T>> ListAsync(CancellationToken cancellation) =>
        project.Client.ListAsync<T>(Path, reporter, cancellation);

    /// <summary>Finds the one of a name.</summary>
    internal async Task<T?> FindAsync(string name, CancellationToken cancellation) =>
        (await ListAsync(cancellation)).FirstOrDefault(p => p.Name == name);

    /// <summary>Makes one that was not there, and waits until the API finds it.</summary>
    /// <returns>It, and whether it was made here: another client may have been faster.</returns>
    internal async Task<(T Part, bool IsNew)> CreateAsync(string name, JObject body, CancellationToken cancellation)
    {
        using var step = new StepTimer(reporter, $"Make the {kind.Word} {name}");
        T made;
        bool isNew = true;
        try
        {
            made = await WhenReadyAsync(() => project.Client.PostAsync<T>(Path, body, reporter, cancellation), cancellation);
        }
        catch (PgCloudException exception) when (exception.ErrorId is OvhErrorIds.OutcomeUnknown or OvhErrorIds.Conflict)
        {
            // "After a 409 or 500, list all and adopt the one of the same name" (terraform-provider-ovh #1306, #1339). It shows with a delay.
            (T? found, _) = await project.WaitAsync(
                () => FindAsync(name, cancellation), p => p is not null, project.Pace.Longest * 2, cancellation);
            if (found is null)
            {
                throw;
            }

            isNew = exception.ErrorId == OvhErrorIds.OutcomeUnknown;
            reporter.Step($"The API's answer was {exception.ErrorId}; the {kind.Word} {name} is there ({found.Id})", TimeSpan.Zero);
            made = found;
        }

        (T? seen, _) = await project.WaitAsync(() => ReadAsync(made.Id, cancellation), p => p is not null, Timeout, cancellation);
        return (seen ?? throw PgErrors.PartNotSettled(kind.Word, name, instance.Name, isThere: false, Timeout), isNew);
    }

    /// <summary>Changes one and reads what it is then.</summary>
    internal async Task<T> UpdateAsync(T part, JObject body, CancellationToken cancellation)
    {
        using var step = new StepTimer(
            reporter, $"Change {string.Join(", ", body.Properties().Select(p => p.Name))} of the {kind.Word} {part.Name}");
        try
        {
            await WhenReadyAsync(
                async () =>
                {
                    await project.Client.PutAsync($"{Path}/{part.Id}", body, reporter, cancellation);
                    return true;
                },
                cancellation);
        }
        catch (PgCloudException exception) when (exception.ErrorId == OvhErrorIds.NoUpdate)
        {
            // Only what differed was sent, so an attempt whose answer was lost has done it.
        }

        return await project.Client.GetAsync<T>($"{Path}/{part.Id}", reporter, cancellation);
    }

    /// <summary>Removes one and waits until the API no longer finds it.</summary>
    internal async Task DeleteAsync(T part, CancellationToken cancellation)
    {
        using var step = new StepTimer(reporter, $"Remove the {kind.Word} {part.Name}");
        try
        {
            await WhenReadyAsync(
                async () =>
                {
                    await project.Client.DeleteAsync($"{Path}/{part.Id}", reporter, cancellation);
                    return true;
                },
                cancellation);
        }
        catch (PgCloudException exception) when (exception.ErrorId == OvhErrorIds.NotFound)
        {
            // Another has removed it since it was read.
        }

        (_, bool isGone) = await project.WaitAsync(() => ReadAsync(part.Id, cancellation), p => p is null, Timeout, cancellation);
        if (!isGone)
        {
            throw PgErrors.PartNotSettled(kind.Word, part.Name, instance.Name, isThere: true, Timeout);
        }
    }

    private Task<T?> ReadAsync(string id, CancellationToken cancellation) =>
        project.Client.FindAsync<T>($"{Path}/{id}", reporter, cancellation);

    // Nothing can be changed while something else is under way: an instance that was just ordered, or whose addresses were just changed.
    private async Task<TResult> WhenReadyAsync<TResult>(Func<Task<TResult>> call, CancellationToken cancellation)
    {
        PgCloudException? refusal = null;
        ((bool IsDone, TResult? Result) answer, _) = await project.WaitAsync<(bool IsDone, TResult? Result)>(
            async () =>
            {
                try
                {
                    return (true, await call());
                }
                catch (PgCloudException exception) when (exception.ErrorId is OvhErrorIds.InstanceNotReady or OvhErrorIds.InstanceBusy)
                {
                    refusal = exception;
                    OvhService service = await instances.SettleAsync(instance, Timeout, reporter, cancellation);
                    return OvhStatuses.ToStatus(service.Status) == PgInstanceStatus.Ready
                        ? (false, default)
                        : throw PgErrors.InstanceNotReady(OvhInstances.ToInstance(service));
                }
            },
            a => a.IsDone,
            Timeout,
            cancellation);
        return answer.IsDone ? answer.Result! : throw refusal!;
    }
}
