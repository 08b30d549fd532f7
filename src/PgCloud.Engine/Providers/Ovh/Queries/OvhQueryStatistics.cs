// SPDX-License-Identifier: MIT

using PgCloud.Contracts;
using PgCloud.Engine.Providers.Ovh.Api;
using PgCloud.Engine.Providers.Ovh.Instances;

namespace PgCloud.Engine.Providers.Ovh.Queries;

/// <summary>What the statements of an instance have cost.</summary>
internal sealed class OvhQueryStatistics(OvhProject project, OvhPatience patience) : IQueryStatistics
{
    private const string Path = "/queryStatistics";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<PgQueryStatistic>> GetAsync(PgInstance instance, IReporter reporter, CancellationToken cancellation)
    {
        using var step = new StepTimer(reporter, $"Read the query statistics of {instance.Name}");

        // The API tells no id: that all numbers are the same tells that it is the same.
        IReadOnlyList<OvhQueryStatistic> all = await project.Client.ReadAsync(
            project.PathOf(instance, Path), (OvhQueryStatisticPage page) => page.Queries, statistic => statistic, reporter, cancellation);
        return [.. all.OrderByDescending(s => s.TotalTime).Select(s => s.ToStatistic(instance))];
    }

    /// <inheritdoc/>
    public async Task ResetAsync(PgInstance instance, IReporter reporter, CancellationToken cancellation)
    {
        using var step = new StepTimer(reporter, $"Reset the query statistics of {instance.Name}");

        // Repeated, it forgets what has run in the meantime, which is what was asked for.
        await patience.RunAsync(
            instance,
            () => project.Client.PostAsync(project.PathOf(instance, Path + "/reset"), null, reporter, cancellation, isRepeatable: true),
            reporter,
            cancellation);
    }
}
