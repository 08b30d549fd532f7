// SPDX-License-Identifier: MIT

using PgCloud.Contracts;
using PgCloud.Engine.Providers.Ibm.Api;
using PgCloud.Errors;

namespace PgCloud.Engine.Providers.Ibm.Instances;

/// <summary>
///   The independent backups of instances, which are instances of a service of their own (Independent backups, Gen 2). Those that belong to an
///   instance are listed in the console only.
/// </summary>
internal sealed class IbmBackups(IbmAccount account) : IBackups
{
    private const string ServiceName = "databases-independent-backups";
    private const long BytesOfGB = 1_000_000_000;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<PgBackup>> GetAsync(PgInstance instance, IReporter reporter, CancellationToken cancellation)
    {
        IReadOnlyList<IbmInstance> all = await account.Instances.ListAsync(
            new IbmInstanceFilter { ResourceId = ServiceName }, reporter, cancellation);
        return [.. all
            .Where(b => b.Extensions?.Dataservices?.Backup?.SourceDataServiceCrn == (string)instance.Detail["Crn"])
            .OrderByDescending(b => b.CreatedAt)
            .Select(b => Describe(b, b.Extensions!.Dataservices!.Backup!, instance))];
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> GetRegionsAsync(PgInstance instance, IReporter reporter, CancellationToken cancellation) =>
        throw PgErrors.NotSupported(PgProviderName.Ibm, "a choice of regions for backups", "A backup is kept in, and restored into, the region of its instance.");

    private static PgBackup Describe(IbmInstance record, IbmBackup backup, PgInstance instance) => new()
    {
        Id = record.Crn,
        CreatedAt = record.CreatedAt?.ToUniversalTime(),
        Type = backup.Type ?? string.Empty,
        Status = IbmStates.ToStatus(record).ToString(),
        SizeBytes = backup.SizeGb is { } size ? (long)(size * BytesOfGB) : null,
        Regions = record.RegionId is { } region ? [region] : [],
        Description = record.Name,
        Instance = instance,
    };
}
