// SPDX-License-Identifier: MIT

using System.Globalization;
using PgCloud.Emulator.Ovh.Users;

namespace PgCloud.Emulator.Ovh.Services;

/// <summary>A service as the API shows it.</summary>
internal static class ServiceView
{
    // Port and host of services that have no server.
    private const int NoPort = 20184;

    internal static object Of(Service service)
    {
        lock (service.Sync)
        {
            service.Ips = [.. service.Ips.Where(i => !i.Phase.IsGone)];
            return new
            {
                backupTime = Time(service.BackupTime),
                backups = new
                {
                    pitr = service.Status == "CREATING" ? (DateTimeOffset?)null : service.PointInTimeFrom,
                    regions = service.BackupRegions,
                    retentionDays = service.Offer.Plan.RetentionDays,
                    time = Time(service.BackupTime),
                },
                capabilities = Capabilities(service.Status),
                category = "operational",
                createdAt = service.CreatedAt,
                deletionProtection = service.DeletionProtection,
                description = service.Description,
                disk = new { size = service.DiskSize, type = "high-speed" },
                enablePrometheus = service.EnablePrometheus,
                endpoints = Endpoints(service),
                engine = "postgresql",
                flavor = service.Offer.Flavor.Name,
                id = service.Id,
                ipRestrictions = service.Ips.Select(i => i.View()).ToList(),
                maintenanceTime = Time(service.MaintenanceTime),
                networkId = service.NetworkId,
                networkType = service.Offer.IsPrivate ? "private" : "public",
                nodeNumber = service.Nodes.Count,
                nodes = service.Nodes.Select(n => Node(service, n)).ToList(),
                plan = service.Offer.Plan.Name,
                status = service.Status,
                storage = new { size = Offers.OfferViews.Size(service.DiskSize), type = "high-speed" },
                subnetId = service.SubnetId,
                version = service.Offer.Version,
            };
        }
    }

    internal static object Node(Service service, Node node) => new
    {
        createdAt = node.CreatedAt,
        flavor = service.Offer.Flavor.Name,
        id = node.Id,
        name = node.Name,
        port = service.Server?.Port ?? NoPort,
        region = service.Offer.Region,
        role = (string?)null,
        status = service.Status is "CREATING" or "DELETING" ? service.Status : "READY",
    };

    /// <summary>They are there once the server is: its address is not known before.</summary>
    private static object[] Endpoints(Service service) => service.Status == "CREATING" ? [] : service.Offer.Plan.Nodes == 1
        ? [Endpoint(service, "postgresql", string.Empty, service.Server?.Port)]
        :
        [
            Endpoint(service, "postgresql", string.Empty, service.Server?.Port),
            Endpoint(service, "postgresqlRead", "replica-", service.ReplicaGate?.Port),
        ];

    private static object Endpoint(Service service, string component, string prefix, int? at)
    {
        string host = service.Server is null ? $"{prefix}{service.HostName}.database.cloud.ovh.net" : EmulatorOptions.ServerAddress;
        int port = at ?? NoPort;
        return new
        {
            component,
            domain = host,
            path = (string?)null,
            port,
            scheme = "postgres",
            ssl = true,
            sslMode = "require",
            uri = $"postgres://<username>:<password>@{host}:{port}/{AdminRole.Database}?sslmode=require",
        };
    }

    private static string Time(TimeOnly time) => time.ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    private static Dictionary<string, object> Capabilities(string status)
    {
        string state = status == "READY" ? "enabled" : "disabled";
        var read = new { read = "enabled" };
        var update = new { read = "enabled", update = state };
        var all = new { create = state, delete = state, read = "enabled", update = state };
        var make = new { create = state };
        return new Dictionary<string, object>
        {
            ["advancedConfiguration"] = update,
            ["backups"] = read,
            ["backupTime"] = update,
            ["certificates"] = read,
            ["connectionPools"] = all,
            ["currentQueries"] = read,
            ["currentQueriesCancel"] = make,
            ["databases"] = new { create = state, delete = state, read = "enabled" },
            ["deletionProtection"] = update,
            ["enableWrites"] = make,
            ["fork"] = make,
            ["integrations"] = all,
            ["ipRestrictions"] = all,
            ["maintenanceApply"] = make,
            ["maintenances"] = read,
            ["maintenanceTime"] = update,
            ["nodes"] = read,
            ["prometheus"] = update,
            ["prometheusCredentialsReset"] = make,
            ["queryStatistics"] = read,
            ["queryStatisticsReset"] = make,
            ["service"] = new { delete = status is "CREATING" or "UPDATING" or "DELETING" ? "disabled" : "enabled", read = "enabled", update = state },
            ["serviceDisk"] = update,
            ["serviceFlavor"] = update,
            ["userCredentialsReset"] = make,
            ["users"] = all,
        };
    }
}
