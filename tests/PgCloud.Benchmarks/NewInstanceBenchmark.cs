// SPDX-License-Identifier: MIT

using System.Globalization;
using PgCloud.Contracts;
using PgCloud.Engine.Providers.Local;

namespace PgCloud.Benchmarks;

/// <summary>What New-PgInstance costs over initdb and pg_ctl by hand with the same options.</summary>
internal static class NewInstanceBenchmark
{
    internal static async Task RunAsync()
    {
        using var work = new Workspace();
        PostgresInstallation installation = await InstallationFinder.FindAsync(null, null, CancellationToken.None);
        double[][] times = Shell.IsThere()
            ? await Pairs.MeasureAsync(7, () => ByHandAsync(installation, work), () => InProcessAsync(work), () => InFreshShellAsync(work))
            : await Pairs.MeasureAsync(7, () => ByHandAsync(installation, work), () => InProcessAsync(work));

        Pairs.Print($"initdb + pg_ctl start by hand (PostgreSQL {installation.VersionText})", Pairs.Median(times[0]), "ms");
        Pairs.Print("ratio: the provider over by hand, in a process that has done it before", Ratio(times, 1), "x", 1.25);
        if (times.Length > 2)
        {
            Pairs.Print("ratio: New-PgInstance over by hand, the first in a fresh pwsh", Ratio(times, 2), "x", 1.25);
        }
    }

    private static double Ratio(double[][] times, int way) => Pairs.MedianOf(times[way], times[0], (a, b) => a / b);

    private static async Task<double> InProcessAsync(Workspace work)
    {
        var provider = new LocalProvider(work.Path);
        PgInstance? made = null;
        double took = await Pairs.TimeAsync(async () =>
            made = await provider.CreateInstanceAsync(new NewInstanceRequest("bench"), Silence.Instance, CancellationToken.None));
        await provider.RemoveInstanceAsync(made!, Silence.Instance, CancellationToken.None);
        return took;
    }

    // The shell's own start is not counted: the cmdlet is timed inside it.
    private static async Task<double> InFreshShellAsync(Workspace work)
    {
        string script = work.Script("new.ps1", $$"""
            Import-Module '{{Shell.Root}}/PgCloud.psd1'
            $null = Connect-PgCloud Local -StateDirectory '{{work.Path}}'
            (Measure-Command { New-PgInstance shell }).TotalMilliseconds
            Remove-PgInstance shell -Confirm:$false
            """);
        return double.Parse((await Shell.RunAsync(script)).Output, CultureInfo.InvariantCulture);
    }

    private static async Task<double> ByHandAsync(PostgresInstallation installation, Workspace work)
    {
        ServerAccount? account = ServerAccount.Choose();
        string directory = Directory.CreateDirectory(Path.Combine(work.Path, "by-hand")).FullName;
        string password = Path.Combine(directory, "password");
        string data = Path.Combine(directory, "data");
        await File.WriteAllTextAsync(password, "by hand");
        account?.Own(directory);
        account?.Own(password);
        string options = string.Create(
            CultureInfo.InvariantCulture, $"-p {ServerPort.FindFree()} -c listen_addresses=127.0.0.1 -c unix_socket_directories=''");
        double took = await Pairs.TimeAsync(async () =>
        {
            await MustAsync(installation, account, "initdb", ["-D", data, "-U", LocalRoles.Superuser, "--pwfile", password, "--auth", "scram-sha-256",
                "--encoding", "UTF8", "--locale", "C.UTF-8", "--data-checksums"]);
            await MustAsync(installation, account, "pg_ctl", ["start", "-s", "-w", "-D", data, "-l", Path.Combine(directory, "log"), "-o", options]);
        });
        await MustAsync(installation, account, "pg_ctl", ["stop", "-s", "-w", "-m", "fast", "-D", data]);
        Directory.Delete(directory, recursive: true);
        return took;
    }

    private static async Task MustAsync(PostgresInstallation installation, ServerAccount? account, string program, string[] arguments)
    {
        ProgramResult result = await ProgramRunner.RunAsync(installation.Program(program), arguments, account, CancellationToken.None);
        if (result.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program}: {result.Problem}");
        }
    }
}
