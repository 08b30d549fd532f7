// SPDX-License-Identifier: MIT

using PgCloud.Emulator.Ovh.Api;
using PgCloud.Emulator.Ovh.Errors;

namespace PgCloud.Emulator.Ovh.Projects;

/// <summary>/cloud/project: which projects there are, their regions and private networks.</summary>
internal static class ProjectRoutes
{
    private static readonly string[] Regions = ["BHS5", "DE1", "EU-WEST-PAR", "GRA11", "SBG5", "SGP1", "UK1", "WAW1"];

    internal static void MapProjects(this IEndpointRouteBuilder routes, ProjectList projects)
    {
        routes.MapGet("/cloud/project", (HttpContext context) => Paging.Answer(context, projects.All, p => p.Id, View));
        RouteGroupBuilder project = routes.MapGroup("/cloud/project/{serviceName}").AddEndpointFilter(Exists(projects));
        project.MapGet("", (string serviceName) => View(projects.Find(serviceName)!));
        project.MapPut("", (string serviceName, ProjectChange change) =>
        {
            Project found = projects.Find(serviceName)!;
            found.Description = change.Description ?? found.Description;
        });
        project.MapGet("/region", () => Regions);
        project.MapGet("/region/{regionName}", (string regionName) => Regions.Contains(regionName)
            ? View(regionName)
            : throw ApiErrors.NotFound("RegionNotFound", $"Region {regionName} does not exist"));
        project.MapGet("/regionAvailable", () => new[] { new { name = "RBX-A", type = "region", continentCode = "EU", datacenterLocation = "RBX" } });
        project.MapGet("/network/private", () => new[] { Networks.View() });
        project.MapGet("/network/private/{networkId}", (string networkId) => networkId == Networks.Id ? Networks.View() : throw NetworkNotFound(networkId));
        project.MapGet("/network/private/{networkId}/subnet", (string networkId) =>
            networkId == Networks.Id ? new[] { Networks.SubnetView() } : throw NetworkNotFound(networkId));
    }

    /// <summary>Refuses a call for a project that does not exist.</summary>
    internal static Func<EndpointFilterInvocationContext, EndpointFilterDelegate, ValueTask<object?>> Exists(ProjectList projects) => (context, next) =>
        projects.Find((string)context.HttpContext.GetRouteValue("serviceName")!) is null ? throw ApiErrors.ProjectNotFound() : next(context);

    private static ApiException NetworkNotFound(string id) => ApiErrors.ObjectNotFound("Network", id);

    private static object View(Project project) => new
    {
        project_id = project.Id,
        projectName = (string?)null,
        description = project.Description,
        planCode = "project.2018",
        unleash = false,
        expiration = (DateTimeOffset?)null,
        creationDate = project.Creation,
        orderId = 12345678L,
        access = "full",
        status = "ok",
        manualQuota = false,
        iam = (object?)null,
    };

    private static object View(string region) => new
    {
        name = region,
        type = region == "EU-WEST-PAR" ? "region-3-az" : "region",
        status = "UP",
        continentCode = region.StartsWith("BHS", StringComparison.Ordinal) ? "NA" : region.StartsWith("SGP", StringComparison.Ordinal) ? "ASIA" : "EU",
        datacenterLocation = region.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9'),
        availabilityZones = Array.Empty<string>(),
        ipCountries = Array.Empty<string>(),
        services = new[] { new { name = "network", status = "UP", endpoint = $"https://network.compute.{region.ToLowerInvariant()}.cloud.ovh.net/" } },
    };

    internal sealed record ProjectChange(string? Description);
}
