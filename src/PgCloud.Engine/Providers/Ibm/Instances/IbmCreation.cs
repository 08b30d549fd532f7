// SPDX-License-Identifier: MIT

using System.Text.RegularExpressions;
using Newtonsoft.Json.Linq;
using PgCloud.Contracts;
using PgCloud.Engine.Providers.Ibm.Api;
using PgCloud.Engine.Providers.Ibm.Network;
using PgCloud.Engine.Providers.Ibm.Offers;
using PgCloud.Errors;

namespace PgCloud.Engine.Providers.Ibm.Instances;

/// <summary>Makes an instance. A create is never repeated blindly: the service takes a name twice, and both would be paid for.</summary>
internal sealed partial class IbmCreation(IbmAccount account, IbmInstances instances, IReporter reporter)
{
    private const int LongestName = 180;

    // Nothing can be changed while it is made; IBM's documents speak of 15 to 20 minutes.
    private static readonly TimeSpan ReadyTimeout = TimeSpan.FromMinutes(60);

    /// <summary>Checks what is asked, then orders it.</summary>
    internal async Task<PgInstance> RunAsync(NewInstanceRequest request, CancellationToken cancellation)
    {
        CheckName(request.Name);
        ThrowIfOfOthers(request);
        IbmAddresses.Check(request.AuthorisedIps);
        JObject parameters = ParametersOf(request);

        Task<IReadOnlyList<IbmInstance>> present = instances.NamedAsync(request.Name, reporter, cancellation);
        Task<IReadOnlyList<IbmInstance>> removed = instances.RemovedAsync(request.Name, reporter, cancellation);
        Task<IbmCatalogEntry> plan = account.Catalog.GetPlanAsync(IbmAccount.ServiceName, request.Plan ?? IbmAccount.PlanName, reporter, cancellation);
        Task<IbmResourceGroup> group = request.ResourceGroup is { } named
            ? account.Groups.FindAsync(named, reporter, cancellation)
            : Task.FromResult(account.Group);
        await Task.WhenAll(present, removed, plan, group);
        if (await present is [{ } taken, ..])
        {
            return (await present).Count == 1 && BegunInstance.Is(IbmInstances.ToInstance(taken, null), request)
                ? await TakeUpAsync(taken, request, cancellation)
                : throw PgErrors.InstanceExists(request.Name, $" ({taken.Guid}, {taken.State})");
        }

        if (await removed is [{ } kept, ..])
        {
            throw PgErrors.InstanceNameReclaimable(request.Name, kept.Guid, kept.ScheduledReclaimAt);
        }

        // Only now: of one that is there already the version is compared, not ordered.
        if (request.Version is { } version && version != IbmOfferings.Version)
        {
            throw PgErrors.OfferingMismatch("version", version, [], [IbmOfferings.Version], isOfferedAtAll: false);
        }

        IbmCatalogEntry deployment = await DeploymentAsync(request, await plan, cancellation);
        var creation = new IbmInstanceCreation(request.Name, deployment.CatalogCrn ?? deployment.Location!, (await group).Id, (await plan).Id)
        {
            Tags = request.Tags.Count == 0 ? null : request.Tags,
            Parameters = parameters,
        };
        PgInstance made = await instances.DescribeAsync(await PostAsync(creation, cancellation), reporter, cancellation);
        return await FinishAsync(made, request, cancellation);
    }

    private async Task<PgInstance> TakeUpAsync(IbmInstance begun, NewInstanceRequest request, CancellationToken cancellation)
    {
        reporter.Step($"The instance {begun.Name} is being made already ({begun.Guid}): it is taken up", TimeSpan.Zero);
        PgInstance taken = await FinishAsync(await instances.DescribeAsync(begun, reporter, cancellation), request, cancellation);
        taken.Change = PgChange.Unchanged;
        return taken;
    }

