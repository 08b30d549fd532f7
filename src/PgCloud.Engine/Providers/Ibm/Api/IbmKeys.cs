// SPDX-License-Identifier: MIT

using PgCloud.Contracts;

namespace PgCloud.Engine.Providers.Ibm.Api;

/// <summary>A new key; the names are the API's.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Source">The CRN or the GUID of the instance.</param>
internal sealed record IbmKeyCreation(string Name, string Source)
{
    /// <summary>Reader, Writer, Manager, or a role's CRN.</summary>
    public string? Role { get; init; }

    /// <summary>For the service; without any, a Gen 2 instance has once answered that the JSON is malformed.</summary>
    public object? Parameters { get; init; }
}

/// <summary>Keys, that is service credentials, in the resource controller v2.</summary>
internal sealed class IbmKeys(IbmClient client)
{
    private const IbmService Service = IbmService.ResourceController;
    private const string Root = "/v2/resource_keys";

    /// <summary>The keys of an instance, each with its credentials.</summary>
    internal Task<IReadOnlyList<IbmKey>> ListOfAsync(string instanceId, IReporter reporter, CancellationToken cancellation) =>
        client.ListAsync<IbmPage<IbmKey>, IbmKey>(
            Service, IbmPath.Of("/v2/resource_instances", instanceId) + "/resource_keys", p => p.Next(), reporter, cancellation);

    /// <summary>The keys of that name, of all instances.</summary>
    internal Task<IReadOnlyList<IbmKey>> ListAsync(string? name, IReporter reporter, CancellationToken cancellation) =>
        client.ListAsync<IbmPage<IbmKey>, IbmKey>(Service, IbmPath.Of(Root, ("name", name)), p => p.Next(), reporter, cancellation);

    /// <summary>A key, one that was removed too. Directly after it was made it may not be found yet.</summary>
    internal async Task<IbmKey?> FindAsync(string id, IReporter reporter, CancellationToken cancellation) =>
        (await client.FindAsync<IbmKey>(Service, IbmPath.Of(Root, id), reporter, cancellation))?.Value;

    /// <summary>Makes a key; where the end was not seen, look for it in the list of the instance.</summary>
    internal Task<IbmKey> CreateAsync(IbmKeyCreation creation, IReporter reporter, CancellationToken cancellation) =>
        client.PostAsync<IbmKey>(Service, Root, creation, reporter, cancellation);

    /// <summary>Calls it something else.</summary>
    internal Task<IbmKey> RenameAsync(string id, string name, IReporter reporter, CancellationToken cancellation) =>
        client.PatchAsync<IbmKey>(Service, IbmPath.Of(Root, id), new { name }, reporter, cancellation);

    /// <summary>Removes it, and the user of the database with it.</summary>
    internal Task DeleteAsync(string id, IReporter reporter, CancellationToken cancellation) =>
        client.DeleteAsync(Service, IbmPath.Of(Root, id), reporter, cancellation);
}
