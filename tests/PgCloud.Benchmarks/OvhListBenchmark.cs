// SPDX-License-Identifier: MIT

using PgCloud.Emulator;

namespace PgCloud.Benchmarks;

/// <summary>What a list of 500 instances costs where each call takes 50 ms: as objects, and where the API gives ids only.</summary>
internal static class OvhListBenchmark
{
    private const int Instances = 500;
    private const int Latency = 50;

    internal static async Task RunAsync()
    {
        await using EmulatedAccount objects = await StartAsync(paging: true);
        await using EmulatedAccount ids = await StartAsync(paging: false);
        double[][] times = await Pairs.MeasureAsync(7, () => TimeAsync(objects), () => TimeAsync(ids));
        Pairs.Print("calls for 500 instances, with the paging header", await objects.CallsAsync(() => ListAsync(objects)), string.Empty, 5);
        Pairs.Print("calls for 500 instances, by their ids", await ids.CallsAsync(() => ListAsync(ids)), string.Empty, Instances + 1);
        Pairs.Print("with the paging header", Pairs.Median(times[0]), "ms", 1000);
        Pairs.Print("by their ids", Pairs.Median(times[1]), "ms", 4000);
        Pairs.Print("  one after another it would wait", (Instances + 1) * Latency, "ms");
        Pairs.Print("ratio: by ids over with the header", Pairs.MedianOf(times[1], times[0], (a, b) => a / b), "x");
    }

    private static async Task<EmulatedAccount> StartAsync(bool paging)
    {
        EmulatedAccount account = await EmulatedAccount.StartAsync(new EmulatorOptions { Quota = Instances, Paging = paging });
        await account.SeedAsync(Instances);
        await account.DelayAsync(Latency);
        return account;
    }

    private static Task<double> TimeAsync(EmulatedAccount account) => Pairs.TimeAsync(() => ListAsync(account));

    private static async Task ListAsync(EmulatedAccount account)
    {
        IReadOnlyList<PgInstance> all = await account.Provider.GetInstancesAsync(Silence.Instance, CancellationToken.None);
        if (all.Count != Instances)
        {
            throw new InvalidOperationException($"{all.Count} instances were listed.");
        }
    }
}
