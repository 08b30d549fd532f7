// SPDX-License-Identifier: MIT

using PgCloud.Engine.Providers.Ovh.Instances;

namespace PgCloud.Engine.Providers.Ovh.Queries;

/// <summary>The API's <c>postgresql.querystatistics.Query</c>. Its times are in milliseconds.</summary>
internal sealed record OvhQueryStatistic
{
    public string? Query { get; init; }

    public string? Username { get; init; }

    public string? DatabaseName { get; init; }

    public long Calls { get; init; }

    public long Rows { get; init; }

    public double TotalTime { get; init; }

    public double MeanTime { get; init; }

    public double MinTime { get; init; }

    public double MaxTime { get; init; }

    public double StddevTime { get; init; }

    public double TotalPlanTime { get; init; }

    public double MeanPlanTime { get; init; }

    public double MinPlanTime { get; init; }

    public double MaxPlanTime { get; init; }

    public double StddevPlanTime { get; init; }

    public double BlkReadTime { get; init; }

    public double BlkWriteTime { get; init; }

    public long SharedBlksHit { get; init; }

    public long SharedBlksRead { get; init; }

    public long SharedBlksDirtied { get; init; }

    public long SharedBlksWritten { get; init; }

    public long LocalBlksHit { get; init; }

    public long LocalBlksRead { get; init; }

    public long LocalBlksDirtied { get; init; }

    public long LocalBlksWritten { get; init; }

    public long TempBlksRead { get; init; }

    public long TempBlksWritten { get; init; }

    public long WalRecords { get; init; }

    public long WalFpi { get; init; }

    /// <summary>In bytes, as its description in the schema says; the unit is written with it.</summary>
    public OvhAmount? WalBytes { get; init; }

    internal PgQueryStatistic ToStatistic(PgInstance instance) => new()
    {
        Query = Query ?? string.Empty,
        User = Username ?? string.Empty,
        Database = DatabaseName ?? string.Empty,
        Calls = Calls,
        Rows = Rows,
        TotalTime = TimeSpan.FromMilliseconds(TotalTime),
        MeanTime = TimeSpan.FromMilliseconds(MeanTime),
        MinTime = TimeSpan.FromMilliseconds(MinTime),
        MaxTime = TimeSpan.FromMilliseconds(MaxTime),
        StdDevTime = TimeSpan.FromMilliseconds(StddevTime),
        TotalPlanTime = TimeSpan.FromMilliseconds(TotalPlanTime),
        MeanPlanTime = TimeSpan.FromMilliseconds(MeanPlanTime),
        MinPlanTime = TimeSpan.FromMilliseconds(MinPlanTime),
        MaxPlanTime = TimeSpan.FromMilliseconds(MaxPlanTime),
        StdDevPlanTime = TimeSpan.FromMilliseconds(StddevPlanTime),
        BlockReadTime = TimeSpan.FromMilliseconds(BlkReadTime),
        BlockWriteTime = TimeSpan.FromMilliseconds(BlkWriteTime),
        SharedBlocksHit = SharedBlksHit,
        SharedBlocksRead = SharedBlksRead,
        SharedBlocksDirtied = SharedBlksDirtied,
        SharedBlocksWritten = SharedBlksWritten,
        LocalBlocksHit = LocalBlksHit,
        LocalBlocksRead = LocalBlksRead,
        LocalBlocksDirtied = LocalBlksDirtied,
        LocalBlocksWritten = LocalBlksWritten,
        TempBlocksRead = TempBlksRead,
        TempBlocksWritten = TempBlksWritten,
        WalRecords = WalRecords,
        WalFullPageImages = WalFpi,
        WalBytes = WalBytes?.Value ?? 0,
        Instance = instance,
    };
}

/// <summary>The API's <c>postgresql.QueryStatistics</c>.</summary>
internal sealed record OvhQueryStatisticPage(IReadOnlyList<OvhQueryStatistic>? Queries);
