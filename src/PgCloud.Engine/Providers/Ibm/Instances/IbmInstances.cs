// SPDX-License-Identifier: MIT

using PgCloud.Contracts;
using PgCloud.Engine.Providers.Ibm.Api;
using PgCloud.Errors;

namespace PgCloud.Engine.Providers.Ibm.Instances;

/// <summary>Reads instances of the second generation; those of the first have an API of their own and are passed over.</summary>
internal sealed class IbmInstances(IbmAccount account)
{
    // The largest page there is.
    private const int PageSize = 100;

    // Without a state the service lists what is active or being made.
    private static readonly string?[] ListedStates = [null, "failed", "inactive", "pending_removal"];

    /// <summary>Reads all.</summary>
    internal async Task<IReadOnlyList<PgInstance>> GetAsync(IReporter reporter, CancellationToken cancellation)
    {
        Task<IReadOnlyList<IbmResourceGroup>> groups = account.Groups.ListAsync(reporter, cancellation);
        IReadOnlyList<IbmInstance> all = await ListAsync(null, ListedStates, reporter, cancellation);
        Dictionary<string, string> names = (await groups).ToDictionary(g => g.Id, g => g.Name);
        return [.. all
            .Select(i => ToInstance(i, names.GetValueOrDefault(i.ResourceGroupId ?? string.Empty)))
            .OrderBy(i => i.Name, StringComparer.Ordinal)
            .ThenBy(i => i.Id, StringComparer.Ordinal)];
    }

    /// <summary>Finds one by its GUID, its CRN or its exact name, which is not unique at IBM Cloud: two of that name are an error.</summary>
    internal async Task<PgInstance?> FindAsync(string nameOrId, IReporter reporter, CancellationToken cancellation)
    {
        if (IsId(nameOrId) && await FindRecordAsync(nameOrId, reporter, cancellation) is { } found)
        {
            return await DescribeAsync(found, reporter, cancellation);
        }

        IReadOnlyList<IbmInstance> named = await NamedAsync(nameOrId, reporter, cancellation);
        return named.Count switch
        {
            0 => null,
            1 => await DescribeAsync(named[0], reporter, cancellation),
            _ => throw PgErrors.InstanceAmbiguous(nameOrId, [.. named.Select(i => ToInstance(i, null))]),
        };
    }

    /// <summary>Those of exactly that name.</summary>
    internal Task<IReadOnlyList<IbmInstance>> NamedAsync(string name, IReporter reporter, CancellationToken cancellation) =>
        ListAsync(name, ListedStates, reporter, cancellation);

    /// <summary>Those that were removed and can be had back.</summary>
    internal Task<IReadOnlyList<IbmInstance>> RemovedAsync(string? name, IReporter reporter, CancellationToken cancellation) =>
        ListAsync(name, ["pending_reclamation"], reporter, cancellation);

    /// <summary>Whether one of that GUID or exact name was removed, or is about to be.</summary>
    internal async Task<bool> IsGoingAsync(string nameOrId, IReporter reporter, CancellationToken cancellation)
    {
        IReadOnlyList<IbmInstance> going = Guid.TryParseExact(nameOrId, "D", out _)
            && await account.Instances.FindAsync(nameOrId, reporter, cancellation) is { } record
                ? [record]
                : await ListAsync(nameOrId, ["pending_reclamation", "pending_removal"], reporter, cancellation);
        return going.Any(i => i.State.Known is IbmInstanceState.PendingReclamation or IbmInstanceState.PendingRemoval);
    }

    /// <summary>Reads one that must be there, as the API describes it.</summary>
    internal async Task<IbmInstance> ReadAsync(PgInstance instance, IReporter reporter, CancellationToken cancellation) =>
        await FindRecordAsync(instance.Id, reporter, cancellation) ?? throw PgErrors.InstanceNotFound(instance.Name);

    /// <summary>Waits until nothing is under way.</summary>
    internal async Task<IbmInstance> SettleAsync(PgInstance instance, TimeSpan timeout, IReporter reporter, CancellationToken cancellation)
    {
        (IbmInstance seen, bool isSettled) = await Polling.UntilAsync(
            account.Pace,
            () => ReadAsync(instance, reporter, cancellation),
            i => IbmStates.ToStatus(i) is not (PgInstanceStatus.Creating or PgInstanceStatus.Updating),
            timeout,
            cancellation);
        return isSettled ? seen : throw PgErrors.InstanceWaitTimeout(ToInstance(seen, null), timeout);
    }

