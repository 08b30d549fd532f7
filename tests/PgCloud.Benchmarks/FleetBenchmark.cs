// SPDX-License-Identifier: MIT

using System.Diagnostics;
using System.Globalization;
using PgCloud.Emulator;

namespace PgCloud.Benchmarks;

/// <summary>
///   Get-PgInstance | Add-PgAuthorisedIp over 10 to 1,000 instances where each call takes 100 ms, against a plain loop with OVHcloud's own
///   client in one process.
/// </summary>
internal static class FleetBenchmark
{
    private const int Latency = 100;
    private const int Throttle = 16;

    internal static async Task RunAsync()
    {
        if (!Shell.IsThere())
        {
            return;
        }

        foreach (int count in new[] { 10, 100, 300, 1000 })
        {
            await MeasureAsync(count);
        }

        await LoopAsync(1000);
    }

    private static async Task MeasureAsync(int count)
    {
        await using EmulatedAccount account = await StartAsync(count);
        using var work = new Workspace();
        string script = work.Script("fleet.ps1", $$"""
            Import-Module '{{Shell.Root}}/PgCloud.psd1'
            $secret = ConvertTo-SecureString '{{account.Line.ApplicationSecret}}' -AsPlainText -Force
            $key = ConvertTo-SecureString '{{account.Line.ConsumerKey}}' -AsPlainText -Force
            $application = [pscredential]::new('{{account.Line.ApplicationKey}}', $secret)
            $null = Connect-PgCloud Ovh -Endpoint '{{account.Line.Http}}' -ApplicationCredential $application -ConsumerKey $key -Project Orders
            $null = Invoke-RestMethod '{{account.Line.Control}}/calls' -Method Delete
            $watch = [System.Diagnostics.Stopwatch]::StartNew()
            $changed = 0
            Get-PgInstance | Add-PgAuthorisedIp -Address 203.0.113.7 -ThrottleLimit {{Throttle}} -PassThru | ForEach-Object { $changed += $_.Change -eq 'Created' }
            $watch.Stop()
            $calls = (Invoke-RestMethod '{{account.Line.Control}}/calls').total
            "$changed $($watch.ElapsedMilliseconds) $calls $([System.Diagnostics.Process]::GetCurrentProcess().PeakWorkingSet64)"
            """);
        long[] answer = [.. (await Shell.RunAsync(script)).Output.Trim().Split(' ').Select(n => long.Parse(n, CultureInfo.InvariantCulture))];
        if (answer[0] != count)
        {
            throw new InvalidOperationException($"{answer[0]} of {count} instances were changed.");
        }

        // One call is the list.
        double callsOfOne = (answer[2] - 1) / (double)count;
        double ideal = count * callsOfOne * Latency / Throttle;
        Pairs.Print($"{count} instances: calls of each", callsOfOne, string.Empty);
        Pairs.Print($"{count} instances: the whole pipeline", answer[1] / 1000.0, "s");
        if (count == 1000)
        {
            Pairs.Print($"  over {count} x calls x {Latency} ms / {Throttle}", answer[1] / ideal, "x", 1.15);
            Pairs.Print("  peak memory of that pwsh", answer[3] / 1048576.0, "MB", 250);
        }
        else
        {
            Pairs.Print($"  over {count} x calls x {Latency} ms / {Throttle}", answer[1] / ideal, "x");
            Pairs.Print("  peak memory of that pwsh", answer[3] / 1048576.0, "MB");
        }
    }

    private static async Task LoopAsync(int count)
    {
        string client = Path.Combine(Shell.Root, "tests", "npm-client");
        if (!Directory.Exists(Path.Combine(client, "node_modules", "ovh")))
        {
            Console.WriteLine("not measured: OVHcloud's client is not installed; tests/npm-client/install.sh does.");
            return;
        }

        await using EmulatedAccount account = await StartAsync(count);
        var start = new ProcessStartInfo("node", [Path.Combine(client, "fleet-loop.js")]) { RedirectStandardOutput = true };
        start.Environment["EMULATOR_URL"] = account.Line.Https;
        start.Environment["NODE_EXTRA_CA_CERTS"] = account.Line.CaFile;
        start.Environment["APPLICATION_KEY"] = account.Line.ApplicationKey;
        start.Environment["APPLICATION_SECRET"] = account.Line.ApplicationSecret;
        start.Environment["CONSUMER_KEY"] = account.Line.ConsumerKey;
        start.Environment["PROJECT"] = account.Line.Project;
        using Process process = Process.Start(start)!;
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Pairs.Print(
            $"{count} instances: a plain loop with OVHcloud's client", double.Parse(output, CultureInfo.InvariantCulture) / 1000, "s");
    }

    private static async Task<EmulatedAccount> StartAsync(int count)
    {
        EmulatedAccount account = await EmulatedAccount.StartAsync(
            new EmulatorOptions { Quota = count, IpChange = TimeSpan.Zero, CheckAnswers = false });
        await account.SeedAsync(count);
        await account.DelayAsync(Latency);
        return account;
    }
}
