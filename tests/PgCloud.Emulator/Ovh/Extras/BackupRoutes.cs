// SPDX-License-Identifier: MIT

using PgCloud.Emulator.Hosting;
using PgCloud.Emulator.Ovh.Api;
using PgCloud.Emulator.Ovh.Errors;
using PgCloud.Emulator.Ovh.Offers;
using PgCloud.Emulator.Ovh.Services;

namespace PgCloud.Emulator.Ovh.Extras;

/// <summary>~/postgresql/{clusterId}/backup, /capabilities/backupRegions, /maintenance and /enableWrites.</summary>
internal static class BackupRoutes
{
    private static readonly TimeSpan WriteTime = TimeSpan.FromMinutes(15);

    internal static void MapBackups(this IEndpointRouteBuilder service, ServiceWork work)
    {
        // Newest first.
        service.MapGet("/backup", (ServiceCall call) => call.List(call.Service.Backups.Shown.OrderByDescending(b => b.CreatedAt), b => b.Id, b => b.View()));
        service.MapGet("/backup/{backupId}", (ServiceCall call) => call.Find("backupId", call.Service.Backups, ApiErrors.BackupNotFound).View());
        service.MapGet("/capabilities/backupRegions", (ServiceCall call) => OfferTable.Regions);
        service.MapGet("/maintenance", (ServiceCall call) => call.List(call.Service.Extras.Maintenances.Shown, m => m.Id, m => m.View()));
        service.MapGet("/maintenance/{maintenanceId}", (ServiceCall call) => Find(call).View());
        service.MapPost("/maintenance/{maintenanceId}/apply", (ServiceCall call) => Apply(call, work));
        service.MapPost("/enableWrites", (ServiceCall call) =>
        {
            call.ThrowIfNotReady();
            return new { until = EmulatorClock.Now + WriteTime };
        });
    }

    private static object Apply(ServiceCall call, ServiceWork work)
    {
        Maintenance maintenance = Find(call);
        Service service = call.Service;
        lock (service.Sync)
        {
            Readiness.Check(service);
            if (maintenance.Status is not ("PENDING" or "SCHEDULED"))
            {
                throw ApiErrors.BadRequest($"Maintenance {maintenance.Id} is {maintenance.Status}");
            }

            maintenance.Status = "APPLYING";
            service.Status = "UPDATING";
            work.Begin(service, Durations.Maintenance, _ => Task.CompletedTask, () =>
            {
                maintenance.Status = "APPLIED";
                maintenance.AppliedAt = EmulatorClock.Now;
            });
        }

        return maintenance.View();
    }

    private static Maintenance Find(ServiceCall call) =>
        call.Find("maintenanceId", call.Service.Extras.Maintenances, id => ApiErrors.ObjectNotFound("Maintenance", id));
}
