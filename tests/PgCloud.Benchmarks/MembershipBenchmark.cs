// SPDX-License-Identifier: MIT

using PgCloud.Engine.Sql;

namespace PgCloud.Benchmarks;

/// <summary>What 2,000 memberships cost, on this machine and over a link with a round trip of 20 ms.</summary>
internal static class MembershipBenchmark
{
    internal static async Task RunAsync()
    {
        using var work = new Workspace();
        await using BenchmarkServer server = await BenchmarkServer.StartAsync(work.Path);
        await using MembershipWays ways = await MembershipWays.OpenAsync(server, server.Port, work);
        double[][] times = await Pairs.MeasureAsync(
            11,
            () => ways.TimeFirstAsync(ways.BatchAsync),
            () => ways.TimeFirstAsync(ways.PgCloudAsync),
            () => Pairs.TimeAsync(ways.PgCloudAgainAsync),
            () => ways.TimeFirstAsync(ways.BatchOfRolesAsync),
            () => ways.TimeFirstAsync(ways.PsqlFileAsync),
            () => ways.TimeFirstAsync(ways.PsqlStringAsync),
            () => ways.TimeFirstAsync(ways.LoopAsync));

        Pairs.Print("one NpgsqlBatch of 2,000 GRANTs", Pairs.Median(times[0]), "ms");
        Pairs.Print("PgCloud, 2,000 records, inspection included", Pairs.Median(times[1]), "ms");
        Pairs.Print("PgCloud again, all being there", Pairs.Median(times[2]), "ms");
        Pairs.Print("one NpgsqlBatch of 20 GRANTs to 100 members", Pairs.Median(times[3]), "ms");
        Pairs.Print("psql -1 -f", Pairs.Median(times[4]), "ms");
        Pairs.Print("psql -c, all in one string", Pairs.Median(times[5]), "ms");
        Pairs.Print("one command after another", Pairs.Median(times[6]), "ms");
        Pairs.Print("ratio: PgCloud over the batch of 2,000", Ratio(times[1], times[0]), "x", 2);
        Pairs.Print("ratio: the second run over the first", Ratio(times[2], times[1]), "x", 1.0 / 3);
    }

    internal static async Task RunOverLinkAsync()
    {
        using var work = new Workspace();
        await using BenchmarkServer server = await BenchmarkServer.StartAsync(work.Path);
        await using var link = new DelayingProxy(server.Port, TimeSpan.FromMilliseconds(10));
        await using MembershipWays ways = await MembershipWays.OpenAsync(server, link.Port, work);
        double[][] times = await Pairs.MeasureAsync(
            7,
            () => ways.TimeFirstAsync(ways.BatchAsync),
            () => ways.TimeFirstAsync(ways.PgCloudAsync),
            () => Pairs.TimeAsync(ways.PgCloudAgainAsync),
            () => ways.TimeFirstAsync(ways.PsqlStringAsync),
            () => Pairs.TimeAsync(async () => await (await MembershipWays.SessionAsync(link.Port)).DisposeAsync()));

        int before = link.RoundTrips;
        await using (NpgsqlSqlSession session = await MembershipWays.SessionAsync(link.Port))
        {
        }

        int toConnect = link.RoundTrips - before;
        before = link.RoundTrips;
        await ways.TimeFirstAsync(ways.PgCloudAsync);
        int toGrant = link.RoundTrips - before;

        Pairs.Print("one NpgsqlBatch of 2,000 GRANTs", Pairs.Median(times[0]), "ms");
        Pairs.Print("PgCloud, 2,000 records, inspection included", Pairs.Median(times[1]), "ms", 300);
        Pairs.Print("PgCloud again, all being there", Pairs.Median(times[2]), "ms");
        Pairs.Print("psql -c, all in one string, its connecting included", Pairs.Median(times[3]), "ms");
        Pairs.Print("PgCloud's connecting", Pairs.Median(times[4]), "ms");
        Pairs.Print("PgCloud with its connecting", Pairs.MedianOf(times[1], times[4], (a, b) => a + b), "ms", 300);
        Pairs.Print("round trips of connecting", toConnect, string.Empty);
        Pairs.Print("round trips of the grants", toGrant, string.Empty);
        Pairs.Print("round trips in all", toConnect + toGrant, string.Empty, 10);
        // These wait 2,000 times: once is enough.
        Pairs.Print("psql -1 -f", await ways.TimeFirstAsync(ways.PsqlFileAsync), "ms");
        Pairs.Print("one command after another", await ways.TimeFirstAsync(ways.LoopAsync), "ms");
    }

    private static double Ratio(double[] times, double[] others) => Pairs.MedianOf(times, others, (a, b) => a / b);
}
