// SPDX-License-Identifier: MIT

using System.Net.Http.Json;
using PgCloud.Contracts;
using PgCloud.Engine.Http;
using PgCloud.Engine.Providers.Ibm;
using PgCloud.Engine.Providers.Ibm.Api;
using PgCloud.Engine.Sql.Credentials;

namespace PgCloud.Engine.Tests.Ibm.Provider;

/// <summary>IBM Cloud's services as the emulator has them. Its instances have no server.</summary>
public class EmulatedIbm : EmulatedApi
{
    // Another emulator may get the same port later, and must not inherit the pace.
    private readonly ApiPaceRegistry _paces = new();
    private readonly ApiCircuitRegistry _circuits = new();

    internal IbmProvider Provider { get; private set; } = null!;

    internal string AccountId => Line.IbmAccountId;

    internal string Group => Line.IbmResourceGroup;

    /// <inheritdoc/>
    public override async Task InitializeAsync()
    {
        await StartHostAsync();
        Provider = NewProvider();
    }

    /// <summary>A client as another process would have it.</summary>
    internal IbmClient NewClient() => new(
        IbmEndpointsOf(Line),
        new IbmApiKeyCredential(Passwords.FromCharacters(Line.IbmApiKey)),
        Ibm.Impatient with { AttemptTimeout = TimeSpan.FromSeconds(120), Paces = _paces, Circuits = _circuits });

    /// <summary>A provider as another process would have it, with the patience of a test.</summary>
    internal IbmProvider NewProvider() => new(new IbmAccount(
        NewClient(),
        new IbmResourceGroup { Id = Group, Name = "Default", AccountId = AccountId },
        isNarrowed: false,
        "ca-mon",
        new PollPace(TimeSpan.FromMilliseconds(40), TimeSpan.FromMilliseconds(400))));

    /// <summary>Makes instances that are only listed.</summary>
    internal async Task<IReadOnlyList<string>> SeedAsync(int count, string? name = null)
    {
        using HttpResponseMessage answer = await Http.PostAsJsonAsync(Line.Control + "/ibm/instances", new { count, name });
        return (await answer.Content.ReadFromJsonAsync<string[]>())!;
    }

    /// <summary>Makes one that is only listed, in that state.</summary>
    internal async Task<string> SeedAsync(string name, string state)
    {
        using HttpResponseMessage answer = await Http.PostAsJsonAsync(Line.Control + "/ibm/instances", new { count = 1, name, state });
        return (await answer.Content.ReadFromJsonAsync<string[]>())![0];
    }

    /// <summary>Gives an instance a state.</summary>
    internal async Task SetStateAsync(string id, string state)
    {
        using HttpResponseMessage answer = await Http.PutAsJsonAsync($"{Line.Control}/ibm/instances/{id}", new { state });
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Makes one that is only listed.</summary>
    internal async Task<PgInstance> NewInstanceAsync(string? name = null) =>
        (await Provider.FindInstanceAsync((await SeedAsync(1, name))[0], new Heard(), CancellationToken.None))!;

    /// <summary>The zones and rules of the account, as JSON.</summary>
    internal Task<string> RestrictionsAsync() => Http.GetStringAsync($"{Line.Control}/ibm/restrictions");

    /// <summary>Has another client replace a zone or a rule just before its next change.</summary>
    internal async Task RaceAsync(string kind, string id, object content)
    {
        using HttpResponseMessage answer = await Http.PostAsJsonAsync($"{Line.Control}/ibm/{kind}s/{id}/race", content);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Sets what the sources tell in more than one way.</summary>
    internal async Task SetQuirksAsync(object quirks)
    {
        using HttpResponseMessage answer = await Http.PutAsJsonAsync(Line.Control + "/ibm/quirks", quirks);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>The zones of an instance that the module made; a list has the first few addresses of each.</summary>
    internal async Task<IReadOnlyList<IbmZone>> ZonesAsync(PgInstance instance)
    {
        using IbmClient client = NewClient();
        return await new IbmRestrictions(client).ListZonesAsync(AccountId, $"pgcloud-{instance.Id}", new Heard(), CancellationToken.None);
    }

    /// <summary>The rules about an instance.</summary>
    internal async Task<IReadOnlyList<IbmRule>> RulesAsync(PgInstance instance)
    {
        using IbmClient client = NewClient();
        return await new IbmRestrictions(client).ListRulesAsync(
            AccountId, IbmAccount.ServiceName, instance.Id, new Heard(), CancellationToken.None);
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
}
