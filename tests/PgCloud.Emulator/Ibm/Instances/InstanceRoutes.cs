// SPDX-License-Identifier: MIT

using PgCloud.Emulator.Hosting;
using PgCloud.Emulator.Ibm.Api;
using PgCloud.Emulator.Ibm.Control;
using PgCloud.Emulator.Ibm.Iam;

namespace PgCloud.Emulator.Ibm.Instances;

/// <summary>/v2/resource_instances of the resource controller.</summary>
internal static class InstanceRoutes
{
    private const string Url = "/v2/resource_instances";

    internal static void MapInstances(
        this IEndpointRouteBuilder controller, InstanceList instances, InstanceCreation creation, InstanceUpdate update, InstanceRemoval removal, Quirks quirks)
    {
        controller.MapGet(Url, (HttpContext context) =>
        {
            PageRequest page = PageRequest.Of(context);
            return page.Answer(Url, instances.All.Where(i => IsWanted(page, i)), i => i.Order, InstanceView.Of);
        });
        controller.MapPost(Url, (HttpContext context) =>
        {
            bool isLocked = string.Equals(context.Request.Headers["Entity-Lock"], "true", StringComparison.OrdinalIgnoreCase);
            Instance made = creation.Create(IbmBody.Of(context), IamToken.Of(context).Key.IamId, isLocked);
            return TypedResults.Json(InstanceView.Of(made), Json.Options, statusCode: 201);
        });
        controller.MapGet(Url + "/{id}", (string id) => InstanceView.Of(instances.Get(id)));
        controller.MapPatch(Url + "/{id}", (HttpContext context, string id) =>
        {
            Instance instance = instances.Get(id);
            update.Update(instance, IbmBody.Of(context));
            return InstanceView.Of(instance);
        });
        controller.MapDelete(Url + "/{id}", (HttpContext context, string id) =>
        {
            removal.Delete(instances.Get(id), context.Query("recursive") == "true", IamToken.Of(context).Key.IamId);
            return TypedResults.StatusCode(quirks.AcceptDeletions ? 202 : 204);
        });
        controller.MapPost(Url + "/{id}/lock", (string id) => SetLock(instances.Get(id), isLocked: true));
        controller.MapDelete(Url + "/{id}/lock", (string id) => SetLock(instances.Get(id), isLocked: false));
        controller.MapDelete(Url + "/{id}/last_operation", (string id) =>
        {
            Instance instance = instances.Get(id);
            InstanceUpdate.Cancel(instance);
            return InstanceView.Of(instance);
        });
    }

    private static object SetLock(Instance instance, bool isLocked)
    {
        InstanceUpdate.SetLock(instance, isLocked);
        return InstanceView.Of(instance);
    }

    private static bool IsWanted(PageRequest page, Instance instance) =>
        (page.Filter("state") is { } state ? instance.State == state : instance.State is "active" or "provisioning")
        && page.Wants("guid", instance.Guid)
        && page.Wants("name", instance.Name)
        && page.Wants("resource_group_id", instance.ResourceGroup)
        && page.Wants("resource_id", instance.Plan.Service)
        && page.Wants("resource_plan_id", instance.Plan.Id)
        && page.Wants("type", "service_instance")
        && page.Wants("sub_type", "Public")
        && page.WantsTime("updated_from", "updated_to", instance.UpdatedAt ?? instance.CreatedAt);
}