    /// <summary>The instance that the API describes, with the name of its group.</summary>
    internal async Task<PgInstance> DescribeAsync(IbmInstance record, IReporter reporter, CancellationToken cancellation)
    {
        string? group = record.ResourceGroupId == account.Group.Id
            ? account.Group.Name
            : (await account.Groups.ListAsync(reporter, cancellation)).FirstOrDefault(g => g.Id == record.ResourceGroupId)?.Name;
        return ToInstance(record, group);
    }

    /// <summary>The instance that the API describes.</summary>
    internal static PgInstance ToInstance(IbmInstance record, string? group)
    {
        IbmConnection? connection = record.Extensions?.Dataservices?.Connection;
        IbmHost? host = connection?.Hosts is [{ } first, ..] ? first : null;
        return new PgInstance
        {
            Name = record.Name,
            Id = record.Guid,
            Provider = PgProviderName.Ibm,
            Status = IbmStates.ToStatus(record),
            StatusDetail = IbmStates.ToDetail(record),
            Version = record.Postgres?.Version ?? string.Empty,
            HostName = host?.Name ?? string.Empty,
            Port = host?.Port ?? 0,
            Database = connection?.Database ?? string.Empty,
            Region = record.RegionId ?? string.Empty,
            Plan = IbmAccount.PlanName,
            Flavor = record.Postgres?.HostFlavor ?? string.Empty,
            NodeCount = record.Postgres?.Members ?? 0,
            DiskSizeGB = record.Postgres?.StorageGb ?? 0,
            Endpoint = host is null ? [] : [new PgEndpoint { HostName = host.Name, Port = host.Port, Component = "private" }],
            CreatedAt = record.CreatedAt?.ToUniversalTime(),
            Detail = DetailsOf(record, group),
            CaCertificate = connection?.CertificatePem ?? string.Empty,
        };
    }

    private static Dictionary<string, object> DetailsOf(IbmInstance record, string? group)
    {
        var detail = new Dictionary<string, object>
        {
            ["Crn"] = record.Crn,
            ["ResourceGroupId"] = record.ResourceGroupId ?? string.Empty,
            ["ResourceGroup"] = group ?? record.ResourceGroupId ?? string.Empty,
            ["State"] = record.State.ToString(),
            ["LastOperation"] = IbmStates.LastOperation(record),
            ["LastOperationMessage"] = record.LastOperation?.Description ?? string.Empty,
            ["Locked"] = record.Locked,
        };
        Add("UpdatedAt", record.UpdatedAt?.ToUniversalTime());
        Add("CpuCount", record.Postgres?.CpuCount);
        Add("MemoryGB", record.Postgres?.MemoryGb);
        Add("PrivateAddresses", record.Extensions?.VirtualPrivateEndpoints is { Endpoints.Count: > 0 } endpoints
            ? string.Join(", ", endpoints.Endpoints.Select(e => $"{e.IpAddress} ({e.Zone})"))
            : null);
        Add("Configuration", record.Postgres?.Configuration is { Count: > 0 } settings
            ? string.Join(", ", settings.Select(s => $"{s.Key}={s.Value}"))
            : null);
        return detail;

        void Add(string name, object? value)
        {
            if (value is not null)
            {
                detail[name] = value;
            }
        }
    }

    // The plan tells the generation, by its name and by its id.
    private static bool IsGen2(IbmInstance record) => record.ResourcePlanId?.Contains("gen2", StringComparison.OrdinalIgnoreCase) == true;

    private static bool IsId(string text) => Guid.TryParseExact(text, "D", out _) || text.StartsWith("crn:", StringComparison.Ordinal);

    private async Task<IbmInstance?> FindRecordAsync(string id, IReporter reporter, CancellationToken cancellation) =>
        await account.Instances.FindAsync(id, reporter, cancellation) is { } record && IbmStates.IsThere(record) ? record : null;

    private async Task<IReadOnlyList<IbmInstance>> ListAsync(
        string? name, IReadOnlyList<string?> states, IReporter reporter, CancellationToken cancellation)
    {
        IReadOnlyList<IbmInstance>[] lists = await Task.WhenAll(states.Select(state => account.Instances.ListAsync(
            new IbmInstanceFilter
            {
                Name = name,
                ResourceId = IbmAccount.ServiceName,
                ResourceGroupId = account.ListedGroupId,
                State = state,
                Limit = PageSize,
            },
            reporter,
            cancellation)));
        return [.. lists.SelectMany(l => l).Where(i => IsGen2(i) && (name is null || i.Name == name)).DistinctBy(i => i.Guid)];
    }
}
