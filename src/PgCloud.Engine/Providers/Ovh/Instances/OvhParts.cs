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
/// <param name="patience">Waits while something is under way at the instance.</param>
/// <param name="instance">The instance.</param>
/// <param name="kind">What they are.</param>
/// <param name="reporter">Hears of each step.</param>
internal sealed class OvhParts<T>(OvhProject project, OvhPatience patience, PgInstance instance, OvhPartKind kind, IReporter reporter)
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
        (T made, bool isNew) = await project.MakeAsync(
            $"the {kind.Word} {name}",
            () => patience.RunAsync(
                instance, () => project.Client.PostAsync<T>(Path, body, reporter, cancellation), reporter, cancellation),
            () => FindAsync(name, cancellation),
            project.Pace.Longest * 2,
            reporter,
            cancellation,
            target: name);
        (T? seen, _) = await project.WaitAsync(() => ReadAsync(made.Id, cancellation), p => p is not null, Timeout, cancellation);
        return (seen ?? throw PgErrors.PartNotSettled(kind.Word, name, instance.Name, isThere: false, Timeout), isNew);
    }

    /// <summary>Changes one and reads what it is then.</summary>
    internal async Task<T> UpdateAsync(T part, JObject body, CancellationToken cancellation)
    {
        using var step = new StepTimer(
            reporter, $"Change {string.Join(", ", body.Properties().Select(p => p.Name))} of the {kind.Word} {part.Name}");
        await patience.RunAsync(
            instance, () => project.Client.PutAsync($"{Path}/{part.Id}", body, reporter, cancellation), reporter, cancellation);
        return await project.Client.GetAsync<T>($"{Path}/{part.Id}", reporter, cancellation);
    }

    /// <summary>Removes one and waits until the API no longer finds it.</summary>
    internal async Task DeleteAsync(T part, CancellationToken cancellation)
    {
        using var step = new StepTimer(reporter, $"Remove the {kind.Word} {part.Name}");
        try
        {
            await patience.RunAsync(
                instance, () => project.Client.DeleteAsync($"{Path}/{part.Id}", reporter, cancellation), reporter, cancellation);
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
}
