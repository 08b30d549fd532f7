// SPDX-License-Identifier: MIT

using PgCloud.Contracts;

namespace PgCloud.Engine.Providers.Ibm.Api;

/// <summary>Which instances to list. What is <see langword="null"/> does not narrow.</summary>
internal sealed record IbmInstanceFilter
{
    internal string? Name { get; init; }

    internal string? Guid { get; init; }

    /// <summary>The service's name.</summary>
    internal string? ResourceId { get; init; }

    internal string? ResourcePlanId { get; init; }

    internal string? ResourceGroupId { get; init; }

    /// <summary>One state; without it the service lists what is active or being made, nothing else.</summary>
    internal string? State { get; init; }

    /// <summary>How many a page has.</summary>
    internal int? Limit { get; init; }
}

/// <summary>A new instance; the names are the API's.</summary>
internal sealed record IbmInstanceCreation(string Name, string Target, string ResourceGroup, string ResourcePlanId)
{
    public IReadOnlyList<string>? Tags { get; init; }

    public object? Parameters { get; init; }
}

/// <summary>Instances, in the resource controller v2. An id is a GUID or a CRN.</summary>
internal sealed class IbmResources(IbmClient client)
{
    private const IbmService Service = IbmService.ResourceController;
    private const string Root = "/v2/resource_instances";

    /// <summary>Lists instances.</summary>
    internal Task<IReadOnlyList<IbmInstance>> ListAsync(IbmInstanceFilter filter, IReporter reporter, CancellationToken cancellation)
    {
        string path = IbmPath.Of(
            Root,
            ("name", filter.Name),
            ("guid", filter.Guid),
            ("resource_id", filter.ResourceId),
            ("resource_plan_id", filter.ResourcePlanId),
            ("resource_group_id", filter.ResourceGroupId),
            ("state", filter.State),
            ("limit", filter.Limit?.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        return client.ListAsync<IbmPage<IbmInstance>, IbmInstance>(Service, path, p => p.Next(), reporter, cancellation);
    }

    /// <summary>An instance, one that was removed too; <see langword="null"/> where there never was one.</summary>
    internal async Task<IbmInstance?> FindAsync(string id, IReporter reporter, CancellationToken cancellation) =>
        (await client.FindAsync<IbmInstance>(Service, IbmPath.Of(Root, id), reporter, cancellation))?.Value;

    /// <summary>Makes an instance; where the end was not seen, look for it by its name: the service takes the same name twice.</summary>
    internal Task<IbmInstance> CreateAsync(IbmInstanceCreation creation, IReporter reporter, CancellationToken cancellation) =>
        client.PostAsync<IbmInstance>(Service, Root, creation, reporter, cancellation);

    /// <summary>Changes an instance.</summary>
    /// <param name="id">Which.</param>
    /// <param name="change"><c>name</c>, <c>parameters</c>, of which a part is enough.</param>
    /// <param name="reporter">Hears of retries.</param>
    /// <param name="cancellation">Ends the call.</param>
    internal Task<IbmInstance> UpdateAsync(string id, object change, IReporter reporter, CancellationToken cancellation) =>
        client.PatchAsync<IbmInstance>(Service, IbmPath.Of(Root, id), change, reporter, cancellation);

    /// <summary>Removes an instance; for some days it can be had back. One that has keys goes with them or not at all.</summary>
    internal Task DeleteAsync(string id, bool isRecursive, IReporter reporter, CancellationToken cancellation) =>
        client.DeleteAsync(Service, IbmPath.Of(Root, id) + (isRecursive ? "?recursive=true" : "?recursive=false"), reporter, cancellation);

    /// <summary>Locks it against changes and removal.</summary>
    internal Task<IbmInstance> LockAsync(string id, IReporter reporter, CancellationToken cancellation) =>
        client.PostAsync<IbmInstance>(Service, IbmPath.Of(Root, id) + "/lock", null, reporter, cancellation, isRepeatable: true);

    /// <summary>Takes the lock away.</summary>
    internal Task<IbmInstance> UnlockAsync(string id, IReporter reporter, CancellationToken cancellation) =>
        client.DeleteAsync<IbmInstance>(Service, IbmPath.Of(Root, id) + "/lock", reporter, cancellation);

    /// <summary>Ends what is being done with it, where that can be ended.</summary>
    internal Task<IbmInstance> CancelAsync(string id, IReporter reporter, CancellationToken cancellation) =>
        client.DeleteAsync<IbmInstance>(Service, IbmPath.Of(Root, id) + "/last_operation", reporter, cancellation);
}
