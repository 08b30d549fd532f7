// SPDX-License-Identifier: MIT

using System.Text;

namespace PgCloud.Emulator.Ovh.Auth;

/// <summary>The OAuth2 token URL: client credentials by HTTP Basic or in the form.</summary>
internal static class TokenRoute
{
    internal static async Task<IResult> AnswerAsync(HttpContext context, Account account)
    {
        if (!context.Request.HasFormContentType)
        {
            return Error("invalid_request", "the request is not a form");
        }

        IFormCollection form = await context.Request.ReadFormAsync();
        if (form["grant_type"] != "client_credentials")
        {
            return Error("unsupported_grant_type", "only client_credentials is supported");
        }

        (string id, string secret) = FromBasic(context.Request.Headers.Authorization.ToString()) ?? (form["client_id"].ToString(), form["client_secret"].ToString());
        ServiceAccount client = account.Client;
        return id == client.ClientId && secret == client.ClientSecret
            ? TypedResults.Ok(new
            {
                access_token = account.IssueToken(client),
                token_type = "Bearer",
                expires_in = (long)client.TokenLife.TotalSeconds,
                scope = form["scope"].ToString() is { Length: > 0 } scope ? scope : "all",
            })
            : Error("invalid_client", "ovhcloud oauth2 client does not exists");
    }

    private static IResult Error(string error, string description) => TypedResults.BadRequest(new { error, error_description = description });

    private static (string Id, string Secret)? FromBasic(string authorization)
    {
        if (!authorization.StartsWith("Basic ", StringComparison.Ordinal))
        {
            return null;
        }

        // RFC 6749, 2.3.1: both are form-encoded before they are joined.
        string[] parts = Encoding.UTF8.GetString(Convert.FromBase64String(authorization["Basic ".Length..])).Split(':', 2);
        return parts.Length == 2 ? (Uri.UnescapeDataString(parts[0]), Uri.UnescapeDataString(parts[1])) : null;
    }
}
