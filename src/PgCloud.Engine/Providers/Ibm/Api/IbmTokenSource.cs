// SPDX-License-Identifier: MIT

using System.Security;
using System.Text;
using PgCloud.Contracts;
using PgCloud.Engine.Http;
using PgCloud.Engine.Sql.Credentials;

namespace PgCloud.Engine.Providers.Ibm.Api;

/// <summary>Fetches access tokens from IAM: with an API key each time, with a passcode once and then with the refresh token that came along.</summary>
/// <param name="credential">The key or the passcode.</param>
/// <param name="iam">IAM's URL.</param>
/// <param name="exchange">Makes the call.</param>
/// <param name="errors">Makes errors of what is refused.</param>
internal sealed class IbmTokenSource(IbmCredential credential, string iam, ApiExchange exchange, IbmErrors errors)
{
    private const string Grant = "urn:ibm:params:oauth:grant-type:";

    // The client that IBM's command line and its Terraform provider are; a refresh token is given to it only. Not a secret.
    private const string CommandLine = "Basic Yng6Yng=";

    private SecureString? _refreshToken;

    /// <summary>Asks for a token.</summary>
    internal async Task<ApiToken> FetchAsync(IReporter reporter, CancellationToken cancellation)
    {
        SecureString? refresh = Volatile.Read(ref _refreshToken);
        bool isPasscode = credential is IbmPasscodeCredential;
        byte[] form = refresh is not null ? Form("refresh_token", "refresh_token", refresh)
            : isPasscode ? Form(Grant + "passcode", "passcode", credential.Secret)
            : Form(Grant + "apikey", "apikey", credential.Secret);
        try
        {
            var call = new ApiCall(HttpMethod.Post, iam, "/identity/token", form, reporter)
            {
                ContentType = ApiCall.Form,
                Headers = isPasscode ? [new("Authorization", CommandLine)] : [],
                IsAuthorised = false,

                // A passcode is used up by the first call with it, whether its answer arrives or not.
                IsRepeatable = !isPasscode || refresh is not null,
            };
            ApiAnswer answer = await exchange.SendAsync(call, null, cancellation);
            return answer.Outcome == ApiOutcome.Done ? Read(call, answer) : throw errors.OfToken(call, answer);
        }
        finally
        {
            Array.Clear(form);
        }
    }

    /// <summary>The text without the secrets that tokens are fetched with.</summary>
    internal string Mask(string text)
    {
        text = credential.Mask(text);
        return Volatile.Read(ref _refreshToken) is { } refresh
            ? Passwords.Use(refresh, characters => text.Replace(new string(characters), "***", StringComparison.Ordinal))
            : text;
    }

    private static byte[] Form(string grant, string field, SecureString secret) => Passwords.Use(secret, characters => Encoding.UTF8.GetBytes(
        $"response_type=cloud_iam&grant_type={Uri.EscapeDataString(grant)}&{field}={Uri.EscapeDataString(new string(characters))}"));

    private ApiToken Read(ApiCall call, ApiAnswer answer)
    {
        string? flaw = "it is empty";
        IbmTokenAnswer? token = answer.Json is null ? null : IbmJson.Read<IbmTokenAnswer>(answer.Json, out flaw);
        if (token is null || token.AccessToken.Length == 0)
        {
            throw errors.Unusable(call, answer, flaw ?? "it has no access_token");
        }

        if (credential is IbmPasscodeCredential && token.RefreshToken is { Length: > 0 } refresh && refresh != IbmTokenAnswer.NoRefresh)
        {
            Volatile.Write(ref _refreshToken, Passwords.FromCharacters(refresh));
        }

        return new ApiToken(token.AccessToken, TimeSpan.FromSeconds(token.ExpiresIn));
    }
}
