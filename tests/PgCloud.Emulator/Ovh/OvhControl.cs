// SPDX-License-Identifier: MIT

using PgCloud.Emulator.Ovh.Auth;
using PgCloud.Emulator.Ovh.Services;

namespace PgCloud.Emulator.Ovh;

/// <summary>The control routes about OVHcloud's keys, tokens and services.</summary>
internal static class OvhControl
{
    internal static void MapOvhControl(this IEndpointRouteBuilder control, IServiceProvider services)
    {
        Account account = services.GetRequiredService<Account>();
        control.MapGet("/credentials", () => account.Credentials.OrderBy(c => c.Id).Select(c => new { id = c.Id, state = c.StateNow, redirection = c.Redirection }));
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

    private static IResult Set(Credential credential, CredentialChange change)
    {
        credential.State = change.State ?? credential.State;
        credential.Rules = change.Rules ?? credential.Rules;
        return TypedResults.Ok();
    }

    internal sealed record CredentialRequest(IReadOnlyList<AccessRule> Rules, string? State, IReadOnlyList<string>? AllowedIPs, int? ValiditySeconds);

    internal sealed record CredentialChange(string? State, IReadOnlyList<AccessRule>? Rules);

    internal sealed record ClientRequest(IReadOnlyList<string>? DeniedActions, int? TokenSeconds);
}
