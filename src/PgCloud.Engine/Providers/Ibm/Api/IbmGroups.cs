// SPDX-License-Identifier: MIT

using PgCloud.Contracts;
using PgCloud.Errors;

namespace PgCloud.Engine.Providers.Ibm.Api;

/// <summary>Resource groups, in the resource manager v2.</summary>
internal sealed class IbmGroups(IbmClient client)
{
    private const string Root = "/v2/resource_groups";

    /// <summary>The groups of the account that the credential belongs to.</summary>
    internal Task<IReadOnlyList<IbmResourceGroup>> ListAsync(IReporter reporter, CancellationToken cancellation) =>
        client.ListAsync<IbmPage<IbmResourceGroup>, IbmResourceGroup>(IbmService.ResourceManager, Root, p => p.Next(), reporter, cancellation);

    /// <summary>The group of that name or id; without one, the account's default group.</summary>
    internal async Task<IbmResourceGroup> FindAsync(string? nameOrId, IReporter reporter, CancellationToken cancellation)
    {
        IReadOnlyList<IbmResourceGroup> all = await ListAsync(reporter, cancellation);
        IbmResourceGroup? found = string.IsNullOrEmpty(nameOrId)
            ? all.FirstOrDefault(g => g.Default)
            : all.FirstOrDefault(g => g.Id == nameOrId) ?? all.FirstOrDefault(g => g.Name == nameOrId);
        return found ?? throw PgErrors.ResourceGroupNotFound(nameOrId, all.Select(g => g.Name));
    }
}
