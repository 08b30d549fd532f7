// SPDX-License-Identifier: MIT

namespace PgCloud.Contracts;

/// <summary>What the statements of an instance have cost, as the provider's own API tells it: no database user is needed.</summary>
public interface IQueryStatistics
{
    /// <summary>Reads the statistics, those that took longest in all first.</summary>
    Task<IReadOnlyList<PgQueryStatistic>> GetAsync(PgInstance instance, IReporter reporter, CancellationToken cancellation);

    /// <summary>Begins them anew, for all users and databases.</summary>
    Task ResetAsync(PgInstance instance, IReporter reporter, CancellationToken cancellation);
}
