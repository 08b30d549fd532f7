// SPDX-License-Identifier: MIT

using Newtonsoft.Json.Linq;
using PgCloud.Contracts;
using PgCloud.Engine.Providers.Ovh.Api;
using PgCloud.Engine.Providers.Ovh.Backups;
using PgCloud.Errors;

namespace PgCloud.Engine.Providers.Ovh.Instances;

/// <summary>
///   Changes an instance by the API's PUT, which takes a part of the object. Only what differs is sent. All goes in one call; where the API
///   wants one modification at a time, they follow one another. A change that another one is in the way of waits for it.
/// </summary>
internal sealed class OvhUpdate(
    OvhProject project, OvhInstances instances, OvhPatience patience, PgInstance instance, IReporter reporter)
{
    /// <summary>Sends what differs.</summary>
    /// <returns>Whether anything did.</returns>
    internal async Task<bool> RunAsync(InstanceChangeRequest request, CancellationToken cancellation)
    {
        if (request.NewName is { } name)
        {
            InstanceDescription.Check(name);
        }

        // What differs is looked at again after a wait: the other change may have been the same.
        return await patience.RunAsync(
            instance, () => ChangeAsync(request, cancellation), reporter, cancellation, request.Timeout);
    }

    private async Task<bool> ChangeAsync(InstanceChangeRequest request, CancellationToken cancellation)
    {
        OvhService present = await instances.ReadAsync(instance, reporter, cancellation);
        request = await CheckRegionsAsync(present, request, cancellation);
        if (!Differences(present, request).Any())
        {
            return false;
        }

        (request, bool planLacksFlavor) = await new OvhMove(project, present, reporter).CheckAsync(request, cancellation);
        List<Change> changes = [.. Differences(present, request)];
        if (planLacksFlavor)
        {
            changes = Together(changes, "plan", "flavor");
        }

        try
        {
            await PutAsync(Merge(changes), cancellation);
        }
        catch (PgCloudException exception) when (exception.ErrorId == OvhErrorIds.InstanceBusy && changes.Count > 1)
        {
            await OneByOneAsync(changes, request.Timeout, cancellation);
        }

        return true;
    }

    private static IEnumerable<Change> Differences(OvhService present, InstanceChangeRequest wanted)
    {
        if (wanted.NewName is { } name && name != present.Description)
        {
            yield return new("name", new JObject { ["description"] = name });
        }

        if (wanted.DeletionProtection is { } isProtected && isProtected != (present.DeletionProtection ?? false))
        {
            yield return new("deletion protection", new JObject { ["deletionProtection"] = isProtected });
        }

        if (wanted.Prometheus is { } prometheus && prometheus != (present.EnablePrometheus ?? false))
        {
            yield return new("Prometheus", new JObject { ["enablePrometheus"] = prometheus });
        }

        if (wanted.MaintenanceTime is { } maintenance && !OvhTime.IsSame(present.MaintenanceTime ?? string.Empty, maintenance))
        {
            yield return new("maintenance time", new JObject { ["maintenanceTime"] = OvhTime.Format(maintenance) });
        }

        if (BackupsOf(present, wanted) is { } backups)
        {
            yield return new("backups", new JObject { ["backups"] = backups });
        }

        // In this order they follow one another where the API wants that: the nodes and the flavor must fit the plan, the disk the flavor.
        if (Differs(wanted.Plan, present.Plan))
        {
            yield return new("plan", new JObject { ["plan"] = wanted.Plan });
        }

        if (wanted.NodeCount is { } nodes && nodes != present.NodeCount)
        {
            yield return new("nodes", new JObject { ["nodeNumber"] = nodes });
        }

        if (Differs(wanted.Version, present.Version))
        {
            yield return new("version", new JObject { ["version"] = wanted.Version });
        }

        if (Differs(wanted.Flavor, present.Flavor))
        {
            yield return new("flavor", new JObject { ["flavor"] = wanted.Flavor });
        }

        if (wanted.DiskSizeGB is { } size && size != present.DiskSizeGB)
        {
            yield return new("disk", new JObject { ["disk"] = new JObject { ["size"] = size } });
        }
    }

    private static bool Differs(string? wanted, string? present) =>
        wanted is not null && !string.Equals(wanted, present, StringComparison.OrdinalIgnoreCase);

    private static JObject? BackupsOf(OvhService present, InstanceChangeRequest wanted)
    {
        bool timeDiffers = wanted.BackupTime is { } time && !OvhTime.IsSame(present.BackupStart, time);
        bool regionsDiffer = wanted.BackupRegions is { } regions && !regions.ToHashSet().SetEquals(present.Backups?.Regions ?? []);
        if (!timeDiffers && !regionsDiffer)
        {
            return null;
        }

        // One object at the API: what is not asked for goes along as it is.
        var backups = new JObject();
        if ((timeDiffers ? OvhTime.Format(wanted.BackupTime!.Value) : present.BackupStart) is { Length: > 0 } start)
        {
            backups["time"] = start;
        }

        if ((regionsDiffer ? wanted.BackupRegions : present.Backups?.Regions) is { } kept)
        {
            backups["regions"] = new JArray(kept);
        }

        return backups;
    }

    // The control panel sends a plan and its flavor in one call where the plan has none of the present size (UpdatePlan.modal).
    private static List<Change> Together(List<Change> changes, params string[] names)
    {
        Change[] ones = [.. changes.Where(c => names.Contains(c.Name))];
        int at = changes.IndexOf(ones[0]);
        List<Change> rest = [.. changes.Except(ones)];
        rest.Insert(at, new Change(string.Join(" and ", ones.Select(o => o.Name)), Merge(ones)));
        return rest;
    }

    private static JObject Merge(IEnumerable<Change> changes) => new(changes.SelectMany(c => c.Body.Properties()));

    private async Task<InstanceChangeRequest> CheckRegionsAsync(
        OvhService present, InstanceChangeRequest wanted, CancellationToken cancellation)
    {
        if (wanted.BackupRegions is not { } regions
            || regions.ToHashSet(StringComparer.OrdinalIgnoreCase).SetEquals(present.Backups?.Regions ?? []))
        {
            return wanted with { BackupRegions = null };
        }

        IReadOnlyList<string> allowed = await new OvhBackupList(project).GetRegionsAsync(instance, reporter, cancellation);
        return wanted with { BackupRegions = BackupRegions.Check(regions, present.RegionName, allowed) };
    }

    private async Task PutAsync(JObject body, CancellationToken cancellation)
    {
        using var step = new StepTimer(reporter, $"Change {string.Join(", ", body.Properties().Select(p => p.Name))} of {instance.Name}");
        await project.Client.PutAsync(project.PathOf(instance), body, reporter, cancellation);
    }

    private async Task OneByOneAsync(List<Change> changes, TimeSpan timeout, CancellationToken cancellation)
    {
        var done = new List<string>();
        foreach (Change change in changes)
        {
            try
            {
                await instances.SettleAsync(instance, timeout, reporter, cancellation);
                await patience.RunAsync(instance, () => PutAsync(change.Body, cancellation), reporter, cancellation, timeout);
                done.Add(change.Name);
            }
            catch (PgCloudException exception) when (done.Count > 0)
            {
                throw PgErrors.ChangeIncomplete(instance.Name, done, changes.Select(c => c.Name).Except(done), exception);
            }
        }
    }

    private sealed record Change(string Name, JObject Body);
}
