// SPDX-License-Identifier: MIT

using PgCloud.Emulator.Auth;
using PgCloud.Emulator.Calls;
using PgCloud.Emulator.Faults;

namespace PgCloud.Emulator.Hosting;

/// <summary>/_emulator: what tests want and OVHcloud does not have. No signature is asked for here.</summary>
internal static class ControlRoutes
{
    internal static void MapControl(this IEndpointRouteBuilder routes, Account account, FaultPlan plan, CallCounter calls)
    {
        RouteGroupBuilder control = routes.MapGroup("/_emulator");
        control.MapGet("/calls", calls.View);
        control.MapDelete("/calls", calls.Reset);
        control.MapGet("/faults", plan.View);
        control.MapDelete("/faults", plan.Clear);
        control.MapPost("/faults", (FaultRequest request) => Add(plan, request));
        control.MapPost("/credentials", (CredentialRequest request) => new
        {
            consumerKey = account.Add(
                [.. request.Rules.Select(r => new AccessRule(r.Method, r.Path))],
                request.State ?? "validated",
                request.AllowedIPs,
                validity: request.ValiditySeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null).ConsumerKey,
        });
        control.MapPut("/credentials/{consumerKey}", (string consumerKey, CredentialState request) =>
            account.Find(consumerKey) is { } credential ? Set(credential, request.State) : TypedResults.NotFound());
        control.MapPut("/oauth2", (ClientRequest request) =>
        {
            account.Client.DeniedActions = request.DeniedActions ?? account.Client.DeniedActions;
            account.Client.TokenLife = request.TokenSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : account.Client.TokenLife;
        });
        control.MapDelete("/oauth2/tokens", account.RevokeTokens);
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

    private static IResult Set(Credential credential, string state)
    {
        credential.State = state;
        return TypedResults.Ok();
    }

    internal sealed record FaultRequest(string Fault, string? Method, string? Path, int? Skip, int? Count);

    internal sealed record CredentialRequest(IReadOnlyList<AccessRule> Rules, string? State, IReadOnlyList<string>? AllowedIPs, int? ValiditySeconds);

    internal sealed record CredentialState(string State);

    internal sealed record ClientRequest(IReadOnlyList<string>? DeniedActions, int? TokenSeconds);
}
