// SPDX-License-Identifier: MIT

using System.Net.Http.Json;
using System.Text.Json;
using PgCloud.Contracts;
using PgCloud.Emulator;
using PgCloud.Engine.Providers.Ovh;
using PgCloud.Engine.Providers.Ovh.Api;
using PgCloud.Engine.Sql.Credentials;

namespace PgCloud.Benchmarks;

/// <summary>An emulator of OVHcloud's API in this process, and the provider that calls it.</summary>
internal sealed class EmulatedAccount : IAsyncDisposable
{
    private readonly EmulatorHost _host;
    private readonly HttpClient _http = new();
    private readonly OvhClient _client;

    private EmulatedAccount(EmulatorHost host)
    {
        _host = host;
        _client = new OvhClient(
            OvhEndpoint.Parse(Line.Http),
            new OvhApplicationCredential(
                Line.ApplicationKey, Passwords.FromCharacters(Line.ApplicationSecret), Passwords.FromCharacters(Line.ConsumerKey)));
        Provider = new OvhProvider(new OvhProject(_client, Line.Project, "Orders", PollPace.OfRemoteApi));
    }

    /// <summary>The provider, with the pace it has for users.</summary>
    internal OvhProvider Provider { get; }

    /// <summary>Where the emulator is, and its credentials.</summary>
    internal StartLine Line => _host.StartLine;

    internal static async Task<EmulatedAccount> StartAsync(EmulatorOptions options) => new(await EmulatorHost.StartAsync(options));

    /// <summary>Makes services that are only listed.</summary>
    internal async Task SeedAsync(int count)
    {
        using HttpResponseMessage answer = await _http.PostAsJsonAsync(Line.Control + "/services", new { count });
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Has every call take at least that long.</summary>
    internal async Task DelayAsync(int milliseconds)
    {
        using HttpResponseMessage answer = await _http.PutAsJsonAsync(Line.Control + "/latency", new { milliseconds });
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>How many calls an action makes.</summary>
    internal async Task<int> CallsAsync(Func<Task> act)
    {
        using HttpResponseMessage reset = await _http.DeleteAsync(new Uri(Line.Control + "/calls"));
        await act();
        using JsonDocument seen = JsonDocument.Parse(await _http.GetStringAsync(new Uri(Line.Control + "/calls")));
        return seen.RootElement.GetProperty("total").GetInt32();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        _http.Dispose();
        await _host.DisposeAsync();
    }
}
