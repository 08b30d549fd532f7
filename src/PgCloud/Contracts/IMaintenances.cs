// SPDX-License-Identifier: MIT

namespace PgCloud.Contracts;

/// <summary>The maintenance that a provider has planned for its instances, or has done.</summary>
public interface IMaintenances
{
    /// <summary>Reads the maintenance of an instance: what is to come, then what was done, the latest first.</summary>
    Task<IReadOnlyList<PgMaintenance>> GetAsync(PgInstance instance, IReporter reporter, CancellationToken cancellation);

    /// <summary>Has one applied now. One that is applied already, or is being applied, is Unchanged.</summary>
    /// <param name="instance">The instance.</param>
    /// <param name="id">Which maintenance.</param>
    /// <param name="wait">How long to wait until it is applied; <see langword="null"/> not to wait.</param>
    /// <param name="reporter">Hears of it.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    Task<PgMaintenance> ApplyAsync(PgInstance instance, string id, TimeSpan? wait, IReporter reporter, CancellationToken cancellation);
}