    private static void CheckName(string name)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Length > LongestName || name != name.Trim() || !AllowedName().IsMatch(name))
        {
            throw PgErrors.IbmInstanceNameInvalid(name, LongestName);
        }
    }

    private static void ThrowIfOfOthers(NewInstanceRequest request)
    {
        string? parameter = request.Port is not null ? "Port"
            : request.ListenAddresses.Count > 0 ? "ListenAddress"
            : request.BinaryPath is not null ? "BinaryPath"
            : request.NetworkId is not null ? "NetworkId"
            : request.BackupTime is not null ? "BackupTime"
            : request.BackupRegions is not null ? "BackupRegion"
            : request.MaintenanceTime is not null ? "MaintenanceTime"
            : request.PointInTime is not null ? "PointInTime"
            : request.FromInstance is not null && request.FromBackup is null ? "FromInstance"
            : null;
        if (parameter is not null)
        {
            throw PgErrors.ParameterNotOfProvider(PgProviderName.Ibm, parameter);
        }
    }

    private JObject ParametersOf(NewInstanceRequest request)
    {
        CheckBounds(request);
        JObject parameters = request.ParametersJson is { } json ? IbmParameterNames.Read(json, reporter) : [];
        Set("dataservices.postgresql.storage_gb", request.DiskSizeGB);
        Set("dataservices.postgresql.members", request.NodeCount);
        Set("dataservices.postgresql.host_flavor", request.Flavor);
        Set("dataservices.postgresql.version", request.Version);
        Set("dataservices.encryption.disk", request.DiskEncryptionKey);
        Set("dataservices.restore_backup_id", request.FromBackup);
        Set("service_endpoints", request.ServiceEndpoint);
        if (request.Configuration.Count > 0)
        {
            IbmParameterNames.Set(parameters, "dataservices.postgresql.configuration", IbmConfiguration.Check(request.Configuration));
        }

        return parameters;

        void Set(string path, object? value)
        {
            if (value is not null)
            {
                IbmParameterNames.Set(parameters, path, JToken.FromObject(value));
            }
        }
    }

    private static void CheckBounds(NewInstanceRequest request)
    {
        if (request.NodeCount is { } members && members is < IbmOfferings.LeastMembers or > IbmOfferings.MostMembers)
        {
            throw PgErrors.NodeCountInvalid(members, IbmOfferings.LeastMembers, IbmOfferings.MostMembers, []);
        }

        if (request.DiskSizeGB is { } size && size is < IbmOfferings.LeastDiskGB or > IbmOfferings.MostDiskGB)
        {
            throw PgErrors.DiskSizeInvalid(size, IbmOfferings.LeastDiskGB, IbmOfferings.MostDiskGB, 1, []);
        }

        if (request.Flavor is { } flavor && !IbmOfferings.Flavors.Contains(flavor))
        {
            throw PgErrors.HostFlavorUnknown(flavor, IbmOfferings.Flavors);
        }

        if (request.DiskEncryptionKey is { } key && !key.StartsWith("crn:", StringComparison.Ordinal))
        {
            throw PgErrors.CrnInvalid(key, "-DiskEncryptionKeyCrn");
        }

        if (request.FromBackup is { } backup && !backup.StartsWith("crn:", StringComparison.Ordinal))
        {
            throw PgErrors.CrnInvalid(backup, "-FromBackup");
        }

        if (request.ServiceEndpoint is { } endpoint && endpoint != "private")
        {
            throw PgErrors.ServiceEndpointInvalid(endpoint);
        }
    }

    private async Task<IbmCatalogEntry> DeploymentAsync(NewInstanceRequest request, IbmCatalogEntry plan, CancellationToken cancellation)
    {
        if ((request.Region ?? account.Region) is not { } region)
        {
            IReadOnlyList<IbmCatalogEntry> all = await account.Catalog.ListDeploymentsAsync(plan.Id, reporter, cancellation);
            throw PgErrors.RegionMissing([.. all.Select(d => d.Location!).Order(StringComparer.Ordinal)]);
        }

        return await account.Catalog.GetDeploymentAsync(plan, region, reporter, cancellation);
    }

    private async Task<IbmInstance> PostAsync(IbmInstanceCreation creation, CancellationToken cancellation)
    {
        using var step = new StepTimer(reporter, $"Order the instance {creation.Name}");
        try
        {
            return await account.Instances.CreateAsync(creation, reporter, cancellation);
        }
        catch (PgCloudException exception) when (exception.ErrorId == IbmErrorIds.OutcomeUnknown)
        {
            // Whether it was made shows in the list: nothing of that name was there before.
            (IReadOnlyList<IbmInstance> found, _) = await Polling.UntilAsync(
                account.Pace, () => instances.NamedAsync(creation.Name, reporter, cancellation), l => l.Count > 0, account.Pace.First * 3, cancellation);
            if (found.Count == 0)
            {
                throw;
            }

            reporter.Step($"The end of the order was not seen; the instance {creation.Name} is there ({found[0].Guid})", TimeSpan.Zero);
            return found[0];
        }
    }

    // Restrictions are kept apart from the instance and can be made at once; a lock waits until it is there.
    private async Task<PgInstance> FinishAsync(PgInstance made, NewInstanceRequest request, CancellationToken cancellation)
    {
        if (request.AuthorisedIps.Count > 0)
        {
            await new IbmAccess(account, made, reporter).AddAsync(request.AuthorisedIps, null, cancellation);
        }

        if (!request.DeletionProtection)
        {
            return made;
        }

        await instances.SettleAsync(made, ReadyTimeout, reporter, cancellation);
        return await instances.DescribeAsync(await account.Instances.LockAsync(made.Id, reporter, cancellation), reporter, cancellation);
    }

    [GeneratedRegex(@"\A[\p{L}\p{Nd} \-._:]+\z")]
    private static partial Regex AllowedName();
}
