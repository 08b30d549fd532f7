// SPDX-License-Identifier: MIT

using System.Globalization;
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

        // Another service's, and last: nothing is tagged where the rest is refused.
        bool isTagged = request.Tags is { } tags && await TagAsync(present.Crn, tags, cancellation);
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

        JObject parameters = ParametersOf(present.Postgres, wanted);
        if (parameters.Count > 0)
        {
            change["parameters"] = parameters;
        }

        return change;
    }

    // What is asked for by parameters of its own and by -Parameter is one wish: it is put together first, then checked, and what is so already goes.
    private JObject ParametersOf(IbmPostgres? present, InstanceChangeRequest wanted)
    {
        JObject parameters = wanted.ParametersJson is { } json ? IbmParameterNames.Read(json, reporter) : [];
        Set("version", wanted.Version);
        Set("members", wanted.NodeCount);
        Set("storage_gb", wanted.DiskSizeGB);
        Set("host_flavor", wanted.Flavor);
        if (wanted.Configuration.Count > 0)
        {
            Set("configuration", IbmConfiguration.Check(wanted.Configuration));
        }

        if (wanted.Flavor is { } flavor && flavor != present?.HostFlavor && !IbmOfferings.Flavors.Contains(flavor))
        {
            throw PgErrors.HostFlavorUnknown(flavor, IbmOfferings.Flavors);
        }

        if (parameters["dataservices"] is JObject services && services["postgresql"] is JObject database)
        {
            RemovePresent(present, database);
            Check(present, database);
            RemoveIfEmpty(services, "postgresql");
            RemoveIfEmpty(parameters, "dataservices");
        }

        return parameters;

        void Set(string name, object? value)
        {
            if (value is not null)
            {
                IbmParameterNames.Set(parameters, $"dataservices.postgresql.{name}", JToken.FromObject(value));
            }
        }
    }

    private static void RemovePresent(IbmPostgres? present, JObject database)
    {
        RemoveIf("version", present?.Version);
        RemoveIf("members", present?.Members);
        RemoveIf("storage_gb", present?.StorageGb);
        RemoveIf("host_flavor", present?.HostFlavor);
        if (database["configuration"] is JObject settings)
        {
            foreach (JProperty same in settings.Properties().Where(p => IsSet(present, p)).ToList())
            {
                same.Remove();
            }

            RemoveIfEmpty(database, "configuration");
        }

        void RemoveIf(string name, object? value)
        {
            if (value is not null && database[name]?.ToString() == Convert.ToString(value, CultureInfo.InvariantCulture))
            {
                database.Remove(name);
            }
        }
    }

    private static void Check(IbmPostgres? present, JObject database)
    {
        if (database["version"] is { } version)
        {
            throw PgErrors.VersionFixed(version.ToString(), present?.Version ?? string.Empty);
        }

        // What is no number the service refuses in its own words.
        if (Number("members") is { } members and (< IbmOfferings.LeastMembers or > IbmOfferings.MostMembers))
        {
            throw PgErrors.NodeCountInvalid((int)Math.Clamp(members, int.MinValue, int.MaxValue), IbmOfferings.LeastMembers, IbmOfferings.MostMembers, []);
        }

        if (Number("storage_gb") is { } size)
        {
            if (size < (present?.StorageGb ?? 0))
            {
                throw PgErrors.DiskCannotShrink(size, present!.StorageGb!.Value);
            }

            if (size > IbmOfferings.MostDiskGB)
            {
                throw PgErrors.DiskSizeInvalid(size, present?.StorageGb ?? IbmOfferings.LeastDiskGB, IbmOfferings.MostDiskGB, 1, []);
            }
        }

        long? Number(string name) =>
            long.TryParse(database[name]?.ToString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? number : null;
    }

    private static void RemoveIfEmpty(JObject from, string name)
    {
        if (from[name] is JObject { Count: 0 })
        {
            from.Remove(name);
        }
    }

    private static bool IsSet(IbmPostgres? present, JProperty wanted) =>
        present?.Configuration?.TryGetValue(wanted.Name, out object? value) == true
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
