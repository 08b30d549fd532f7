// SPDX-License-Identifier: MIT

using PgCloud.Contracts;
using PgCloud.Engine.Http;
using PgCloud.Engine.Providers.Ovh;
using PgCloud.Engine.Providers.Ovh.Api;
using PgCloud.Engine.Providers.Ovh.Instances;
using PgCloud.Engine.Sql.Credentials;
using PgCloud.Errors;

namespace PgCloud.Engine.Tests.Ovh;

/// <summary>Clients for the tests, and what they use.</summary>
internal static class Ovh
{
    // The revoked credentials of OVHcloud's own tests.
    internal const string ApplicationKey = "TDPKJdwZwAQPwKX2";
    internal const string ApplicationSecret = "9ufkBmLaTQ9nz5yMUlg79taH0GNnzDjk";
    internal const string ConsumerKey = "5mBuy6SUQcRw2ZUxg0cG68BoDKpED4KY";
    internal const string ClientSecret = "client-secret-6f2d";

    internal static ApiClientOptions Impatient { get; } = new()
    {
        FirstDelay = TimeSpan.FromMilliseconds(2),
        LongestDelay = TimeSpan.FromMilliseconds(20),
        AttemptTimeout = TimeSpan.FromSeconds(60),
    };

    internal static OvhApplicationCredential Application =>
        new(ApplicationKey, Passwords.FromCharacters(ApplicationSecret), Passwords.FromCharacters(ConsumerKey));

    internal static OvhClient Client(ApiServer server, OvhCredential? credential = null, ApiClientOptions? options = null) =>
        new(OvhEndpoint.Parse(server.Api), credential ?? Application, WithoutOthers(server, options ?? Impatient));

    // Circuits of a test's own are left as they are.
    private static ApiClientOptions WithoutOthers(ApiServer server, ApiClientOptions options) => options with
    {
        Paces = server.Paces,
        Circuits = options.Circuits == ApiCircuitRegistry.OfThisProcess ? server.Circuits : options.Circuits,
    };

    internal static OvhClient ServiceAccount(ApiServer server, ApiClientOptions? options = null) =>
        Client(server, new OvhClientCredential("oauth2-client", Passwords.FromCharacters(ClientSecret)), options);

    /// <summary>A project whose changes are looked at without much of a pause.</summary>
    internal static OvhProject Project(OvhClient client) =>
        new(client, "p", "Orders", new PollPace(TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(20)));

    internal static OvhPatience Patience(OvhProject project) => new(project, new OvhInstances(project));

    /// <summary>An instance as it is given to the provider.</summary>
    internal static PgInstance Instance(string id) => new()
    {
        Name = "orders",
        Id = id,
        Provider = PgProviderName.Ovh,
        Status = PgInstanceStatus.Ready,
        HostName = "fallback.example",
        Region = "GRA",
    };

    internal static Task<PgCloudException> FailsAsync(string id, Func<Task> act) => Failure.ExpectAsync(id, act);
}

/// <summary>An object as the API has them.</summary>
internal sealed class Thing
{
    public string Id { get; set; } = string.Empty;

    public int Number { get; set; }

    public OvhEnum<PgInstanceStatus> Status { get; set; }

    public DateTimeOffset? CreatedAt { get; set; }
}
