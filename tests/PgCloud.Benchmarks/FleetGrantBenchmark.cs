// SPDX-License-Identifier: MIT

using System.Globalization;

namespace PgCloud.Benchmarks;

/// <summary>
///   Grant-PgRole over 100 databases at once, against the slowest of the same grants one by one: on this machine, where the processors set
///   the pace, and over a link with a round trip of 20 ms, where waiting does.
/// </summary>
internal static class FleetGrantBenchmark
{
    private const int Databases = 100;
    private const int Throttle = 16;
    private const int Rounds = 3;

    internal static async Task RunAsync()
    {
        if (!Shell.IsThere())
        {
            return;
        }

        using var work = new Workspace();
        await using BenchmarkServer server = await BenchmarkServer.StartAsync(work.Path);
        await using var link = new DelayingProxy(server.Port, TimeSpan.FromMilliseconds(10));
        string script = work.Script("grant.ps1", $$"""
            {{server.ConnectionScript}}
            $names = 1..{{Databases}} | ForEach-Object { 'd{0:000}' -f $_ }
            $null = $connection | New-PgDatabase $names
            $null = $connection | New-PgRole ($names + 'd000')
            foreach ($port in $connection.Port, {{link.Port}}) {
                $records = $names | ForEach-Object {
                    $own = [PgCloud.PgConnection]@{
                        HostName = '127.0.0.1'; Port = $port; Database = $_; UserName = $connection.UserName
                        Credential = $connection.Credential; CaCertificate = $connection.CaCertificate
                    }
                    [pscustomobject]@{ Connection = $own; Member = $_ }
                }
                foreach ($round in 0..{{Rounds}}) {
                    $records | Revoke-PgRole pg_monitor
                    $slowest = ($records | ForEach-Object { (Measure-Command { $_ | Grant-PgRole pg_monitor }).TotalMilliseconds } | Measure-Object -Maximum).Maximum
                    $records | Revoke-PgRole pg_monitor
                    $all = (Measure-Command { $granted = $records | Grant-PgRole pg_monitor -ThrottleLimit {{Throttle}} -PassThru }).TotalMilliseconds
                    if (@($granted | Where-Object Change -EQ Created).Count -ne {{Databases}}) { throw 'Not all were granted.' }
                    # The first round warms up.
                    if ($round) { [string]::Format([cultureinfo]::InvariantCulture, '{0} {1}', $slowest, $all) }
                }
            }
            """);
        double[][] lines =
        [
            .. (await Shell.RunAsync(script)).Output.Trim().Split('\n')
                .Select(line => line.Split(' ').Select(n => double.Parse(n, CultureInfo.InvariantCulture)).ToArray()),
        ];
        Print("this machine", lines[..Rounds], false);
        Print("20 ms away", lines[Rounds..], true);
    }

    private static void Print(string where, double[][] rounds, bool isPromised)
    {
        double ratio = Pairs.Median([.. rounds.Select(r => r[1] / (r[0] * Databases / Throttle))]);
        Pairs.Print($"{where}: the slowest of {Databases} grants one by one", Pairs.Median([.. rounds.Select(r => r[0])]), "ms");
        Pairs.Print($"{where}: {Databases} databases at once", Pairs.Median([.. rounds.Select(r => r[1])]), "ms");
        string what = $"  over the slowest x {Databases} / {Throttle}";
        if (isPromised)
        {
            Pairs.Print(what, ratio, "x", 1.3);
        }
        else
        {
            Pairs.Print(what, ratio, "x");
        }
    }
}
