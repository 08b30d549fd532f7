// SPDX-License-Identifier: MIT

using PgCloud.Contracts;

namespace PgCloud.Engine.Providers.Ovh.Instances;

/// <summary>
///   The 15 minutes in which an instance that became read-only can be written, to make space (Full disk handling). Asked for again it is the
///   same, so that the call can be repeated.
/// </summary>
internal sealed class OvhWrites(OvhProject project, OvhPatience patience, PgInstance instance, IReporter reporter)
{
    /// <summary>Opens the window.</summary>
    internal async Task<PgWriteWindow> EnableAsync(CancellationToken cancellation)
    {
        using var step = new StepTimer(reporter, $"Enable writes on {instance.Name}");
        Deadline deadline = await patience.RunAsync(
            instance,
            () => project.Client.PostAsync<Deadline>(project.PathOf(instance, "/enableWrites"), null, reporter, cancellation, isRepeatable: true),
            reporter,
            cancellation);
        return new PgWriteWindow { Instance = instance, Until = deadline.Until.ToUniversalTime() };
    }

    // The API's TemporaryWriteDeadline.
    private sealed record Deadline(DateTimeOffset Until);
}
