// SPDX-License-Identifier: MIT

using PgCloud.Emulator.Ovh.Extras;
using PgCloud.Emulator.Ovh.Offers;
using PgCloud.Emulator.Ovh.Projects;

namespace PgCloud.Emulator.Ovh.Services;

/// <summary>/_emulator/services: what befalls services when tests want it.</summary>
internal static class ServiceControl
{
    internal static void MapServiceControl(this IEndpointRouteBuilder control, IServiceProvider services)
    {
        ServiceList list = services.GetRequiredService<ServiceList>();
        ServiceCreation creation = services.GetRequiredService<ServiceCreation>();
        string project = services.GetRequiredService<ProjectList>().All[0].Id;
        control.MapPost("/services", (SeedRequest request) => Seed(creation, request, project));
        control.MapPut("/services/{id:guid}", (Guid id, StatusRequest request) => Of(list, id, s => s.Status = request.Status));
        control.MapGet("/services", () => ServiceState.ReadAsync(list));
        control.MapPost("/services/{id:guid}/crash", async (Guid id, CancellationToken cancellation) =>
            await (list.Find(id)?.Server?.CrashAsync(cancellation) ?? Task.CompletedTask));
        control.MapPost("/services/{id:guid}/race", (Guid id, RaceRequest request) =>
            Of(list, id, s => s.Race = (IpEntry.Normalise(request.Ip), request.Description ?? string.Empty)));
        control.MapPost("/services/{id:guid}/backups", (Guid id, BackupRequest request) => Of(list, id, s => s.Backups.Add(new Backup(
            request.CreatedAt ?? DateTimeOffset.UtcNow, s.BackupRegions, request.Type ?? "automatic"))));
        control.MapPost("/services/{id:guid}/maintenances", (Guid id, MaintenanceRequest request) => Of(list, id, s => s.Extras.Maintenances.Add(
            new Maintenance { Description = request.Description, Status = request.Status ?? "SCHEDULED", ScheduledAt = request.ScheduledAt })));
    }

    private static List<Guid> Seed(ServiceCreation creation, SeedRequest request, string project)
    {
        Offer offer = Choice.Offer(
            request.Version ?? OfferTable.DefaultVersion,
            Choice.Plan(request.Plan ?? "essential"),
            Choice.Flavor(request.Flavor ?? "db1-4"),
            request.Region ?? "GRA",
            isPrivate: false);
        var ids = new List<Guid>();
        for (int i = 1; i <= request.Count; i++)
        {
            var service = new Service
            {
                Project = request.Project ?? project,
                Description = request.Description ?? $"seeded-{i}",
                Offer = offer,
                DiskSize = offer.Flavor.MinDisk,
                BackupRegions = [offer.Region, ServiceRequest.Pair(offer.Region)],
                CreatedAt = DateTimeOffset.UtcNow.AddDays(-10),
                Status = request.Status ?? "READY",
            };
            creation.Seed(service);
            ids.Add(service.Id);
        }

        return ids;
    }

    private static IResult Of(ServiceList list, Guid id, Action<Service> change)
    {
        if (list.Find(id) is not { } service)
        {
            return TypedResults.NotFound();
        }

        lock (service.Sync)
        {
            change(service);
        }

        return TypedResults.Ok();
    }

    internal sealed record SeedRequest(
        int Count, string? Project, string? Description, string? Version, string? Plan, string? Flavor, string? Region, string? Status);

    internal sealed record StatusRequest(string Status);

    internal sealed record RaceRequest(string Ip, string? Description);

    internal sealed record MaintenanceRequest(string Description, string? Status, DateTimeOffset? ScheduledAt);

    internal sealed record BackupRequest(DateTimeOffset? CreatedAt, string? Type);
}
