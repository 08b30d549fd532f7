// SPDX-License-Identifier: MIT

using System.Diagnostics;
using System.Globalization;
using PgCloud.Contracts;
using PgCloud.Errors;

namespace PgCloud.Engine.Providers.Ovh.Instances;

/// <summary>Reads instances.</summary>
internal sealed class OvhInstances(OvhProject project)
{
    /// <summary>The detail of an instance that says from when on it can be restored to a point in time.</summary>
    internal const string PointInTimeFrom = "PointInTimeFrom";

    /// <summary>The detail that names its private network, where it stands in one.</summary>
    internal const string NetworkId = "NetworkId";

    /// <summary>The detail that names the subnet of that network.</summary>
    internal const string SubnetId = "SubnetId";

    private const string Database = "defaultdb";

    /// <summary>Reads all, in one call where the API allows it.</summary>
    internal async Task<IReadOnlyList<PgInstance>> GetAsync(IReporter reporter, CancellationToken cancellation)
    {
        IReadOnlyList<OvhService> services = await project.Client.ListAsync<OvhService>(project.Instances, reporter, cancellation);
        return [.. services.Select(ToInstance).OrderBy(i => i.Name, StringComparer.Ordinal).ThenBy(i => i.Id, StringComparer.Ordinal)];
    }

    /// <summary>Finds one by its id or its exact name, which is not unique at OVHcloud: two of that name are an error.</summary>
    internal async Task<PgInstance?> FindAsync(string nameOrId, IReporter reporter, CancellationToken cancellation)
    {
        if (Guid.TryParseExact(nameOrId, "D", out _) && await FindServiceAsync(nameOrId, reporter, cancellation) is { } service)
        {
            return ToInstance(service);
        }

        PgInstance[] named = [.. (await GetAsync(reporter, cancellation)).Where(i => i.Name == nameOrId)];
        return named.Length > 1 ? throw PgErrors.InstanceAmbiguous(nameOrId, named) : named.FirstOrDefault();
    }

    /// <summary>Reads one as the API describes it; <see langword="null"/> where there is none.</summary>
    internal Task<OvhService?> FindServiceAsync(string id, IReporter reporter, CancellationToken cancellation) =>
        project.Client.FindAsync<OvhService>($"{project.Instances}/{Uri.EscapeDataString(id)}", reporter, cancellation);

    /// <summary>Reads one that must be there.</summary>
    internal async Task<OvhService> ReadAsync(PgInstance instance, IReporter reporter, CancellationToken cancellation) =>
        await FindServiceAsync(instance.Id, reporter, cancellation) ?? throw PgErrors.InstanceNotFound(instance.Name);

    /// <summary>Waits until nothing is under way.</summary>
    internal async Task<OvhService> SettleAsync(
        PgInstance instance, TimeSpan timeout, IReporter reporter, CancellationToken cancellation)
    {
        long begun = Stopwatch.GetTimestamp();
        (OvhService service, bool isSettled) = await project.WaitAsync(LookAsync, s => !OvhStatuses.IsChanging(s.Status), timeout, cancellation);
        return isSettled ? service : throw PgErrors.InstanceWaitTimeout(ToInstance(service), timeout);

        async Task<OvhService> LookAsync()
        {
            OvhService seen = await ReadAsync(instance, reporter, cancellation);
            TimeSpan waited = Stopwatch.GetElapsedTime(begun);
            reporter.Progress(
                $"Wait until nothing else changes {instance.Name}",
                string.Create(CultureInfo.InvariantCulture, $"{instance.Name} is {seen.Status} after {waited.TotalSeconds:0} s"),
                timeout > TimeSpan.Zero ? (int)Math.Min(100, 100 * (waited / timeout)) : 100);
            return seen;
        }
    }

    /// <summary>The instance that the API describes.</summary>
    internal static PgInstance ToInstance(OvhService service)
    {
        PgEndpoint[] endpoints = [.. service.Endpoints.Where(e => e.Domain is not null && e.Port is not null).Select(ToEndpoint)];
        PgEndpoint? primary = endpoints.FirstOrDefault(e => !e.IsReadReplica);
        return new PgInstance
        {
            Name = string.IsNullOrEmpty(service.Description) ? service.Id : service.Description,
            Id = service.Id,
            Provider = PgProviderName.Ovh,
            Status = OvhStatuses.ToStatus(service.Status),
            StatusDetail = OvhStatuses.ToDetail(service.Status),
            Version = service.Version ?? string.Empty,
            HostName = primary?.HostName ?? string.Empty,
            Port = primary?.Port ?? 0,
            Database = Database,
            Region = service.RegionName,
            Plan = service.Plan ?? string.Empty,
            Flavor = service.Flavor ?? string.Empty,
            NodeCount = service.NodeCount,
            DiskSizeGB = service.DiskSizeGB,
            Endpoint = endpoints,
            CreatedAt = service.CreatedAt?.ToUniversalTime(),
            Detail = Details(service),
        };
    }

    private static PgEndpoint ToEndpoint(OvhEndpointRecord endpoint) => new()
    {
        HostName = endpoint.Domain!,
        Port = endpoint.Port!.Value,
        Component = endpoint.Component ?? string.Empty,
        IsReadReplica = endpoint.Component?.StartsWith("postgresqlRead", StringComparison.Ordinal) == true,
    };

    private static Dictionary<string, object> Details(OvhService service)
    {
        var detail = new Dictionary<string, object>
        {
            ["NetworkType"] = service.NetworkType ?? string.Empty,
            ["BackupTime"] = service.BackupStart,
            ["BackupRegions"] = string.Join(", ", service.Backups?.Regions ?? []),
            ["MaintenanceTime"] = service.MaintenanceTime ?? string.Empty,
            ["DeletionProtection"] = service.DeletionProtection ?? false,
            ["Prometheus"] = service.EnablePrometheus ?? false,
            ["AuthorisedIps"] = string.Join(", ", service.IpRestrictions.Select(i => i.Ip)),
        };
        Add(NetworkId, service.NetworkId);
        Add(SubnetId, service.SubnetId);
        Add("BackupRetentionDays", service.Backups?.RetentionDays);
        Add(PointInTimeFrom, service.Backups?.Pitr?.ToUniversalTime());
        return detail;

        void Add(string name, object? value)
        {
            if (value is not null)
            {
                detail[name] = value;
            }
        }
    }
}
