// SPDX-License-Identifier: MIT

using PgCloud.Emulator.Hosting;
using PgCloud.Emulator.Ibm.Api;
using PgCloud.Emulator.Ibm.Iam;
using PgCloud.Emulator.Ibm.Instances;

namespace PgCloud.Emulator.Ibm.Reclamations;

/// <summary>/v1/reclamations of the resource controller.</summary>
internal static class ReclamationRoutes
{
    internal static void MapReclamations(this IEndpointRouteBuilder controller, ReclamationList reclamations, InstanceRemoval removal)
    {
        controller.MapGet("/v1/reclamations", (HttpContext context) => new
        {
            resources = reclamations.Shown
                .Where(r => context.Wants("account_id", r.Instance.Account)
                    && context.Wants("resource_group_id", r.Instance.ResourceGroup)
                    && (context.Query("resource_instance_id") is not { } id || id == r.Instance.Guid || id == r.Instance.Crn))
                .Select(r => r.View()),
        });
        controller.MapPost("/v1/reclamations/{id}/actions/{action}", (HttpContext context, string id, string action) =>
        {
            Reclamation reclamation = reclamations.Find(id) ?? throw new IbmException(404, "not_found", $"The reclamation {id} cannot be found");
            string by = ApiCall.Of(context).Body.Length == 0 ? string.Empty : IbmBody.Of(context).Text("request_by") ?? string.Empty;
            return removal.Act(reclamation, action, by.Length > 0 ? by : IamToken.Of(context).Key.IamId).View();
        });
    }
}
