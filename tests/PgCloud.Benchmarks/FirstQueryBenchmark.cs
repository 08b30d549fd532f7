// SPDX-License-Identifier: MIT

using System.Globalization;
using PgCloud.Engine.Providers.Local;

namespace PgCloud.Benchmarks;

/// <summary>What import, connect and a first query add to a bare shell: on a plain socket and over verified TLS, precompiled and not.</summary>
internal static class FirstQueryBenchmark
{
    internal static async Task RunAsync()
    {
        if (!Shell.IsThere())
        {
            return;
        }

        using var work = new Workspace();
        await using BenchmarkServer server = await BenchmarkServer.StartAsync(work.Path);
        string manifest = Path.Combine(Shell.Root, "PgCloud.psd1");
        string compiledAtRunTime = await work.ModuleWithoutPrecompilationAsync();

        string bare = work.Script("bare.ps1", "1");
        string plain = work.Script("plain.ps1", Query(manifest, server, "Disable"));
        string tls = work.Script("tls.ps1", Query(manifest, server, "VerifyFull"));
        string plainLate = work.Script("plain-late.ps1", Query(compiledAtRunTime, server, "Disable"));
        string tlsLate = work.Script("tls-late.ps1", Query(compiledAtRunTime, server, "VerifyFull"));
        foreach (string script in new[] { plain, tls, plainLate, tlsLate })
        {
            string shown = work.Script("shown.ps1", $". '{script}'\n$answer.one");
            if ((await Shell.RunAsync(shown)).Output.Trim() != "1")
            {
                throw new InvalidOperationException($"{script} gave no answer.");
            }
        }

        double[][] times = await Pairs.MeasureAsync(
            11,
            () => Shell.TimeAsync(bare),
            () => Shell.TimeAsync(plain),
            () => Shell.TimeAsync(tls),
            () => Shell.TimeAsync(plainLate),
            () => Shell.TimeAsync(tlsLate));

        double Over(int way) => Pairs.MedianOf(times[way], times[0], (a, b) => a - b);
        double Ratio(int way) => Pairs.MedianOf(times[way], times[0], (a, b) => a / b);
        Pairs.Print("bare shell", Pairs.Median(times[0]), "ms");
        Pairs.PrintBeyondShell("import, connect, first query over bare: plain socket", times[1], times[0], 145);
        Pairs.PrintBeyondShell("import, connect, first query over bare: verified TLS", times[2], times[0], 190);
        Pairs.Print("  the same, not precompiled: plain socket", Over(3), "ms");
        Pairs.Print("  the same, not precompiled: verified TLS", Over(4), "ms");
        Pairs.Print("ratio to the bare shell: plain socket", Ratio(1), "x");
        Pairs.Print("ratio to the bare shell: verified TLS", Ratio(2), "x");
    }

    private static string Query(string manifest, BenchmarkServer server, string tlsMode) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""
        Import-Module '{{manifest}}'
        $connection = [PgCloud.PgConnection]@{
            HostName = '127.0.0.1'; Port = {{server.Port}}; Database = '{{LocalRoles.DefaultDatabase}}'; UserName = '{{BenchmarkServer.UserName}}'
            Credential = [pscredential]::new('{{BenchmarkServer.UserName}}', [System.Net.NetworkCredential]::new('', '{{BenchmarkServer.Password}}').SecurePassword)
            CaCertificate = [System.IO.File]::ReadAllText('{{server.CaPath}}'); TlsMode = '{{tlsMode}}'
        }
        $answer = Invoke-PgQuery 'SELECT 1 AS one' -Connection $connection
        """);
}
