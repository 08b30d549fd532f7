// SPDX-License-Identifier: MIT

using PgCloud.Emulator.Ovh.Errors;
using PgCloud.Emulator.Ovh.Services;

namespace PgCloud.Emulator.Ovh.Databases;

/// <summary>~/postgresql/{clusterId}/node and /certificates.</summary>
internal static class ServerRoutes
{
    internal static void MapServer(this IEndpointRouteBuilder service)
    {
        service.MapGet("/certificates", (ServiceCall call) => new { ca = call.Server.CaPem });
        service.MapGet("/node", (ServiceCall call) => call.List(call.Service.Nodes, n => n.Id, n => ServiceView.Node(call.Service, n)));
        service.MapGet("/node/{nodeId}", (ServiceCall call) => call.Service.Nodes.FirstOrDefault(n => n.Id == call.Id("nodeId")) is { } node
            ? ServiceView.Node(call.Service, node)
            : throw ApiErrors.NodeNotFound(call.Id("nodeId")));
    }
}
