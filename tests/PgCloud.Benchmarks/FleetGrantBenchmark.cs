// SPDX-License-Identifier: MIT

using System.Globalization;

namespace PgCloud.Benchmarks;

/// <summary>
///   Grant-PgRole over 100 databases at once, against the slowest of the same grants one by one: on this machine, where nothing waits and more at
///   once than it has processors cannot help, and over a link with a round trip of 20 ms, where waiting sets the pace.
/// </summary>
internal static class FleetGrantBenchmark
{
    private const int Databases = 100;
    private const int Rounds = 3;

    private static readonly int[] Here = [2, 4, 8, 16];
    private static readonly int[] Away = [16];

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
            foreach ($where in @{ Port = $connection.Port; Throttles = {{string.Join(", ", Here)}} }, @{ Port = {{link.Port}}; Throttles = {{string.Join(", ", Away)}} }) {
                $records = $names | ForEach-Object {
                    $own = [PgCloud.PgConnection]@{
                        HostName = '127.0.0.1'; Port = $where.Port; Database = $_; UserName = $connection.UserName
                        Credential = $connection.Credential; CaCertificate = $connection.CaCertificate
                    }
                    [pscustomobject]@{ Connection = $own; Member = $_ }
                }
                foreach ($round in 0..{{Rounds}}) {
                    $records | Revoke-PgRole pg_monitor
                    $slowest = ($records | ForEach-Object { (Measure-Command { $_ | Grant-PgRole pg_monitor }).TotalMilliseconds } | Measure-Object -Maximum).Maximum
                    $all = foreach ($throttle in $where.Throttles) {
                        $records | Revoke-PgRole pg_monitor
                        (Measure-Command { $granted = $records | Grant-PgRole pg_monitor -ThrottleLimit $throttle -PassThru }).TotalMilliseconds
                        if (@($granted | Where-Object Change -EQ Created).Count -ne {{Databases}}) { throw 'Not all were granted.' }
                    }
                    # The first round warms up.
                    if ($round) { (@($slowest) + $all).ForEach({ $_.ToString([cultureinfo]::InvariantCulture) }) -join ' ' }
                }
            }
            """);
        double[][] lines =
        [
            .. (await Shell.RunAsync(script)).Output.Trim().Split('\n')
                .Select(line => line.Split(' ').Select(n => double.Parse(n, CultureInfo.InvariantCulture)).ToArray()),
        ];
        Print("this machine", lines[..Rounds], Here);
        Print("20 ms away", lines[Rounds..], Away);
    }

    private static void Print(string where, double[][] rounds, int[] throttles)
    {
        Pairs.Print($"{where}: the slowest of {Databases} grants one by one", Pairs.Median([.. rounds.Select(r => r[0])]), "ms");
        foreach ((int index, int throttle) in throttles.Index())
        {
            double ratio = Pairs.Median([.. rounds.Select(r => r[index + 1] / (r[0] * Databases / throttle))]);
            Pairs.Print($"{where}: {Databases} databases, {throttle} at once", Pairs.Median([.. rounds.Select(r => r[index + 1])]), "ms");
            Pairs.Print($"  over the slowest x {Databases} / {throttle}", ratio, "x", 1.3);
        }
    }
}
