// SPDX-License-Identifier: MIT

using System.Globalization;
using System.Net.Http.Json;
using PgCloud.Contracts;
using PgCloud.Emulator;
using PgCloud.Engine.Providers.Ibm;
using PgCloud.Engine.Sql.Credentials;

namespace PgCloud.Benchmarks;

/// <summary>What a list of 200 instances of IBM Cloud costs where each call takes 50 ms, and how soon a new instance can be used.</summary>
internal static class IbmListBenchmark
{
    private const int Instances = 200;
    private const int Latency = 50;

    internal static async Task RunAsync()
    {
        await using EmulatorHost host = await EmulatorHost.StartAsync(new EmulatorOptions());
        using var http = new HttpClient();
        await MustAsync(http.PostAsJsonAsync($"{host.StartLine.Control}/ibm/instances", new { count = Instances }));
        await MustAsync(http.PutAsJsonAsync($"{host.StartLine.Control}/latency", new { milliseconds = Latency }));
        ICloudProvider provider = await IbmConnector.ConnectAsync(AccountOf(host.StartLine), Silence.Instance, CancellationToken.None);
        double[][] times = await Pairs.MeasureAsync(7, () => Pairs.TimeAsync(() => ListAsync(provider)));
        Pairs.Print("a list of 200 instances, 100 a page", Pairs.Median(times[0]), "ms", 1000);
    }

    /// <summary>How long after an instance is active New-PgInstance -Wait has it, in a shell of its own.</summary>
    internal static async Task RunReadyAsync()
    {
        if (!Shell.IsThere())
        {
            return;
        }

        using var work = new Workspace();
        await using EmulatorHost host = await EmulatorHost.StartAsync(new EmulatorOptions { Speed = 30 });
        StartLine line = host.StartLine;
        string script = work.Script("ready.ps1", $$"""
            Import-Module '{{Shell.Root}}/PgCloud.psd1'
            $urls = @{
                Iam = '{{line.IbmIam}}'; ResourceController = '{{line.IbmResourceController}}'; ResourceManager = '{{line.IbmResourceManager}}'
                GlobalCatalog = '{{line.IbmGlobalCatalog}}'; GlobalTagging = '{{line.IbmTagging}}'
                ContextBasedRestrictions = '{{line.IbmContextBasedRestrictions}}'
            }
            $null = Connect-PgCloud Ibm -ApiKey (ConvertTo-SecureString '{{line.IbmApiKey}}' -AsPlainText -Force) -ServiceUrl $urls -Region ca-mon
            $instance = New-PgInstance bench -Wait
            $active = [datetimeoffset] $instance.Detail.UpdatedAt
            $usable = New-PgManagerUser $instance -Name ops | Test-PgConnection
            if (-not $usable) { throw 'The instance cannot be used.' }
            ([datetimeoffset]::UtcNow - $active).TotalSeconds
            """);
        double seconds = double.Parse((await Shell.RunAsync(script)).Output, CultureInfo.InvariantCulture);
        Pairs.Print("from active to a connection that works, a manager user made in between", seconds, "s", PollPace.OfRemoteApi.Longest.TotalSeconds + 1);
    }

    private static CloudAccountRequest AccountOf(StartLine line) => new()
    {
        ApiKey = Passwords.FromCharacters(line.IbmApiKey),
        ServiceEndpoints = new Dictionary<string, string>
        {
            ["Iam"] = line.IbmIam,
            ["ResourceController"] = line.IbmResourceController,
            ["ResourceManager"] = line.IbmResourceManager,
            ["GlobalCatalog"] = line.IbmGlobalCatalog,
            ["GlobalTagging"] = line.IbmTagging,
            ["ContextBasedRestrictions"] = line.IbmContextBasedRestrictions,
        },
    };

    private static async Task ListAsync(ICloudProvider provider)
    {
        IReadOnlyList<PgInstance> all = await provider.GetInstancesAsync(Silence.Instance, CancellationToken.None);
        if (all.Count != Instances)
        {
            throw new InvalidOperationException($"{all.Count} instances were listed.");
        }
    }

    private static async Task MustAsync(Task<HttpResponseMessage> call)
    {
        using HttpResponseMessage answer = await call;
        answer.EnsureSuccessStatusCode();
    }
}
