// SPDX-License-Identifier: MIT

using System.Net;
using System.Net.Http.Json;
using Newtonsoft.Json.Linq;
using PgCloud.Contracts;
using PgCloud.Emulator;
using PgCloud.Engine.Http;
using PgCloud.Engine.Providers.Ibm;
using PgCloud.Engine.Providers.Ibm.Api;
using PgCloud.Engine.Providers.Ovh;
using PgCloud.Engine.Providers.Ovh.Api;
using PgCloud.Engine.Providers.Ovh.Network;
using PgCloud.Engine.Sql.Credentials;

namespace PgCloud.Engine.Tests.Faults;

/// <summary>The emulator of one row of the matrix.</summary>
internal sealed class MatrixCloud : IAsyncDisposable
{
    private static readonly PollPace Pace = new(TimeSpan.FromMilliseconds(10), TimeSpan.FromMilliseconds(100));

    private readonly EmulatorHost _host;
    private readonly HttpClient _http = new();

    private readonly bool _servers;

    private MatrixCloud(EmulatorHost host, bool servers) => (_host, _servers) = (host, servers);

    private StartLine Line => _host.StartLine;

    // Fast, but so that the three days in which a removed instance can be had back outlast a cell.
    internal static async Task<MatrixCloud> StartAsync(bool servers) => new(await EmulatorHost.StartAsync(
        new EmulatorOptions { Speed = 5_000, Quota = 100_000, Servers = servers }), servers);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _host.DisposeAsync();
    }

    /// <summary>A provider as another process would have it.</summary>
    /// <param name="name">Which.</param>
    /// <param name="isPatient">Whether it waits for answers as long as anybody may need.</param>
    /// <param name="byToken">Whether it calls OVHcloud with an access token; IBM Cloud is always called so.</param>
    /// <param name="proxy">The way that its connections take.</param>
    internal MatrixProvider NewProvider(PgProviderName name, bool isPatient, bool byToken = false, IWebProxy? proxy = null)
    {
        var options = new ApiClientOptions
        {
            FirstDelay = TimeSpan.FromMilliseconds(2),
            LongestDelay = TimeSpan.FromMilliseconds(10),
            AttemptTimeout = isPatient ? TimeSpan.FromSeconds(120) : MatrixFault.AttemptTimeout(_servers),
            Retries = 3,
            Proxy = proxy,
            Paces = new ApiPaceRegistry(),
            Circuits = new ApiCircuitRegistry(),
        };
        if (name == PgProviderName.Ibm)
        {
            return new MatrixProvider(NewIbm(options), null, options);
        }

        OvhProject project = NewOvh(options, byToken);
        return new MatrixProvider(new OvhProvider(project), project, options);
    }

    /// <summary>Has calls go wrong.</summary>
    internal async Task FailAsync(string fault, MatrixCount count)
    {
        using HttpResponseMessage answer = await _http.PostAsJsonAsync(Line.Control + "/faults", new { fault, method = count.Method, count = count.Count });
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Has no call go wrong any more.</summary>
    internal async Task HealAsync()
    {
        using HttpResponseMessage answer = await _http.DeleteAsync(new Uri(Line.Control + "/faults"));
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>The id of an instance that is only listed.</summary>
    internal async Task<string> SeedAsync(PgProviderName provider)
    {
        string route = provider == PgProviderName.Ovh ? "/services" : "/ibm/instances";
        using HttpResponseMessage answer = await _http.PostAsJsonAsync(Line.Control + route, new { count = 1 });
        return (await answer.Content.ReadFromJsonAsync<string[]>())![0];
    }

    /// <summary>What asks for a consumer key that is told apart by where the browser goes afterwards.</summary>
    internal ConsumerKeyRequest NewKey(string redirectUrl) => new(new CloudAccountRequest
    {
        Endpoint = Line.Http,
        WorkingDirectory = string.Empty,
        ApplicationKey = Line.ApplicationKey,
        ApplicationSecret = Passwords.FromCharacters(Line.ApplicationSecret),
    })
    {
        RedirectUrl = redirectUrl,
    };

    /// <summary>How many consumer keys there are with that address.</summary>
    internal async Task<int> CountKeysAsync(string redirectUrl) =>
        JArray.Parse(await _http.GetStringAsync(new Uri(Line.Control + "/credentials"))).Count(k => (string?)k["redirection"] == redirectUrl);

    private OvhProject NewOvh(ApiClientOptions options, bool byToken)
    {
        OvhCredential credential = byToken
            ? new OvhClientCredential(Line.ClientId, Passwords.FromCharacters(Line.ClientSecret))
            : new OvhApplicationCredential(
                Line.ApplicationKey, Passwords.FromCharacters(Line.ApplicationSecret), Passwords.FromCharacters(Line.ConsumerKey));
        return new OvhProject(new OvhClient(OvhEndpoint.Parse(Line.Http, Line.TokenUrl), credential, options), Line.Project, "Orders", Pace)
        {
            Contention = new AccessContention
            {
                Window = TimeSpan.FromMilliseconds(50),
                Settle = TimeSpan.FromMilliseconds(60),
                Timeout = TimeSpan.FromSeconds(20),
            },
        };
    }

    private IbmProvider NewIbm(ApiClientOptions options)
    {
        var client = new IbmClient(EmulatedApi.IbmEndpointsOf(Line), new IbmApiKeyCredential(Passwords.FromCharacters(Line.IbmApiKey)), options);
        return new IbmProvider(new IbmAccount(
            client, new IbmResourceGroup { Id = Line.IbmResourceGroup, Name = "Default", AccountId = Line.IbmAccountId }, isNarrowed: false, "ca-mon", Pace));
    }
}

/// <summary>A provider, and how patient it is; of OVHcloud its project, too.</summary>
internal sealed record MatrixProvider(ICloudProvider Cloud, OvhProject? Project, ApiClientOptions Options);

/// <summary>A way on which so many connections are refused before they are made: it leads to a port where nobody listens.</summary>
internal sealed class RefusingWay : IWebProxy
{
    private static readonly Uri Nowhere = new("http://127.0.0.1:9");

    private int _left;

    public ICredentials? Credentials { get; set; }

    /// <summary>From now on so many are refused.</summary>
    internal void Refuse(int? count) => Volatile.Write(ref _left, count ?? int.MaxValue);

    public Uri? GetProxy(Uri destination) => Interlocked.Decrement(ref _left) >= 0 ? Nowhere : null;

    public bool IsBypassed(Uri host) => false;
}
