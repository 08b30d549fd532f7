// SPDX-License-Identifier: MIT

using System.Net.Http.Json;
using PgCloud.Contracts;
using PgCloud.Engine.Http;
using PgCloud.Engine.Providers.Ovh;
using PgCloud.Engine.Providers.Ovh.Api;
using PgCloud.Engine.Providers.Ovh.Network;
using PgCloud.Engine.Sql.Credentials;

namespace PgCloud.Engine.Tests.Ovh.Provider;

/// <summary>The emulator, shared by the tests of a class, with one instance that has a server.</summary>
public class EmulatedCloud : EmulatedApi
{
    // Another emulator may get the same port later, and must inherit neither.
    private readonly ApiPaceRegistry _paces = new();
    private readonly ApiCircuitRegistry _circuits = new();

    internal PgInstance Orders { get; private set; } = null!;

    internal OvhProvider Provider { get; private set; } = null!;

    /// <inheritdoc/>
    public override async Task InitializeAsync()
    {
        await StartAsync();
        PgInstance made = await Provider.CreateInstanceAsync(
            new NewInstanceRequest("orders") { Region = "GRA", AuthorisedIps = [new AuthorisedIpRequest("127.0.0.1/32", null, null)] },
            new Heard(),
            CancellationToken.None);
        Orders = await ReadyAsync(made);
    }

    /// <summary>A provider as another process would have it.</summary>
    internal OvhProvider NewProvider(TimeSpan? settle = null) => new(NewProject(settle));

    /// <summary>The project, with the patience of a test.</summary>
    internal OvhProject NewProject(TimeSpan? settle = null) => new(
        NewClient(), Line.Project, "Orders", new PollPace(TimeSpan.FromMilliseconds(40), TimeSpan.FromMilliseconds(400)))
    {
        Contention = new AccessContention
        {
            Window = TimeSpan.FromMilliseconds(200),
            Settle = settle ?? TimeSpan.FromMilliseconds(600),
            Timeout = TimeSpan.FromMinutes(2),
        },
    };

    /// <summary>Starts the emulator alone.</summary>
    private protected async Task StartAsync()
    {
        await StartHostAsync();
        Provider = NewProvider();
    }

    /// <summary>Replaces the list of addresses as somebody does who does not read it first.</summary>
    internal async Task WriteAddressesAsync(PgInstance instance, string range)
    {
        using OvhClient client = NewClient();
        await client.PutAsync(
            $"/cloud/project/{Line.Project}/database/postgresql/{instance.Id}",
            new { ipRestrictions = new[] { new { ip = range, description = "another's" } } },
            new Heard(),
            CancellationToken.None);
    }

    /// <summary>Waits until an instance can be worked on.</summary>
    internal async Task<PgInstance> ReadyAsync(PgInstance instance)
    {
        PgInstance? seen = null;
        for (int look = 0; look < 2400 && seen?.Status != PgInstanceStatus.Ready; look++)
        {
            await Task.Delay(50);
            seen = await Provider.FindInstanceAsync(instance.Id, new Heard(), CancellationToken.None);
        }

        return seen!.Status == PgInstanceStatus.Ready ? seen : throw new TimeoutException($"{seen} is {seen.Status}");
    }

    private OvhClient NewClient() => new(
        OvhEndpoint.Parse(Line.Http),
        new OvhApplicationCredential(
            Line.ApplicationKey, Passwords.FromCharacters(Line.ApplicationSecret), Passwords.FromCharacters(Line.ConsumerKey)),
        Ovh.Impatient with { AttemptTimeout = TimeSpan.FromSeconds(120), Paces = _paces, Circuits = _circuits });

    /// <summary>Makes services that are only listed.</summary>
    internal async Task<IReadOnlyList<string>> SeedAsync(int count, string? description = null)
    {
        using HttpResponseMessage answer = await Http.PostAsJsonAsync(Line.Control + "/services", new { count, description });
        return (await answer.Content.ReadFromJsonAsync<string[]>())!;
    }

    /// <summary>Makes one that is only listed, in a state that stays.</summary>
    internal async Task<string> SeedAsync(string description, string status)
    {
        using HttpResponseMessage answer = await Http.PostAsJsonAsync(Line.Control + "/services", new { count = 1, description, status });
        return (await answer.Content.ReadFromJsonAsync<string[]>())![0];
    }

    /// <summary>Gives an instance a state that stays.</summary>
    internal async Task SetStatusAsync(PgInstance instance, string status)
    {
        using HttpResponseMessage answer = await Http.PutAsJsonAsync($"{Line.Control}/services/{instance.Id}", new { status });
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Has something befall a service, by a control route of the emulator.</summary>
    internal async Task BefallAsync(PgInstance instance, string rest, object what)
    {
        var route = new Uri($"{Line.Control}/services/{instance.Id}{rest}");
        using HttpResponseMessage answer = rest.Length == 0 ? await Http.PutAsJsonAsync(route, what) : await Http.PostAsJsonAsync(route, what);
        answer.EnsureSuccessStatusCode();
    }
}
