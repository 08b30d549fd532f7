// SPDX-License-Identifier: MIT

using System.Text.Json;
using PgCloud.Emulator.Errors;
using PgCloud.Emulator.Hosting;

namespace PgCloud.Emulator.Services;

/// <summary>
///   The PUT of a service: a field that is absent stays, a list is replaced whole. Larger changes are taken one at a time, as the error
///   ServiceOnlyOneModification suggests; which ones count as large is guessed.
/// </summary>
internal static class ServiceChange
{
    private static readonly string[] Large = ["plan", "flavor", "version", "nodeNumber", "disk", "storage"];

    /// <summary>Applies what differs.</summary>
    internal static async Task ApplyAsync(Service service, JsonElement body, EmulatorClock clock)
    {
        List<(string Name, Action Set)> changes;
        List<(string Ip, string Description)>? addresses;
        lock (service)
        {
            if (service.Status != "READY")
            {
                throw service.Status.StartsWith("LOCKED", StringComparison.Ordinal)
                    ? ApiErrors.Conflict("ServiceLocked", $"Service {service.Id} is locked in read-or-delete-only mode")
                    : ApiErrors.ServiceNotReady(service.Id);
            }

            changes = [.. Differences(service, body)];
            addresses = body.TryGetProperty("ipRestrictions", out JsonElement list) ? AddressList.Read(list) : null;
            bool addressesDiffer = addresses is not null && !addresses.SequenceEqual(service.Addresses);
            if (changes.Count == 0 && !addressesDiffer)
            {
                throw ApiErrors.NoUpdate();
            }

            if (changes.Count(c => Large.Contains(c.Name)) > 1)
            {
                throw ApiErrors.OnlyOneModification();
            }

            foreach ((_, Action set) in changes)
            {
                set();
            }

            service.Addresses = addresses ?? service.Addresses;
            service.Busy = ("UPDATING", clock.After(Service.UpdateTime));
        }

        if (addresses is not null && service.Server is { } server)
        {
            await (await server).LetInAsync(addresses.Select(a => a.Ip));
        }
    }

    private static IEnumerable<(string Name, Action Set)> Differences(Service service, JsonElement body)
    {
        foreach (JsonProperty property in body.EnumerateObject())
        {
            JsonElement value = property.Value;
            Offer offer = service.Offer;
            Action? set = property.Name switch
            {
                "description" when value.GetString() != service.Description => () => service.Description = value.GetString()!,
                "deletionProtection" when value.GetBoolean() != service.DeletionProtection => () => service.DeletionProtection = value.GetBoolean(),
                "enablePrometheus" when value.GetBoolean() != service.EnablePrometheus => () => service.EnablePrometheus = value.GetBoolean(),
                "maintenanceTime" when value.GetString() != service.MaintenanceTime => () => service.MaintenanceTime = value.GetString()!,
                "backups" => Backups(service, value),
                "disk" when value.GetProperty("size").GetInt64() != service.DiskSize => Disk(service, value.GetProperty("size").GetInt64()),
                "nodeNumber" when value.GetInt32() != service.NodeNumber => Nodes(service, value.GetInt32()),
                "flavor" when value.GetString() != offer.Flavor => Move(service, Offer.Find(offer.Version, offer.Plan, value.GetString(), offer.Region, offer.Network)),
                "plan" when value.GetString() != offer.Plan => Move(service, Offer.Find(offer.Version, value.GetString(), offer.Flavor, offer.Region, offer.Network)),
                "version" when value.GetString() != offer.Version => Move(service, Offer.Find(value.GetString(), offer.Plan, offer.Flavor, offer.Region, offer.Network)),
                _ => null,
            };
            if (set is not null)
            {
                yield return (property.Name, set);
            }
        }
    }

    private static Action Move(Service service, Offer offer) => () =>
    {
        service.Offer = offer;
        service.NodeNumber = Math.Clamp(service.NodeNumber, offer.MinNodes, offer.MaxNodes);
        service.DiskSize = Math.Max(service.DiskSize, offer.MinDisk);
    };

    private static Action Disk(Service service, long size) => size >= service.DiskSize && size <= service.Offer.MaxDisk
        ? () => service.DiskSize = size
        : throw ApiErrors.BadRequest(
            "FlavorDiskSizeTooLow",
            $"Requested flavor {service.Offer.Flavor} does not offer enough disk space. It has {size} GB while at least {service.DiskSize} is required");

    private static Action Nodes(Service service, int number) => number < service.Offer.MinNodes
        ? throw ApiErrors.BadRequest("NotEnoughNodes", $"Minimum number of nodes for your offer is {service.Offer.MinNodes}")
        : number > service.Offer.MaxNodes
            ? throw ApiErrors.BadRequest("TooManyNodes", $"Maximum number of nodes for your offer is {service.Offer.MaxNodes}")
            : () => service.NodeNumber = number;

    private static Action? Backups(Service service, JsonElement value)
    {
        string time = value.TryGetProperty("time", out JsonElement t) ? t.GetString()! : service.BackupTime;
        List<string> regions = value.TryGetProperty("regions", out JsonElement r) ? [.. r.EnumerateArray().Select(e => e.GetString()!)] : service.BackupRegions;
        return time == service.BackupTime && regions.SequenceEqual(service.BackupRegions)
            ? null
            : () => (service.BackupTime, service.BackupRegions) = (time, regions);
    }
}

/// <summary>The list of authorised addresses as a body gives it.</summary>
internal static class AddressList
{
    internal static List<(string Ip, string Description)> Read(JsonElement list)
    {
        var read = new List<(string Ip, string Description)>();
        foreach (JsonElement entry in list.EnumerateArray())
        {
            string ip = entry.GetProperty("ip").GetString()!;
            if (!System.Net.IPNetwork.TryParse(ip.Contains('/', StringComparison.Ordinal) ? ip : ip + "/32", out _) || ip.Contains(':', StringComparison.Ordinal))
            {
                throw ApiErrors.IpInvalid(ip);
            }

            // One address three times was answered so (terraform-provider-ovh #1148).
            if (read.Exists(r => r.Ip == ip))
            {
                throw ApiErrors.InternalError();
            }

            read.Add((ip, entry.TryGetProperty("description", out JsonElement text) ? text.GetString() ?? string.Empty : string.Empty));
        }

        return read;
    }
}
