// SPDX-License-Identifier: MIT

using PgCloud.Emulator.Hosting;
using PgCloud.Emulator.Ovh.Errors;

namespace PgCloud.Emulator.Ovh.Auth;

/// <summary>/auth: time, consumer keys, and who one is.</summary>
internal static class AuthRoutes
{
    internal static void MapAuth(this IEndpointRouteBuilder routes, Account account)
    {
        routes.MapGet("/auth/time", (HttpContext context) => (DateTimeOffset.UtcNow + ApiCall.Of(context).ClockOffset).ToUnixTimeSeconds());
        routes.MapGet("/auth/details", (HttpContext context) => Details(Identity.Of(context)));
        routes.MapGet("/auth/currentCredential", (HttpContext context) => View(Identity.Of(context).Credential
            ?? throw new ApiException(404, "Client::NotFound", "You are not logged in with a credential")));
        routes.MapPost("/auth/credential", (HttpContext context, CredentialRequest request) => Request(context, account, request));
        routes.MapPost("/auth/logout", (HttpContext context) =>
        {
            if (Identity.Of(context).Credential is { } credential)
            {
                credential.State = "expired";
            }
        });
    }

    /// <summary>The page on which the customer logs in and says yes or no. Here opening it is a yes, and <c>refuse=true</c> a no.</summary>
    internal static IResult Validate(Account account, string credentialToken, bool refuse)
    {
        if (account.FindByToken(credentialToken) is not { State: "pendingValidation" } credential)
        {
            return TypedResults.Text("This request does not exist any more.", statusCode: 404);
        }

        credential.State = refuse ? "refused" : "validated";
        return credential.Redirection is { Length: > 0 } url ? TypedResults.Redirect(url) : TypedResults.Text($"The request is {credential.State}.");
    }

    private static object Request(HttpContext context, Account account, CredentialRequest request)
    {
        if (context.Request.Headers["X-Ovh-Application"] != account.ApplicationKey)
        {
            throw new GatewayException(403, "INVALID_KEY", "This application key is invalid");
        }

        Credential credential = account.Add(
            [.. request.AccessRules.Select(r => new AccessRule(r.Method, r.Path))], "pendingValidation", request.AllowedIPs, request.Redirection);
        return new
        {
            validationUrl = $"{context.Request.Scheme}://{context.Request.Host}/auth/?credentialToken={credential.Token}",
            consumerKey = credential.ConsumerKey,
            state = credential.State,
        };
    }

    private static object Details(Identity identity) => identity.ServiceAccount is { } client
        ? new
        {
            account = Account.Name,
            method = "oauth2_client_credentials",
            identities = (string[])[$"urn:v1:eu:identity:credential:{Account.Name}/oauth2-{client.ClientId}"],
            allowedRoutes = (object?)null,
            roles = (string[]?)null,
            user = (string?)null,
            description = (string?)null,
        }
        : new
        {
            account = Account.Name,
            method = "account",
            identities = (string[])[$"urn:v1:eu:identity:account:{Account.Name}"],
            allowedRoutes = (object?)identity.Credential!.Rules,
            roles = (string[]?)null,
            user = (string?)null,
            description = (string?)null,
        };

    private static object View(Credential credential) => new
    {
        applicationId = Account.ApplicationId,
        credentialId = credential.Id,
        creation = credential.Creation,
        expiration = credential.Expiration,
        lastUse = credential.LastUse,
        allowedIPs = credential.AllowedIPs,
        ovhSupport = false,
        rules = credential.Rules,
        status = credential.StateNow,
    };

    internal sealed record RuleRequest(string Method, string Path);

    internal sealed record CredentialRequest(IReadOnlyList<RuleRequest> AccessRules, string? Redirection, IReadOnlyList<string>? AllowedIPs);
}
