// SPDX-License-Identifier: MIT

using PgCloud.Emulator.Hosting;
using PgCloud.Emulator.Ovh.Api;
using PgCloud.Emulator.Ovh.Errors;
using PgCloud.Emulator.Ovh.Services;

namespace PgCloud.Emulator.Ovh.Logs;

/// <summary>~/postgresql/{clusterId}/logs and /log.</summary>
internal static class LogRoutes
{
    private const string Kind = "customer_logs";
    private static readonly Guid KindId = new("4e7a2b1c-0d3f-4c55-9a1e-2b6c7d8e9f00");
    private static readonly DateTimeOffset KindCreation = new(2023, 3, 1, 0, 0, 0, TimeSpan.Zero);

    internal static void MapLogs(this IEndpointRouteBuilder service, LogOperations operations, EmulatorClock clock)
    {
        service.MapGet("/logs", (ServiceCall call) => LogFile.Read(call.Server.Log)
            .Select(e => new { hostname = call.Service.Nodes[0].Name, message = e.Message, timestamp = e.Timestamp }));
        service.MapGet("/log/kind", (HttpContext context, ServiceCall call) => call.List([Kind], k => k, k => KindView()));
        service.MapGet("/log/kind/{name}", (ServiceCall call, string name) => name == Kind ? KindView() : throw ApiErrors.ObjectNotFound("Log kind", name));
        service.MapPost("/log/url", (ServiceCall call) =>
        {
            CheckKind(call.Body);
            return new { expirationDate = EmulatorClock.Now.AddHours(1), url = $"https://logs.example/{call.Service.Id}?token={Secrets.New(24)}" };
        });
        service.MapGet("/log/subscription", (ServiceCall call, string? kind) => call.List(
            call.Service.Extras.Subscriptions.Shown.Where(s => kind is null || s.Kind == kind), s => s.Id, s => s.View(call.Service.Id)));
        service.MapPost("/log/subscription", (ServiceCall call) =>
        {
            CheckKind(call.Body);
            return operations.Begin(call.Service.Extras.Subscriptions.Add(new LogSubscription
            {
                Kind = Kind,
                Stream = call.Body.Id("streamId")!.Value,
                Phase = Phase.Of("RUNNING", clock, Durations.Appearance),
            }));
        });
        service.MapGet("/log/subscription/{subscriptionId}", (ServiceCall call) => Find(call).View(call.Service.Id));
        service.MapDelete("/log/subscription/{subscriptionId}", (ServiceCall call) =>
        {
            LogSubscription subscription = Find(call);
            subscription.Phase = Phase.Deleting(clock, Durations.Appearance);
            return operations.Begin(subscription);
        });
    }

    private static void CheckKind(Body body)
    {
        if (body.Text("kind") is var kind && kind != Kind)
        {
            throw ApiErrors.ObjectNotFound("Log kind", kind ?? "null");
        }
    }

    private static LogSubscription Find(ServiceCall call) =>
        call.Find("subscriptionId", call.Service.Extras.Subscriptions, id => ApiErrors.ObjectNotFound("Log subscription", id));

    private static object KindView() => new
    {
        additionalReturnedFields = Array.Empty<string>(),
        createdAt = KindCreation,
        displayName = "Customer logs",
        kindId = KindId,
        name = Kind,
        updatedAt = KindCreation,
    };
}
