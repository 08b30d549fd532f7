// SPDX-License-Identifier: MIT

using System.Text.Json.Nodes;
using PgCloud.Emulator.Hosting;
using PgCloud.Emulator.Ibm.Api;
using PgCloud.Emulator.Ibm.Iam;
using PgCloud.Emulator.Ibm.Instances;

namespace PgCloud.Emulator.Ibm.Groups;

/// <summary>/v2/resource_groups of the resource manager.</summary>
internal static class GroupRoutes
{
    internal static void MapGroups(this IEndpointRouteBuilder manager, GroupList groups, InstanceList instances, IamAccount account)
    {
        manager.MapGet("/v2/resource_groups", (HttpContext context) => new
        {
            resources = groups.All
                .Where(g => context.Wants("account_id", g.Account) && context.Wants("name", g.Name) && context.Wants("default", g.IsDefault ? "true" : "false"))
                .Select(g => g.View()),
        });
        manager.MapPost("/v2/resource_groups", (HttpContext context) =>
        {
            string name = IbmBody.Of(context).Needed("name");
            // Made up, as are the next two.
            ResourceGroup group = groups.All.Any(g => g.Name == name)
                ? throw new IbmException(409, "conflict", $"A resource group with the name {name} exists")
                : groups.Add(account.Id, name);
            return TypedResults.Json(new { id = group.Id, crn = GroupList.CrnOf(account.Id, group.Id) }, Json.Options, statusCode: 201);
        });
        manager.MapGet("/v2/resource_groups/{id}", (string id) => Get(groups, id).View());
        manager.MapPatch("/v2/resource_groups/{id}", (HttpContext context, string id) =>
        {
            ResourceGroup group = Get(groups, id);
            JsonObject body = IbmBody.Of(context);
            group.Name = body.Text("name") ?? group.Name;
            group.UpdatedAt = EmulatorClock.Now;
            return group.View();
        });
        manager.MapDelete("/v2/resource_groups/{id}", (string id) =>
        {
            ResourceGroup group = Get(groups, id);
            if (group.IsDefault || instances.All.Any(i => !i.IsGone && i.ResourceGroup == group.Id))
            {
                throw new IbmException(400, "bad_request", "The resource group is the default one or has resources");
            }

            groups.Remove(group);
            return TypedResults.NoContent();
        });
    }

    private static ResourceGroup Get(GroupList groups, string id) =>
        groups.Find(id) ?? throw new IbmException(404, "not_found", $"The resource group {id} cannot be found");
}
