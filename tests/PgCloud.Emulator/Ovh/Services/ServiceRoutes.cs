// SPDX-License-Identifier: MIT

using PgCloud.Emulator.Ovh.Api;
using PgCloud.Emulator.Ovh.Errors;
using PgCloud.Emulator.Ovh.Offers;

namespace PgCloud.Emulator.Ovh.Services;

/// <summary>~/postgresql, ~/service, ~/availability and ~/capabilities.</summary>
internal static class ServiceRoutes
{
    internal static void MapServices(this IEndpointRouteBuilder database, ServiceList services, ServiceCreation creation, ServiceChange change)
    {
        database.MapGet("/service", (HttpContext context, string serviceName, string? category) =>
            List(context, category is null or "operational" ? services.Of(serviceName) : []));
        database.MapGet("/service/{clusterId}", (ServiceCall call) => ServiceView.Of(call.Service));
        database.MapGet("/postgresql", (HttpContext context, string serviceName) => List(context, services.Of(serviceName)));
        database.MapPost("/postgresql", (HttpContext context, string serviceName) => ServiceView.Of(creation.Create(serviceName, Body.Of(context))));
        database.MapGet("/postgresql/{clusterId}", (ServiceCall call) => ServiceView.Of(call.Service));
        database.MapPut("/postgresql/{clusterId}", async (ServiceCall call) =>
        {
            await change.UpdateAsync(call.Service, call.Body);
            return ServiceView.Of(call.Service);
        });
        database.MapDelete("/postgresql/{clusterId}", (ServiceCall call) => change.Delete(call.Service));
        database.MapGet("/capabilities", OfferViews.Capabilities);
        database.MapGet("/availability", (string serviceName, Guid? clusterId, string? target) => Offers(services, serviceName, clusterId, target).Select(OfferViews.View));
    }

    private static IResult List(HttpContext context, IEnumerable<Service> services) => Paging.Answer(context, services, s => s.Id, ServiceView.Of);

    private static IEnumerable<Offer> Offers(ServiceList services, string project, Guid? id, string? target) => id is { } wanted
        ? OfferTable.Targets((services.Find(project, wanted) ?? throw ApiErrors.ServiceNotFound(wanted)).Offer, target)
        : OfferTable.All;
}
