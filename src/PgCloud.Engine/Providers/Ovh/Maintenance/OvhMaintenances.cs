// SPDX-License-Identifier: MIT

using PgCloud.Contracts;
using PgCloud.Engine.Providers.Ovh.Api;
using PgCloud.Engine.Providers.Ovh.Instances;
using PgCloud.Errors;

namespace PgCloud.Engine.Providers.Ovh.Maintenance;

/// <summary>The maintenance of instances, which can be applied before its time.</summary>
internal sealed class OvhMaintenances(OvhProject project, OvhPatience patience) : IMaintenances
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<PgMaintenance>> GetAsync(PgInstance instance, IReporter reporter, CancellationToken cancellation)
    {
        IReadOnlyList<OvhMaintenance> all = await project.Client.ListAsync<OvhMaintenance>(
            project.PathOf(instance, "/maintenance"), reporter, cancellation);
        return [.. all
            .OrderBy(m => m.AppliedAt is not null)
            .ThenByDescending(m => m.AppliedAt)
            .ThenBy(m => m.ScheduledAt ?? DateTimeOffset.MaxValue)
            .Select(m => m.Describe(instance))];
    }

    /// <inheritdoc/>
    public async Task<PgMaintenance> ApplyAsync(
        PgInstance instance, string id, TimeSpan? wait, IReporter reporter, CancellationToken cancellation)
    {
        // Read again at every attempt: while another change was waited for, its own time may have come.
        (OvhMaintenance seen, bool isOurs) = await patience.RunAsync(
            instance,
            async () =>
            {
                OvhMaintenance present = await ReadAsync(instance, id, reporter, cancellation);
                return present.IsBegun ? (present, false) : (await BeginAsync(instance, present, reporter, cancellation), true);
            },
            reporter,
            cancellation);
        if (wait is { } timeout)
        {
            seen = await WaitAsync(instance, seen, timeout, reporter, cancellation);
        }

        return seen.Describe(instance, isOurs ? PgChange.Updated : PgChange.Unchanged);
    }

    private async Task<OvhMaintenance> BeginAsync(
        PgInstance instance, OvhMaintenance maintenance, IReporter reporter, CancellationToken cancellation)
    {
        if (maintenance.Status.Known == OvhMaintenanceStatus.Error)
        {
            throw PgErrors.MaintenanceNotApplicable(maintenance.Describe(instance));
        }

        using var step = new StepTimer(reporter, $"Apply the maintenance {maintenance.Id} to {instance.Name}");
        try
        {
            return await project.Client.PostAsync<OvhMaintenance>($"{PathOf(instance, maintenance.Id)}/apply", null, reporter, cancellation);
        }
        catch (PgCloudException exception) when (exception.ErrorId == OvhErrorIds.OutcomeUnknown)
        {
            OvhMaintenance now = await ReadAsync(instance, maintenance.Id, reporter, cancellation);
            if (!now.IsBegun)
            {
                throw;
            }

            return now;
        }
    }

    private async Task<OvhMaintenance> WaitAsync(
        PgInstance instance, OvhMaintenance maintenance, TimeSpan timeout, IReporter reporter, CancellationToken cancellation)
    {
        (OvhMaintenance seen, bool isOver) = await project.WaitAsync(
            () => ReadAsync(instance, maintenance.Id, reporter, cancellation),
            m => m.Status.Known is OvhMaintenanceStatus.Applied or OvhMaintenanceStatus.Error,
            timeout,
            cancellation);
        return !isOver ? throw PgErrors.MaintenanceWaitTimeout(seen.Describe(instance), timeout)
            : seen.Status.Known == OvhMaintenanceStatus.Error ? throw PgErrors.MaintenanceFailed(seen.Describe(instance))
            : seen;
    }

    // The API takes nothing for an id that is no UUID.
    private async Task<OvhMaintenance> ReadAsync(PgInstance instance, string id, IReporter reporter, CancellationToken cancellation) =>
        (Guid.TryParseExact(id, "D", out _)
            ? await project.Client.FindAsync<OvhMaintenance>(PathOf(instance, id), reporter, cancellation)
            : null)
        ?? throw PgErrors.MaintenanceNotFound(id, instance.Name);

    private string PathOf(PgInstance instance, string id) => project.PathOf(instance, $"/maintenance/{Uri.EscapeDataString(id)}");
}
