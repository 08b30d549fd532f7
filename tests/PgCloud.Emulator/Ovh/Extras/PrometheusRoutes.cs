// SPDX-License-Identifier: MIT

using PgCloud.Emulator.Hosting;
using PgCloud.Emulator.Ovh.Services;

namespace PgCloud.Emulator.Ovh.Extras;

/// <summary>~/postgresql/{clusterId}/prometheus. Nothing listens there.</summary>
internal static class PrometheusRoutes
{
    private const string User = "prometheus";
    private const int Port = 20188;

    internal static void MapPrometheus(this IEndpointRouteBuilder service)
    {
        service.MapGet("/prometheus", (ServiceCall call) => new
        {
            targets = call.Service.EnablePrometheus
                ? call.Service.Nodes.Select(n => new { host = n.Name, port = Port }).ToArray()
                : [],
            username = User,
        });
        service.MapPost("/prometheus/credentials/reset", (ServiceCall call) =>
        {
            call.ThrowIfNotReady();
            return new { password = Secrets.New(24), username = User };
        });
    }
}
