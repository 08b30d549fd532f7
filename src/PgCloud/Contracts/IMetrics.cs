// SPDX-License-Identifier: MIT

namespace PgCloud.Contracts;

/// <summary>What a provider measures of its instances.</summary>
public interface IMetrics
{
    /// <summary>Reads the names of the metrics.</summary>
    /// <param name="instance">The instance.</param>
    /// <param name="isExtended">Whether those that matter less are wanted, too.</param>
    /// <param name="reporter">Hears what is done.</param>
    /// <param name="cancellation">Ends the call.</param>
    Task<IReadOnlyList<string>> GetNamesAsync(PgInstance instance, bool isExtended, IReporter reporter, CancellationToken cancellation);

    /// <summary>Reads one metric of every host. A name that no metric has is an error: <c>PgCloud.Cloud.MetricNotFound</c>.</summary>
    Task<IReadOnlyList<PgMetric>> GetAsync(
        PgInstance instance, string name, PgMetricPeriod period, IReporter reporter, CancellationToken cancellation);
}
