// SPDX-License-Identifier: MIT

using System.Net.Http.Json;
using System.Text.Json;
using PgCloud.Emulator;
using PgCloud.Engine.Providers.Ibm.Api;
using Xunit;

namespace PgCloud.Engine.Tests;

/// <summary>The emulator in this process, shared by the tests of a class: its faults and counts of calls, which are for both clouds.</summary>
public abstract class EmulatedApi : IAsyncLifetime, IDisposable
{
    private EmulatorHost? _host;

    private protected HttpClient Http { get; } = new();

    private protected StartLine Line => _host!.StartLine;

    /// <summary>How many times faster than in the clouds statuses change.</summary>
    private protected virtual double Speed => 600;

    /// <inheritdoc/>
    public abstract Task InitializeAsync();

    /// <inheritdoc/>
    public async Task DisposeAsync() => await _host!.DisposeAsync();

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Lets go of what it holds.</summary>
    protected virtual void Dispose(bool disposing) => Http.Dispose();

    /// <summary>Where an emulator has IBM Cloud's services.</summary>
    internal static IbmEndpoints IbmEndpointsOf(StartLine line) => IbmEndpoints.Resolve(
        new IbmSettings
        {
            Endpoints = new Dictionary<IbmService, string>
            {
                [IbmService.Iam] = line.IbmIam,
                [IbmService.ResourceController] = line.IbmResourceController,
                [IbmService.ResourceManager] = line.IbmResourceManager,
                [IbmService.GlobalCatalog] = line.IbmGlobalCatalog,
                [IbmService.GlobalTagging] = line.IbmTagging,
                [IbmService.ContextBasedRestrictions] = line.IbmContextBasedRestrictions,
            },
        },
        Ibm.Ibm.NoEnvironment);

    /// <summary>Starts the emulator.</summary>
    private protected async Task StartHostAsync() =>
        _host = await EmulatorHost.StartAsync(new EmulatorOptions { Speed = Speed, Quota = 1000 });

    /// <summary>Has the next call of that kind go wrong, or several.</summary>
    internal async Task FailNextAsync(string fault, string method, string path, int count = 1)
    {
        using HttpResponseMessage answer = await Http.PostAsJsonAsync(Line.Control + "/faults", new { fault, method, path, count });
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Has no call go wrong any more.</summary>
    internal async Task FailNoMoreAsync()
    {
        using HttpResponseMessage answer = await Http.DeleteAsync(new Uri(Line.Control + "/faults"));
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>How many calls of a method an action makes.</summary>
    internal Task<int> CallsAsync(string method, Func<Task> act) => CallsAsync(act, method);

    /// <summary>How many calls an action makes.</summary>
    internal async Task<int> CallsAsync(Func<Task> act, string? method = null, string route = "")
    {
        using HttpResponseMessage reset = await Http.DeleteAsync(new Uri(Line.Control + "/calls"));
        await act();
        using JsonDocument seen = JsonDocument.Parse(await Http.GetStringAsync(new Uri(Line.Control + "/calls")));
        return seen.RootElement.GetProperty("calls").EnumerateArray()
            .Where(c => method is null || c.GetProperty("method").GetString() == method)
            .Where(c => c.GetProperty("route").GetString()!.Contains(route, StringComparison.Ordinal))
            .Sum(c => c.GetProperty("count").GetInt32());
    }
}
