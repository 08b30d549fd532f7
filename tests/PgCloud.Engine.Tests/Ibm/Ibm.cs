// SPDX-License-Identifier: MIT

using PgCloud.Engine.Http;
using PgCloud.Engine.Providers.Ibm.Api;
using PgCloud.Engine.Sql.Credentials;

namespace PgCloud.Engine.Tests.Ibm;

/// <summary>Clients for the tests, and what they use.</summary>
internal static class Ibm
{
    internal const string ApiKey = "aZ9-made-up-api-key-for-tests_0123456789abcd";
    internal const string TokenPath = "/identity/token";

    internal static IbmEnvironment NoEnvironment { get; } = new(_ => null);

    internal static ApiClientOptions Impatient { get; } = new()
    {
        FirstDelay = TimeSpan.FromMilliseconds(2),
        LongestDelay = TimeSpan.FromMilliseconds(20),
        AttemptTimeout = TimeSpan.FromSeconds(60),
    };

    internal static IbmClient Client(ApiServer server, IbmCredential? credential = null, ApiClientOptions? options = null) => new(
        IbmEndpoints.Resolve(new IbmSettings { Endpoint = server.Origin }, NoEnvironment),
        credential ?? new IbmApiKeyCredential(Passwords.FromCharacters(ApiKey)),
        (options ?? Impatient) with { Paces = server.Paces, Circuits = server.Circuits });

    /// <summary>A server that gives out tokens and answers the rest so.</summary>
    internal static ApiServer Server(Func<Received, Reply> answer) => new(call => call.Path == TokenPath ? Token("token-of-the-tests") : answer(call));

    internal static ApiServer Server(Reply answer) => Server(_ => answer);

    internal static Reply Token(string value, double life = 3600, string refresh = "not_supported") => Reply.Json($$"""
        {"access_token":"{{value}}","refresh_token":"{{refresh}}","token_type":"Bearer","expires_in":{{life.ToString(null, System.Globalization.CultureInfo.InvariantCulture)}},
         "expiration":{{DateTimeOffset.UtcNow.ToUnixTimeSeconds() + (long)life}},"scope":"ibm openid"}
        """);

    /// <summary>An answer without anything in it that a test looks at.</summary>
    internal static Reply Instance { get; } = Reply.Json("""{"guid":"g","name":"n","state":"active"}""");
}
