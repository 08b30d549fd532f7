// SPDX-License-Identifier: MIT

using PgCloud.Contracts;
using PgCloud.Engine.Http;
using PgCloud.Engine.Providers.Ibm.Api;
using PgCloud.Engine.Providers.Ibm.Network;
using PgCloud.Errors;

namespace PgCloud.Engine.Providers.Ibm.Instances;

/// <summary>Instances that were removed and can still be had back.</summary>
internal sealed class IbmReclaimedInstances(IbmAccount account, IbmInstances instances) : IReclaimedInstances
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<PgReclaimedInstance>> GetAsync(IReporter reporter, CancellationToken cancellation)
    {
        Task<IReadOnlyList<IbmInstance>> removed = instances.RemovedAsync(null, reporter, cancellation);
        Task<IReadOnlyList<IbmReclamation>> reclamations = account.Reclamations.ListAsync(null, reporter, cancellation);
        await Task.WhenAll(removed, reclamations);
        Dictionary<string, IbmReclamation> byInstance = (await reclamations)
            .Where(r => r.ResourceInstanceId is not null)
            .DistinctBy(r => r.ResourceInstanceId)
            .ToDictionary(r => r.ResourceInstanceId!);
        return [.. (await removed)
            .Where(i => byInstance.ContainsKey(i.Guid))
            .Select(i => Describe(i, byInstance[i.Guid]))
            .OrderBy(i => i.Name, StringComparer.Ordinal)];
    }

    /// <inheritdoc/>
    public async Task<PgReclaimedInstance?> FindAsync(string nameOrId, IReporter reporter, CancellationToken cancellation)
    {
        ((PgReclaimedInstance? found, _), _) = await Polling.UntilAsync(
            account.Pace, () => LookAsync(nameOrId, reporter, cancellation), seen => !seen.IsToCome, IbmRemoval.ReclamationTimeout, cancellation);
        return found;
    }

    /// <inheritdoc/>
    public async Task<PgInstance> RestoreAsync(
        PgReclaimedInstance reclaimed, TimeSpan patience, IReporter reporter, CancellationToken cancellation)
    {
        using var step = new StepTimer(reporter, $"Have the instance {reclaimed.Name} back");
        await account.Reclamations.RestoreAsync(ReclamationOf(reclaimed), "Restore-PgInstance", reporter, cancellation);
        (IbmInstance? seen, _) = await Polling.UntilAsync(
            account.Pace,
            () =>
            {
                reporter.Progress($"Have the instance {reclaimed.Name} back", "IBM Cloud is restoring it", -1);
                return account.Instances.FindAsync(reclaimed.Id, reporter, cancellation);
            },
            i => i is null || i.State.Known == IbmInstanceState.Removed || IbmStates.IsThere(i),
            patience,
            cancellation);

        // The API goes on telling of one that was ended for good.
        return seen is null || seen.State.Known == IbmInstanceState.Removed
            ? throw PgErrors.InstanceNotFound(reclaimed.Name)
            : await instances.DescribeAsync(seen, reporter, cancellation);
    }

    /// <inheritdoc/>
    public async Task PurgeAsync(PgReclaimedInstance reclaimed, IReporter reporter, CancellationToken cancellation)
    {
        using var step = new StepTimer(reporter, $"Remove the instance {reclaimed.Name} for good");
        IbmReclamation reclamation = ReclamationOf(reclaimed);
        if (reclamation.State.Known is not IbmReclamationState.Restoring)
        {
            // First, so that it can be run again where this fails.
            await new IbmAccess(account, ToInstance(reclaimed), reporter).ForgetAsync(cancellation);
        }

        await account.Reclamations.ReclaimAsync(reclamation, "Remove-PgInstance -Permanent", reporter, cancellation);
    }

    private async Task<(PgReclaimedInstance? Found, bool IsToCome)> LookAsync(
        string nameOrId, IReporter reporter, CancellationToken cancellation)
    {
        IReadOnlyList<PgReclaimedInstance> all = await GetAsync(reporter, cancellation);
        PgReclaimedInstance? found = all.FirstOrDefault(r => r.Id == nameOrId) ?? all.FirstOrDefault(r => r.Name == nameOrId);
        return (found, found is null && await instances.IsGoingAsync(nameOrId, reporter, cancellation));
    }

    // Its restrictions are known by its id and region.
    private static PgInstance ToInstance(PgReclaimedInstance reclaimed) => new()
    {
        Name = reclaimed.Name,
        Id = reclaimed.Id,
        Provider = PgProviderName.Ibm,
        Status = PgInstanceStatus.Removing,
        Region = reclaimed.Region,
    };

    private static IbmReclamation ReclamationOf(PgReclaimedInstance reclaimed) => new()
    {
        Id = reclaimed.ReclamationId,
        ResourceInstanceId = reclaimed.Id,
        State = new ApiEnum<IbmReclamationState>(reclaimed.State),
    };

    private static PgReclaimedInstance Describe(IbmInstance record, IbmReclamation reclamation) => new()
    {
        Name = record.Name,
        Id = record.Guid,
        ReclamationId = reclamation.Id,
        Provider = PgProviderName.Ibm,
        State = reclamation.State.ToString(),
        Region = record.RegionId ?? string.Empty,
        RemovedAt = (record.DeletedAt ?? reclamation.CreatedAt)?.ToUniversalTime(),
        GoneAt = (reclamation.TargetTime ?? record.ScheduledReclaimAt)?.ToUniversalTime(),
    };
}
