// SPDX-License-Identifier: MIT

using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using PgCloud.Emulator.Hosting;
using PgCloud.Emulator.Ovh.Errors;
using PgCloud.Emulator.Ovh.Schema;

namespace PgCloud.Emulator.Ovh.Auth;

/// <summary>Checks the signature or the token of a call, and whether it is allowed.</summary>
internal sealed class AuthenticationMiddleware(RequestDelegate next, Account account, ApiSchema schema)
{
    // How far off a timestamp may be is not documented.
    private const long Tolerance = 60;

    public Task InvokeAsync(HttpContext context)
    {
        Operation? operation = schema.Find(context);
        ApiCall call = ApiCall.Of(context);
        bool isPublic = operation is { IsPublic: true } || context.GetEndpoint()?.Metadata.GetMetadata<PublicRoute>() is not null;
        if (isPublic || Clouds.IsControl(context))
        {
            return next(context);
        }

        string authorization = context.Request.Headers.Authorization.ToString();
        Identity identity = authorization.StartsWith("Bearer ", StringComparison.Ordinal)
            ? CheckToken(authorization["Bearer ".Length..], operation)
            : CheckSignature(context, call);
        context.Features.Set(identity);
        return next(context);
    }

    private Identity CheckToken(string token, Operation? operation)
    {
        ServiceAccount client = account.FindClient(token) ?? throw ApiErrors.InvalidAuthToken();
        List<string> missing = [.. (operation?.IamActions ?? []).Where(a => client.DeniedActions.Any(d => Wildcard.IsMatch(d, a)))];
        return missing.Count == 0 ? new Identity(null, client) : throw ApiErrors.NotGrantedByIam(missing);
    }

    private Identity CheckSignature(HttpContext context, ApiCall call)
    {
        IHeaderDictionary headers = context.Request.Headers;
        if (headers["X-Ovh-Application"] != account.ApplicationKey)
        {
            throw new GatewayException(403, "INVALID_KEY", "This application key is invalid");
        }

        Credential credential = account.Find(headers["X-Ovh-Consumer"].ToString())
            ?? throw new GatewayException(403, "NOT_CREDENTIAL", "This credential does not exist");
        if (credential.StateNow != "validated")
        {
            throw new GatewayException(403, "INVALID_CREDENTIAL", "This credential is not valid");
        }

        string timestamp = headers["X-Ovh-Timestamp"].ToString();
        long now = (DateTimeOffset.UtcNow + call.ClockOffset).ToUnixTimeSeconds();
        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds) || Math.Abs(now - seconds) > Tolerance)
        {
            throw new GatewayException(400, "QUERY_TIME_OUT", "Query out of time");
        }

        byte[] given = Encoding.UTF8.GetBytes(headers["X-Ovh-Signature"].ToString());
        if (!Signature.Urls(context).Any(url => CryptographicOperations.FixedTimeEquals(given, Encoding.UTF8.GetBytes(
            Signature.Compute(account.ApplicationSecret, credential.ConsumerKey, context.Request.Method, url, call.Body, timestamp)))))
        {
            throw new GatewayException(400, "INVALID_SIGNATURE", "Invalid signature");
        }

        CheckRights(context, credential);
        credential.LastUse = DateTimeOffset.UtcNow;
        return new Identity(credential, null);
    }

    private static void CheckRights(HttpContext context, Credential credential)
    {
        IPAddress from = context.Connection.RemoteIpAddress!.MapToIPv4();
        if (credential.AllowedIPs is { } allowed && !allowed.Any(a => IPNetwork.TryParse(a, out IPNetwork network) && network.Contains(from)))
        {
            throw new GatewayException(403, "FORBIDDEN", "This credential cannot be used from your address");
        }

        string path = context.Request.Path.Value!;
        // Every key may ask what it is.
        if (!path.StartsWith("/auth/", StringComparison.Ordinal) && !credential.Rules.Any(r => r.Allows(context.Request.Method, path)))
        {
            throw new GatewayException(403, "NOT_GRANTED_CALL", "This call has not been granted");
        }
    }
}
