// SPDX-License-Identifier: MIT

using PgCloud.Emulator.Ovh.Auth;
using PgCloud.Emulator.Calls;
using PgCloud.Emulator.Faults;
using PgCloud.Emulator.Ovh.Services;

namespace PgCloud.Emulator.Hosting;

/// <summary>/_emulator: what tests want and OVHcloud does not have. No signature is asked for here.</summary>
internal static class ControlRoutes
{
    internal static void MapControl(this IEndpointRouteBuilder routes, IServiceProvider services)
    {
        Account account = services.GetRequiredService<Account>();
        FaultPlan plan = services.GetRequiredService<FaultPlan>();
        CallCounter calls = services.GetRequiredService<CallCounter>();
        RouteGroupBuilder control = routes.MapGroup("/_emulator");
        control.MapGet("/calls", calls.View);
        control.MapDelete("/calls", calls.Reset);
        control.MapGet("/faults", plan.View);
        control.MapDelete("/faults", plan.Clear);
        control.MapPost("/faults", (FaultRequest request) => Add(plan, request));
        control.MapPut("/latency", (LatencyRequest request) => plan.Latency = TimeSpan.FromMilliseconds(request.Milliseconds));
        control.MapPost("/credentials", (CredentialRequest request) => new
        {
            consumerKey = account.Add(
                [.. request.Rules.Select(r => new AccessRule(r.Method, r.Path))],
                request.State ?? "validated",
                request.AllowedIPs,
                validity: request.ValiditySeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null).ConsumerKey,
        });
        control.MapPut("/credentials/{consumerKey}", (string consumerKey, CredentialChange request) =>
            account.Find(consumerKey) is { } credential ? Set(credential, request) : TypedResults.NotFound());
        control.MapPut("/oauth2", (ClientRequest request) =>
        {
            account.Client.DeniedActions = request.DeniedActions ?? account.Client.DeniedActions;
            account.Client.TokenLife = request.TokenSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : account.Client.TokenLife;
        });
        control.MapDelete("/oauth2/tokens", account.RevokeTokens);
        control.MapServiceControl(services);
    }

    private static IResult Add(FaultPlan plan, FaultRequest request)
    {
        try
        {
            plan.Add(new PlannedFault
            {
                Text = request.Fault,
                Faults = Fault.Parse(request.Fault),
                Method = request.Method ?? "*",
                Path = request.Path ?? "*",
                Skip = request.Skip ?? 0,
                Count = request.Count,
            });
            return TypedResults.Ok();
        }
        catch (FormatException exception)
        {
            return TypedResults.BadRequest(new { message = exception.Message });
        }
    }

    private static IResult Set(Credential credential, CredentialChange change)
    {
        credential.State = change.State ?? credential.State;
        credential.Rules = change.Rules ?? credential.Rules;
        return TypedResults.Ok();
    }

    internal sealed record FaultRequest(string Fault, string? Method, string? Path, int? Skip, int? Count);

    internal sealed record CredentialRequest(IReadOnlyList<AccessRule> Rules, string? State, IReadOnlyList<string>? AllowedIPs, int? ValiditySeconds);

    internal sealed record CredentialChange(string? State, IReadOnlyList<AccessRule>? Rules);

    internal sealed record LatencyRequest(double Milliseconds);

    internal sealed record ClientRequest(IReadOnlyList<string>? DeniedActions, int? TokenSeconds);
}
