// SPDX-License-Identifier: MIT

using System.Text.Json;
using PgCloud.Emulator.Errors;
using PgCloud.Emulator.Hosting;
using PgCloud.Emulator.Projects;

namespace PgCloud.Emulator.Services;

/// <summary>What is ordered, listed, changed and removed.</summary>
internal static class ServiceRoutes
{
    internal static void MapServices(this IEndpointRouteBuilder routes, Projects.Projects projects, ServiceStore store, EmulatorClock clock)
    {
        RouteGroupBuilder databases = routes.MapGroup("/cloud/project/{serviceName}/database").AddEndpointFilter(ProjectRoutes.Exists(projects));
        databases.MapGet("/availability", () => Offer.All.Select(o => o.View()));
        databases.MapGet("/service", (HttpContext context, string serviceName) => Listing.Of(context, store.Of(serviceName), s => s.Id, s => s.View()));
        databases.MapGet("/service/{clusterId:guid}", (string serviceName, Guid clusterId) => store.Find(serviceName, clusterId).View());
        databases.MapGet("/postgresql", (HttpContext context, string serviceName) => Listing.Of(context, store.Of(serviceName), s => s.Id, s => s.View()));
        databases.MapPost("/postgresql", (HttpContext context, string serviceName) => Create(store, serviceName, Body(context)));
        databases.MapGet("/postgresql/{clusterId}", (string serviceName, Guid clusterId) => store.Find(serviceName, clusterId).View());
        databases.MapPut("/postgresql/{clusterId}", async (HttpContext context, string serviceName, Guid clusterId) =>
        {
            Service service = store.Find(serviceName, clusterId);
            await ServiceChange.ApplyAsync(service, Body(context), clock);
            return service.View();
        });
        databases.MapDelete("/postgresql/{clusterId}", (string serviceName, Guid clusterId) =>
        {
            Service service = store.Find(serviceName, clusterId);
            if (service.DeletionProtection)
            {
                throw ApiErrors.DeletionProtected(clusterId);
            }

            store.Remove(service);
        });
        databases.MapGet("/postgresql/{clusterId}/certificates", async (string serviceName, Guid clusterId) =>
            new { ca = store.Find(serviceName, clusterId).Server is { } server ? (await server).CaCertificate : null });
        databases.MapGet("/postgresql/{clusterId}/node", (HttpContext context, string serviceName, Guid clusterId) =>
            Listing.Of(context, store.Find(serviceName, clusterId).Nodes(), n => IdOf(n), n => n));
        databases.MapGet("/postgresql/{clusterId}/node/{nodeId}", (string serviceName, Guid clusterId, Guid nodeId) =>
            store.Find(serviceName, clusterId).Nodes().FirstOrDefault(n => IdOf(n) == nodeId) ?? throw ApiErrors.NodeNotFound(nodeId));
        databases.MapUsers(store, clock);
        routes.MapPost("/_emulator/services", (Seed seed) => SeedServices(store, projects, seed));
        routes.MapPut("/_emulator/services/{id}", (Guid id, Forced forced) =>
            projects.All.SelectMany(p => store.Of(p.Id)).Single(s => s.Id == id).ForcedStatus = forced.Status);
    }

    /// <summary>The body, which was read for its signature.</summary>
    internal static JsonElement Body(HttpContext context) => JsonDocument.Parse(ApiCall.Of(context).Body).RootElement;

    private static Guid IdOf(object node) => (Guid)node.GetType().GetProperty("id")!.GetValue(node)!;

    private static object Create(ServiceStore store, string project, JsonElement body)
    {
        if (!body.TryGetProperty("nodesPattern", out JsonElement pattern))
        {
            throw ApiErrors.BadRequest("AtLeastOneNode", "At least one node must be specified");
        }

        string? network = Text(body, "networkId");
        Offer offer = Offer.Find(
            Text(body, "version"), Text(body, "plan"), Text(pattern, "flavor"), Text(pattern, "region"), network is null ? "public" : "private");
        int nodes = pattern.GetProperty("number").GetInt32();
        if (nodes < offer.MinNodes || nodes > offer.MaxNodes)
        {
            throw ApiErrors.NotFound("InvalidNodeNumber", $"Invalid number of nodes {nodes}");
        }

        var service = new Service
        {
            ProjectId = project,
            Description = Text(body, "description") ?? string.Empty,
            Offer = offer,
            NodeNumber = nodes,
            DiskSize = body.TryGetProperty("disk", out JsonElement disk) ? disk.GetProperty("size").GetInt64() : offer.MinDisk,
            NetworkId = network,
            SubnetId = Text(body, "subnetId"),
            BackupRegions = [offer.Region],
            MaintenanceTime = Text(body, "maintenanceTime") ?? "01:06:04",
            Addresses = body.TryGetProperty("ipRestrictions", out JsonElement list) ? AddressList.Read(list) : [],
        };
        if (body.TryGetProperty("backups", out JsonElement backups))
        {
            service.BackupTime = Text(backups, "time") ?? service.BackupTime;
            service.BackupRegions = backups.TryGetProperty("regions", out JsonElement regions)
                ? [.. regions.EnumerateArray().Select(r => r.GetString()!)]
                : service.BackupRegions;
        }

        store.Add(service, hasServer: true);
        return service.View();
    }

    private static object SeedServices(ServiceStore store, Projects.Projects projects, Seed seed)
    {
        Offer offer = Offer.All[0];
        var made = Enumerable.Range(1, seed.Count).Select(n => new Service
        {
            ProjectId = projects.All[0].Id,
            Description = seed.Name ?? $"seed-{n:000}",
            Offer = offer,
            NodeNumber = offer.MinNodes,
            DiskSize = offer.MinDisk,
            BackupRegions = [offer.Region],
        }).ToList();
        made.ForEach(s => store.Add(s, hasServer: false));
        return made.Select(s => s.Id);
    }

    private static string? Text(JsonElement body, string name) =>
        body.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    internal sealed record Seed(int Count, string? Name);

    internal sealed record Forced(string? Status);
}

/// <summary>A list: ids, or whole objects for the header that the control panel sends.</summary>
internal static class Listing
{
    internal static IEnumerable<object> Of<T>(HttpContext context, IEnumerable<T> items, Func<T, Guid> id, Func<T, object> view) =>
        context.Request.Headers["X-Pagination-Mode"] == "CachedObjectList-Pages" ? items.Select(view) : items.Select(i => (object)id(i));
}
