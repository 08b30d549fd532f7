// SPDX-License-Identifier: MIT

using PgCloud.Emulator.Ovh.Api;
using PgCloud.Emulator.Ovh.Databases;
using PgCloud.Emulator.Ovh.Errors;
using PgCloud.Emulator.Ovh.Extras;
using PgCloud.Emulator.Ovh.Offers;
using PgCloud.Emulator.Ovh.Projects;
using PgCloud.Emulator.Ovh.Replicas;
using PgCloud.Emulator.Ovh.Users;
using PgCloud.Emulator.Servers;

namespace PgCloud.Emulator.Ovh.Services;

/// <summary>Makes services.</summary>
internal sealed class ServiceCreation(ServiceWork work, ServiceList services)
{
    /// <summary>Checks the request and begins.</summary>
    internal Service Create(string project, Body body)
    {
        Guid? network = body.Id("networkId");
        Networks.Check(network, body.Id("subnetId"));
        Offer offer = ServiceRequest.ReadOffer(body, network is not null);
        Body? backups = body.Object("backups");
        var service = new Service
        {
            Project = project,
            Description = body.Text("description") is { Length: > 0 } given ? given : "postgresql-" + Guid.NewGuid().ToString("N")[..8],
            Offer = offer,
            DiskSize = ServiceRequest.ReadDisk(body, offer),
            NetworkId = network,
            SubnetId = body.Id("subnetId"),
            BackupRegions = ServiceRequest.ReadBackupRegions(backups, offer.Region),
            Ips = [.. IpEntry.Read(body.Objects("ipRestrictions") ?? []).Select(i => new IpEntry(i.Ip, i.Description, Creating()))],
        };
        service.BackupTime = backups?.Time("time") ?? body.Time("backupTime") ?? service.BackupTime;
        service.MaintenanceTime = body.Time("maintenanceTime") ?? service.MaintenanceTime;
        Service? source = FindSource(project, body.Object("forkFrom") ?? body.Object("backup"), service.DiskSize);
        Furnish(service);
        services.AddWithinQuota(service);
        work.Begin(service, Durations.ServiceCreation, cancellation => BuildAsync(service, source, cancellation), () => Complete(service));
        return service;
    }

    /// <summary>Adds a service that has no server, for tests that need many.</summary>
    internal void Seed(Service service)
    {
        Furnish(service);
        for (int days = 2; days >= 0; days--)
        {
            service.Backups.Add(new Backup(DateTimeOffset.UtcNow.AddDays(-days), service.BackupRegions, "automatic"));
        }

        services.Add(service);
    }

    private static void Furnish(Service service)
    {
        service.SetNodes();
        service.Users.Add(new User { Name = AdminRole.Name, Roles = [], Phase = Phase.Ready });
        service.Databases.Add(new Database { Name = AdminRole.Database, IsDefault = true, Phase = Phase.Ready });
        service.Extras.Maintenances.Add(new Maintenance { Description = "Update of PostgreSQL to its latest minor version" });
    }

    private static void Complete(Service service) => service.Backups.Add(new Backup(DateTimeOffset.UtcNow, service.BackupRegions, "automatic"));

    private Phase Creating() => Phase.Of("CREATING", work.Clock, Durations.ServiceCreation);

    private async Task BuildAsync(Service service, Service? source, CancellationToken cancellation)
    {
        if (!work.HasServers)
        {
            return;
        }

        string name = service.HostName;
        ServiceServer server;
        if (source?.Server is { } original)
        {
            server = await work.Factory.ForkAsync(name, original, cancellation);
            // A fork takes neither users nor authorised IPs along.
            await UserRoles.ForgetAsync(server, [.. source.Users.Present.Select(u => u.Name)], cancellation);
        }
        else
        {
            server = await work.Factory.CreateAsync(OvhServer.Instance, name, service.Offer.Version, cancellation);
        }

        await server.AuthoriseAsync(() => service.LetIn, cancellation);
        if (source is not null)
        {
            await DatabaseNames.AdoptAsync(service, server, cancellation);
        }

        service.Server = server;
        ReplicaGate.Open(service, work.Factory);
    }

    private Service? FindSource(string project, Body? fork, long diskSize)
    {
        if (fork is null)
        {
            return null;
        }

        Guid id = fork.Id("serviceId") ?? throw ApiErrors.BadRequest("[forkFrom.serviceId] Missing parameter");
        Service source = services.Find(project, id) ?? throw ApiErrors.ServiceNotFound(id);
        Guid? backup = fork.Id("backupId") ?? fork.Id("id");
        DateTimeOffset? time = fork.DateTime("pointInTime");
        if (backup is not null == time is not null)
        {
            throw ApiErrors.BadRequest("One of backupId and pointInTime is needed, and not both");
        }

        if (backup is { } wanted && source.Backups.Find(wanted) is null)
        {
            throw ApiErrors.BackupNotFound(wanted);
        }

        if (time is { } at && (at < source.PointInTimeFrom || at > DateTimeOffset.UtcNow))
        {
            throw ApiErrors.BadRequest($"{at:O} is not a point in time to which the service can be restored");
        }

        return diskSize >= source.DiskSize ? source : throw ApiErrors.BadRequest(
            "FlavorDiskSizeTooLow", $"Requested flavor does not offer enough disk space. It has {diskSize} GB while at least {source.DiskSize} is required");
    }
}
