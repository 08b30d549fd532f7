// SPDX-License-Identifier: MIT

using PgCloud.Emulator.Hosting;
using PgCloud.Emulator.Ovh.Api;
using PgCloud.Emulator.Ovh.Errors;
using PgCloud.Emulator.Ovh.Services;

namespace PgCloud.Emulator.Ovh.Extras;

/// <summary>~/postgresql/{clusterId}/integration and /capabilities/integration.</summary>
internal static class IntegrationRoutes
{
    private static readonly (string Type, string Destination)[] Offered = [("opensearchLogs", "opensearch"), ("postgresqlMetrics", "m3db"), ("grafanaDatasource", "grafana")];

    internal static void MapIntegrations(this IEndpointRouteBuilder service, EmulatorClock clock)
    {
        service.MapGet("/capabilities/integration", (ServiceCall call) => Offered.Select(o => new
        {
            destinationEngine = o.Destination,
            parameters = Array.Empty<object>(),
            sourceEngine = "postgresql",
            type = o.Type,
        }));
        service.MapGet("/integration", (ServiceCall call) => call.List(call.Service.Extras.Integrations.Shown, i => i.Id, i => i.View()));
        service.MapPost("/integration", (ServiceCall call) => Create(call, clock));
        service.MapGet("/integration/{integrationId}", (ServiceCall call) => Find(call).View());
        service.MapDelete("/integration/{integrationId}", (ServiceCall call) =>
        {
            Integration integration = Find(call);
            call.ThrowIfNotReady();
            integration.Phase = Phase.Deleting(clock, Durations.Appearance);
        });
    }

    private static object Create(ServiceCall call, EmulatorClock clock)
    {
        Body body = call.Body;
        call.ThrowIfNotReady();
        Guid source = body.Id("sourceServiceId")!.Value;
        Guid destination = body.Id("destinationServiceId")!.Value;
        string type = body.Text("type") ?? Offered[0].Type;
        if ((source != call.Service.Id && destination != call.Service.Id) || Offered.All(o => o.Type != type))
        {
            throw ApiErrors.BadRequest($"Service {call.Service.Id} cannot have an integration {type} from {source} to {destination}");
        }

        Body? parameters = body.Object("parameters");
        return call.Service.Extras.Integrations.Add(new Integration
        {
            Source = source,
            Destination = destination,
            Type = type,
            Parameters = parameters?.Names.ToDictionary(n => n, n => parameters.Text(n)!) ?? [],
            Phase = Phase.Of("CREATING", clock, Durations.Appearance),
        }).View();
    }

    private static Integration Find(ServiceCall call) => call.Find("integrationId", call.Service.Extras.Integrations, id => ApiErrors.ObjectNotFound("Integration", id));
}
