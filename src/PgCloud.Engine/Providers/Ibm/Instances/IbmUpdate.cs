// SPDX-License-Identifier: MIT

using Newtonsoft.Json.Linq;
using PgCloud.Contracts;
using PgCloud.Engine.Providers.Ibm.Api;
using PgCloud.Engine.Providers.Ibm.Offers;
using PgCloud.Errors;

namespace PgCloud.Engine.Providers.Ibm.Instances;

/// <summary>Changes an instance: its name, its sizes, its settings. Only what differs is sent, in one call.</summary>
internal sealed class IbmUpdate(IbmAccount account, IbmInstances instances, PgInstance instance, IReporter reporter)
{
    /// <summary>Sends what differs.</summary>
    /// <returns>Whether anything did.</returns>
    internal async Task<bool> RunAsync(InstanceChangeRequest request, CancellationToken cancellation)
    {
        ThrowIfOfOthers(request);

        // What is under way changes what there is to compare with, and is in the way of locks as well.
        IbmInstance present = await instances.SettleAsync(instance, request.Timeout, reporter, cancellation);
        bool isTagged = request.Tags is { } tags && await TagAsync(present.Crn, tags, cancellation);
        JObject change = Differences(present, request);
        bool lockDiffers = request.DeletionProtection is { } isLocked && isLocked != present.Locked;
        if (lockDiffers && request.DeletionProtection == false)
        {
            await account.Instances.UnlockAsync(instance.Id, reporter, cancellation);
        }

        if (change.Count > 0)
        {
            await PatchAsync(change, cancellation);
        }

        if (lockDiffers && request.DeletionProtection == true)
        {
            await instances.SettleAsync(instance, request.Timeout, reporter, cancellation);
            await account.Instances.LockAsync(instance.Id, reporter, cancellation);
        }

        return change.Count > 0 || lockDiffers || isTagged;
    }

    private static void ThrowIfOfOthers(InstanceChangeRequest request)
    {
        string? parameter = request.BackupTime is not null ? "BackupTime"
            : request.BackupRegions is not null ? "BackupRegion"
            : request.MaintenanceTime is not null ? "MaintenanceTime"
            : request.Prometheus is not null ? "Prometheus"
            : request.Plan is not null ? "Plan"
            : null;
        if (parameter is not null)
        {
            throw PgErrors.ParameterNotOfProvider(PgProviderName.Ibm, parameter);
        }
    }

    private JObject Differences(IbmInstance present, InstanceChangeRequest wanted)
    {
        var change = new JObject();
        if (wanted.NewName is { } name && name != present.Name)
        {
            change["name"] = name;
        }

        if (wanted.Version is { } version && version != present.Postgres?.Version)
        {
            throw PgErrors.VersionFixed(version, present.Postgres?.Version ?? string.Empty);
        }

        JObject parameters = wanted.ParametersJson is { } json ? IbmParameterNames.Read(json, reporter) : [];
        if (wanted.NodeCount is { } members && members != present.Postgres?.Members)
        {
            if (members is < IbmOfferings.LeastMembers or > IbmOfferings.MostMembers)
            {
                throw PgErrors.NodeCountInvalid(members, IbmOfferings.LeastMembers, IbmOfferings.MostMembers, []);
            }

            IbmParameterNames.Set(parameters, "dataservices.postgresql.members", members);
        }

        if (wanted.DiskSizeGB is { } size && size != present.Postgres?.StorageGb)
        {
            if (size < (present.Postgres?.StorageGb ?? 0))
            {
                throw PgErrors.DiskCannotShrink(size, present.Postgres!.StorageGb!.Value);
            }

            if (size > IbmOfferings.MostDiskGB)
            {
                throw PgErrors.DiskSizeInvalid(size, present.Postgres?.StorageGb ?? IbmOfferings.LeastDiskGB, IbmOfferings.MostDiskGB, 1, []);
            }

            IbmParameterNames.Set(parameters, "dataservices.postgresql.storage_gb", size);
        }

        if (wanted.Flavor is { } flavor && flavor != present.Postgres?.HostFlavor)
        {
            if (!IbmOfferings.Flavors.Contains(flavor))
            {
                throw PgErrors.HostFlavorUnknown(flavor, IbmOfferings.Flavors);
            }

            IbmParameterNames.Set(parameters, "dataservices.postgresql.host_flavor", flavor);
        }

        if (wanted.Configuration.Count > 0)
        {
            JObject settings = IbmConfiguration.Check(wanted.Configuration);
            foreach (JProperty same in settings.Properties().Where(p => IsSet(present, p)).ToList())
            {
                same.Remove();
            }

            if (settings.Count > 0)
            {
                IbmParameterNames.Set(parameters, "dataservices.postgresql.configuration", settings);
            }
        }

        if (parameters.Count > 0)
        {
            change["parameters"] = parameters;
        }

        return change;
    }

    private static bool IsSet(IbmInstance present, JProperty wanted) =>
        present.Postgres?.Configuration?.TryGetValue(wanted.Name, out object? value) == true
        && string.Equals(JToken.FromObject(value ?? string.Empty).ToString(), wanted.Value.ToString(), StringComparison.OrdinalIgnoreCase);

    private async Task PatchAsync(JObject change, CancellationToken cancellation)
    {
        using var step = new StepTimer(reporter, $"Change {string.Join(", ", change.Properties().Select(p => p.Name))} of {instance.Name}");
        await account.Instances.UpdateAsync(instance.Id, change, reporter, cancellation);
    }

    private async Task<bool> TagAsync(string crn, IReadOnlyList<string> wanted, CancellationToken cancellation)
    {
        IReadOnlyList<string> present = await account.Tags.ListAsync(crn, reporter, cancellation);
        string[] added = [.. wanted.Except(present, StringComparer.OrdinalIgnoreCase)];
        string[] taken = [.. present.Except(wanted, StringComparer.OrdinalIgnoreCase)];
        if (added.Length > 0)
        {
            await account.Tags.AttachAsync(crn, added, reporter, cancellation);
        }

        if (taken.Length > 0)
        {
            await account.Tags.DetachAsync(crn, taken, reporter, cancellation);
        }

        return added.Length + taken.Length > 0;
    }
}
