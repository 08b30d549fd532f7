// SPDX-License-Identifier: MIT

using Newtonsoft.Json.Linq;
using PgCloud.Contracts;
using PgCloud.Engine.Providers.Ovh.Backups;
using PgCloud.Engine.Providers.Ovh.Network;
using PgCloud.Errors;

namespace PgCloud.Engine.Providers.Ovh.Instances;

/// <summary>Makes an instance. A create is never repeated blindly: two instances of one name would both be paid for.</summary>
internal sealed class OvhCreation(OvhProject project, OvhInstances instances, OvhPatience patience, IReporter reporter)
{
    /// <summary>Checks what is asked against what is offered, then orders it.</summary>
    internal async Task<PgInstance> RunAsync(NewInstanceRequest request, CancellationToken cancellation)
    {
        InstanceDescription.Check(request.Name);
        ThrowIfOfLocal(request);
        JArray addresses = OvhAddresses.ToJson(OvhAddresses.Check(request.AuthorisedIps));
        OvhRestore.CheckMoment(request);
        request = OvhRestore.WithNetwork(request);

        Task<IReadOnlyList<PgInstance>> present = instances.GetAsync(reporter, cancellation);
        Task<IReadOnlyList<PgOffering>> offered = OvhAvailability.ReadAsync(project, reporter, cancellation);
        await Task.WhenAll(present, offered);
        if ((await present).Where(i => i.Name == request.Name).ToArray() is [{ } taken, ..] named)
        {
            return named.Length == 1 && IsBegun(taken, request, addresses)
                ? await TakeUpAsync(taken, request, cancellation)
                : throw PgErrors.InstanceExists(request.Name, $" ({taken.Id}, {taken.Status})");
        }

        JObject body = await BodyAsync(request, OfferingChoice.Find(await offered, WishOf(request)), addresses, cancellation);
        PgInstance made = await PostAsync(request.Name, body, [.. (await present).Select(i => i.Id)], cancellation);
        return request.DeletionProtection ? await ProtectAsync(made, cancellation) : made;
    }

    private static bool IsBegun(PgInstance taken, NewInstanceRequest request, JArray addresses) =>
        BegunInstance.Is(taken, request)
        && IsDetail(taken, OvhInstances.NetworkId, request.NetworkId)
        && IsDetail(taken, OvhInstances.SubnetId, request.SubnetId)
        && taken.Detail["AuthorisedIps"].ToString()!.Split(", ", StringSplitOptions.RemoveEmptyEntries).ToHashSet()
            .SetEquals(addresses.Select(a => (string)a["ip"]!));

    private static bool IsDetail(PgInstance taken, string name, string? asked) =>
        (taken.Detail.TryGetValue(name, out object? value) ? value as string : null) is { Length: > 0 } present
            ? string.Equals(present, asked, StringComparison.OrdinalIgnoreCase)
            : asked is null;

    private async Task<PgInstance> TakeUpAsync(PgInstance begun, NewInstanceRequest request, CancellationToken cancellation)
    {
        reporter.Step($"The instance {begun.Name} is being made already ({begun.Id}): it is taken up", TimeSpan.Zero);
        PgInstance taken = request.DeletionProtection ? await ProtectAsync(begun, cancellation) : begun;
        taken.Change = PgChange.Unchanged;
        return taken;
    }

    private static OfferingWish WishOf(NewInstanceRequest request)
    {
        // What is not said of a restored instance is as it was.
        PgInstance? source = request.FromInstance;
        return new OfferingWish
        {
            Region = request.Region ?? source?.Region,
            Version = request.Version ?? source?.Version,
            Plan = request.Plan ?? source?.Plan,
            Flavor = request.Flavor ?? source?.Flavor,
            Network = request.NetworkId is null ? "public" : "private",
            NodeCount = request.NodeCount ?? (request.Plan is null ? source?.NodeCount : null),
            DiskSizeGB = request.DiskSizeGB ?? (request.Plan is null && request.Flavor is null && source is { DiskSizeGB: > 0 } ? source.DiskSizeGB : null),
        };
    }

    private async Task<JObject> BodyAsync(
        NewInstanceRequest request, PgOffering offer, JArray addresses, CancellationToken cancellation)
    {
        OfferingWish wish = WishOf(request);
        var body = new JObject
        {
            ["description"] = request.Name,
            ["plan"] = offer.Plan,
            ["version"] = offer.Version,
            ["nodesPattern"] = new JObject
            {
                ["flavor"] = offer.Flavor,
                ["number"] = wish.NodeCount ?? offer.MinNodeCount,
                ["region"] = offer.Region,
            },
            ["ipRestrictions"] = addresses,
        };
        if (wish.DiskSizeGB is { } size)
        {
            body["disk"] = new JObject { ["size"] = size };
        }

        if (request.NetworkId is { } network)
        {
            body["networkId"] = network;
            body["subnetId"] = request.SubnetId;
        }

        if (request.BackupTime is not null || request.BackupRegions is not null)
        {
            var backups = new JObject();
            if (request.BackupTime is { } time)
            {
                backups["time"] = OvhTime.Format(time);
            }

            if (request.BackupRegions is { } regions)
            {
                backups["regions"] = new JArray(BackupRegions.Check(regions, offer.Region, allowed: null));
            }

            body["backups"] = backups;
        }

        if (request.MaintenanceTime is { } maintenance)
        {
            body["maintenanceTime"] = OvhTime.Format(maintenance);
        }

        if (request.FromInstance is { } source)
        {
            body["forkFrom"] = await new OvhRestore(project, source, reporter).ForkFromAsync(request, cancellation);
        }

        return body;
    }

    private async Task<PgInstance> PostAsync(string name, JObject body, HashSet<string> before, CancellationToken cancellation)
    {
        using var step = new StepTimer(reporter, $"Order the instance {name}");
        (PgInstance made, _) = await project.MakeAsync(
            $"the instance {name}",
            async () => OvhInstances.ToInstance(await project.Client.PostAsync<OvhService>(project.Instances, body, reporter, cancellation)),
            async () => (await instances.GetAsync(reporter, cancellation)).FirstOrDefault(i => i.Name == name && !before.Contains(i.Id)),
            project.Pace.First * 3,
            reporter,
            cancellation,
            isUnique: false);
        return made;
    }

    // The API takes the protection from an instance that is ready only.
    private async Task<PgInstance> ProtectAsync(PgInstance made, CancellationToken cancellation)
    {
        await patience.SettleAsync(made, reporter, cancellation);
        await new OvhUpdate(project, instances, patience, made, reporter).RunAsync(
            new InstanceChangeRequest { DeletionProtection = true }, cancellation);
        return OvhInstances.ToInstance(await instances.ReadAsync(made, reporter, cancellation));
    }

    private static void ThrowIfOfLocal(NewInstanceRequest request)
    {
        string? parameter = request.Port is not null ? "Port"
            : request.ListenAddresses.Count > 0 ? "ListenAddress"
            : request.BinaryPath is not null ? "BinaryPath"
            : null;
        if (parameter is not null)
        {
            throw PgErrors.ParameterNotOfProvider(PgProviderName.Ovh, parameter);
        }
    }
}
