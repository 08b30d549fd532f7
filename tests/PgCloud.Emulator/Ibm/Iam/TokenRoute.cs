// SPDX-License-Identifier: MIT

using System.Text;
using PgCloud.Emulator.Hosting;
using PgCloud.Emulator.Ibm.Api;

namespace PgCloud.Emulator.Ibm.Iam;

/// <summary>POST /identity/token: the grants for an API key, a passcode, a refresh token and a trusted profile.</summary>
internal static class TokenRoute
{
    private const string Prefix = "urn:ibm:params:oauth:grant-type:";

    internal static async Task<IResult> AnswerAsync(HttpContext context, IamAccount account)
    {
        // What another content type gets is not in the sources.
        IFormCollection form = context.Request.HasFormContentType ? await context.Request.ReadFormAsync() : throw Missing("grant_type");
        if (form["response_type"].ToString() is { Length: > 0 } responseType && responseType != "cloud_iam")
        {
            string list = string.Join(", ", responseType.Split(',', StringSplitOptions.TrimEntries));
            throw new IbmException(400, "BXNIM0106E", $"Validation of property 'response_type' with value '[{list}]' failed. Valid values: 'cloud_iam'");
        }

        bool isClient = IsClient(context);
        string grant = Needed(form, "grant_type");
        ApiKey key = grant switch
        {
            Prefix + "apikey" => account.FindKey(Needed(form, "apikey")) ?? throw new IbmException(400, "BXNIM0415E", "Provided API key could not be found"),
            Prefix + "passcode" => ByPasscode(account, Needed(form, "passcode"), isClient),
            "refresh_token" => ByRefreshToken(account, Needed(form, "refresh_token"), isClient),
            Prefix + "assume" => ByProfile(account, form),
            _ => throw new IbmException(400, "BXNIM0106E", $"Validation of property 'grant_type' with value '[{grant}]' failed."),
        };
        IamToken token = account.IssueToken(key, grant, ApiCall.Of(context).ClockOffset);
        return TypedResults.Ok(new
        {
            access_token = token.Text,
            refresh_token = isClient ? account.IssueRefreshToken(key) : "not_supported",
            token_type = "Bearer",
            expires_in = (long)account.TokenLife.TotalSeconds,
            expiration = token.Expires.ToUnixTimeSeconds(),
            scope = form["scope"].ToString() is { Length: > 0 } scope ? scope : "ibm openid",
        });
    }

    private static ApiKey ByPasscode(IamAccount account, string passcode, bool isClient) => isClient && account.TakePasscode(passcode)
        ? account.Owner
        // Made up.
        : throw new IbmException(400, "BXNIM0407E", "Provided passcode could not be used");

    private static ApiKey ByRefreshToken(IamAccount account, string token, bool isClient) => isClient
        ? account.FindByRefreshToken(token) ?? throw InvalidToken()
        : throw InvalidToken();

    private static ApiKey ByProfile(IamAccount account, IFormCollection form)
    {
        IamToken token = account.FindToken(Needed(form, "access_token")) ?? throw InvalidToken();
        bool isKnown = form["profile_id"] == account.ProfileId
            || form["profile_crn"] == Crn.Of("iam-identity", string.Empty, account.Id, type: "profile", resource: account.ProfileId)
            || (form["profile_name"] == IamAccount.ProfileName && form["account"] == account.Id);
        // Made up.
        return isKnown ? token.Key : throw new IbmException(400, "BXNIM0514E", "Provided profile could not be found");
    }

    // The code is in the sources, the text is not.
    private static IbmException InvalidToken() => new(400, "BXNIM0407E", "Provided token is invalid");

    private static IbmException Missing(string property) => new(400, "BXNIM0109E", $"Property missing or empty: {property}");

    private static string Needed(IFormCollection form, string name) => form[name].ToString() is { Length: > 0 } text ? text : throw Missing(name);

    // The command line tool, Terraform and bluemix-go send bx:bx. Another client is not known here.
    private static bool IsClient(HttpContext context)
    {
        string authorization = context.Request.Headers.Authorization.ToString();
        if (!authorization.StartsWith("Basic ", StringComparison.Ordinal))
        {
            return false;
        }

        return Encoding.UTF8.GetString(Convert.FromBase64String(authorization["Basic ".Length..])) == "bx:bx"
            ? true
            : throw new IbmException(400, "BXNIM0408E", "Client id or client secret is wrong");
    }
}
