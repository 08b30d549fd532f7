// SPDX-License-Identifier: MIT

using PgCloud.Contracts;
using PgCloud.Errors;

namespace PgCloud.Engine.Providers.Ibm.Api;

/// <summary>The global catalog v1: which plans a service has, and where.</summary>
internal sealed class IbmCatalog(IbmClient client)
{
    private const IbmService Service = IbmService.GlobalCatalog;
    private const string Root = "/api/v1";

    /// <summary>The service's entry.</summary>
    internal async Task<IbmCatalogEntry> GetServiceAsync(string name, IReporter reporter, CancellationToken cancellation)
    {
        IReadOnlyList<IbmCatalogEntry> found = await ListAsync(IbmPath.Of(Root + "/", ("q", name), ("include", "*")), reporter, cancellation);

        // The catalog searches for the words; what else has them in its text is passed over.
        return found.FirstOrDefault(e => e.Name == name && e.Kind == "service" && e.Disabled != true)
            ?? throw PgErrors.CatalogServiceNotFound(name);
    }

    /// <summary>The plans of a service.</summary>
    internal async Task<IReadOnlyList<IbmCatalogEntry>> ListPlansAsync(string serviceId, IReporter reporter, CancellationToken cancellation) =>
        [.. (await ListAsync($"{IbmPath.Of(Root, serviceId)}/plan", reporter, cancellation)).Where(e => e.Kind is "plan" or "")];

    /// <summary>Where a plan can be had.</summary>
    internal async Task<IReadOnlyList<IbmCatalogEntry>> ListDeploymentsAsync(string planId, IReporter reporter, CancellationToken cancellation) =>
        [.. (await ListAsync($"{IbmPath.Of(Root, planId)}/deployment?include=*", reporter, cancellation))
            .Where(e => e.Metadata?.RcCompatible != false && e.Location is not null)];

    /// <summary>A plan of the second generation of a service, by its name or its id. What an older one makes could not be managed here.</summary>
    internal async Task<IbmCatalogEntry> GetPlanAsync(string service, string plan, IReporter reporter, CancellationToken cancellation)
    {
        IbmCatalogEntry entry = await GetServiceAsync(service, reporter, cancellation);
        IbmCatalogEntry[] plans = [.. (await ListPlansAsync(entry.Id, reporter, cancellation)).Where(p => IsGen2(p.Name) || IsGen2(p.Id))];
        return plans.FirstOrDefault(p => p.Name == plan || p.Id == plan) ?? throw PgErrors.CatalogPlanNotFound(plan, plans.Select(p => p.Name));
    }

    /// <summary>A plan in a region; where it is not offered there, the error names where it is.</summary>
    internal async Task<IbmCatalogEntry> GetDeploymentAsync(
        IbmCatalogEntry plan, string region, IReporter reporter, CancellationToken cancellation)
    {
        IReadOnlyList<IbmCatalogEntry> deployments = await ListDeploymentsAsync(plan.Id, reporter, cancellation);
        return deployments.FirstOrDefault(d => d.Location == region)
            ?? throw PgErrors.LocationNotOffered(region, plan.Name, deployments.Select(d => d.Location!));
    }

    // As IBM's Terraform provider tells it: standard-gen2, databases-for-postgresql-gen2-standard.
    private static bool IsGen2(string text) => text.EndsWith("-gen2", StringComparison.Ordinal) || text.Contains("-gen2-", StringComparison.Ordinal);

    private Task<IReadOnlyList<IbmCatalogEntry>> ListAsync(string path, IReporter reporter, CancellationToken cancellation) =>
        client.ListAsync<IbmCatalogPage, IbmCatalogEntry>(Service, path, p => p.Next(), reporter, cancellation);
}
