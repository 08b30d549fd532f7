// SPDX-License-Identifier: MIT

using PgCloud.Emulator.Calls;
using PgCloud.Emulator.Faults;
using PgCloud.Emulator.Ibm.Control;
using PgCloud.Emulator.Ovh;

namespace PgCloud.Emulator.Hosting;

/// <summary>/_emulator: what tests want and no cloud has. Nobody needs to say who they are here.</summary>
internal static class ControlRoutes
{
    internal static void MapControl(this IEndpointRouteBuilder routes, IServiceProvider services)
    {
        FaultPlan plan = services.GetRequiredService<FaultPlan>();
        CallCounter calls = services.GetRequiredService<CallCounter>();
        RouteGroupBuilder control = routes.MapGroup(Clouds.Control);
        control.MapGet("/calls", calls.View);
        control.MapDelete("/calls", calls.Reset);
        control.MapGet("/faults", plan.View);
        control.MapDelete("/faults", plan.Clear);
        control.MapPost("/faults", (FaultRequest request) => Add(plan, request));
        control.MapGet("/storm", plan.StormView);
        control.MapPut("/storm", (StormRequest request) => Try(() => plan.BeginStorm(request.Share, request.Seed, request.Cloud)));
        control.MapDelete("/storm", (string? cloud) => Try(() => plan.EndStorm(cloud)));
        control.MapPut("/latency", (LatencyRequest request) => plan.Latency = TimeSpan.FromMilliseconds(request.Milliseconds));
        control.MapOvhControl(services);
        control.MapIbmControl(services);
    }

    private static IResult Add(FaultPlan plan, FaultRequest request) => Try(() => plan.Add(new PlannedFault
    {
        Text = request.Fault,
        Faults = Fault.Parse(request.Fault),
        Method = request.Method ?? "*",
        Path = request.Path ?? "*",
        Skip = request.Skip ?? 0,
        Count = request.Count,
    }));

    private static IResult Try(Action change)
    {
        try
        {
            change();
            return TypedResults.Ok();
        }
        catch (FormatException exception)
        {
            return TypedResults.BadRequest(new { message = exception.Message });
        }
    }

    internal sealed record FaultRequest(string Fault, string? Method, string? Path, int? Skip, int? Count);

    internal sealed record StormRequest(double Share, int Seed, string? Cloud);

    internal sealed record LatencyRequest(double Milliseconds);
}
