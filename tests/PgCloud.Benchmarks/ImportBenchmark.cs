// SPDX-License-Identifier: MIT

namespace PgCloud.Benchmarks;

/// <summary>What Import-Module PgCloud adds to a bare shell.</summary>
internal static class ImportBenchmark
{
    internal static async Task RunAsync()
    {
        if (!Shell.IsThere())
        {
            return;
        }

        using var work = new Workspace();
        string bare = work.Script("bare.ps1", "1");
        string import = work.Script("import.ps1", $"Import-Module '{Shell.Root}/PgCloud.psd1'\n1");
        double[][] times = await Pairs.MeasureAsync(15, () => Shell.TimeAsync(bare), () => Shell.TimeAsync(import));
        Pairs.Print("bare shell", Pairs.Median(times[0]), "ms");
        Pairs.Print("shell that imports PgCloud", Pairs.Median(times[1]), "ms");
        Pairs.Print("ratio, import over bare", Pairs.MedianOf(times[1], times[0], (a, b) => a / b), "x");
        Pairs.PrintBeyondShell("import over the bare shell", times[1], times[0], 40);

        string loaded = work.Script("loaded.ps1", $"""
            Import-Module '{Shell.Root}/PgCloud.psd1'
            ([AppDomain]::CurrentDomain.GetAssemblies().GetName().Name -match '^(Npgsql|Newtonsoft.Json|Polly|PgCloud.Engine)').Count
            """);
        // Newtonsoft.Json is PowerShell's own; the engine's copy would be a second one.
        string bareLoaded = work.Script("bare-loaded.ps1",
            "([AppDomain]::CurrentDomain.GetAssemblies().GetName().Name -match '^(Npgsql|Newtonsoft.Json|Polly|PgCloud.Engine)').Count");
        int added = int.Parse((await Shell.RunAsync(loaded)).Output, null) - int.Parse((await Shell.RunAsync(bareLoaded)).Output, null);
        Pairs.Print("assemblies of the engine loaded by the import", added, string.Empty, 0);
    }
}
