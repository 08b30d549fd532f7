// SPDX-License-Identifier: MIT

using System.Diagnostics;

namespace PgCloud.Benchmarks;

/// <summary>Runs scripts in a fresh PowerShell and times the whole process.</summary>
internal static class Shell
{
    /// <summary>The top of the repository.</summary>
    internal static string Root { get; } = FindRoot();

    /// <summary>Whether there is a PowerShell; says so in one line where there is none.</summary>
    internal static bool IsThere()
    {
        bool found = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator)
            .Any(d => File.Exists(Path.Combine(d, "pwsh")) || File.Exists(Path.Combine(d, "pwsh.exe")));
        if (!found)
        {
            Console.WriteLine("not measured: there is no pwsh on PATH.");
        }

        return found;
    }

    /// <summary>Runs a script file and gives the time in milliseconds.</summary>
    internal static async Task<double> TimeAsync(string script) => (await RunAsync(script)).Milliseconds;

    /// <summary>Runs a script file and gives what it printed and the time in milliseconds.</summary>
    internal static async Task<(double Milliseconds, string Output)> RunAsync(string script)
    {
        var start = new ProcessStartInfo("pwsh", ["-NoProfile", "-NonInteractive", "-File", script])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["POWERSHELL_TELEMETRY_OPTOUT"] = "1";
        start.Environment["NO_COLOR"] = "1";
        long begun = Stopwatch.GetTimestamp();
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        double milliseconds = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
        return process.ExitCode == 0 && (await error).Length == 0
            ? (milliseconds, output)
            : throw new InvalidOperationException($"{script} ended with exit code {process.ExitCode}: {await error}{output}");
    }

    private static string FindRoot()
    {
        string directory = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(directory, "PgCloud.psd1")))
        {
            directory = Path.GetDirectoryName(directory) ?? throw new InvalidOperationException("PgCloud.psd1 is not above this program.");
        }

        return directory;
    }
}
