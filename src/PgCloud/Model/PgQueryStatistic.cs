// SPDX-License-Identifier: MIT

using System.ComponentModel;
using PgCloud.Pipeline;

namespace PgCloud;

/// <summary>
///   What all executions of one statement by one user in one database have cost since the statistics began, as the provider's API tells it
///   (OVHcloud: queryStatistics; PostgreSQL: pg_stat_statements). A block has 8 kB.
/// </summary>
[TypeConverter(typeof(DeserializedObjectConverter))]
public sealed class PgQueryStatistic
{
    /// <summary>The statement, with $1, $2 … in the place of its constants.</summary>
    public required string Query { get; init; }

    /// <summary>The beginning of the statement on one line.</summary>
    public string ShortQuery => QueryText.Shorten(Query);

    /// <summary>Who executed it.</summary>
    public string User { get; init; } = string.Empty;

    /// <summary>In which database.</summary>
    public string Database { get; init; } = string.Empty;

    /// <summary>How often.</summary>
    public long Calls { get; init; }

    /// <summary>How many rows it returned or changed in all.</summary>
    public long Rows { get; init; }

    /// <summary>How long all executions took together.</summary>
    public TimeSpan TotalTime { get; init; }

    /// <summary>The same in seconds.</summary>
    public double TotalSeconds => TotalTime.TotalSeconds;

    /// <summary>How long one took on average.</summary>
    public TimeSpan MeanTime { get; init; }

    /// <summary>The same in milliseconds.</summary>
    public double MeanMilliseconds => MeanTime.TotalMilliseconds;

    /// <summary>How long the quickest took.</summary>
    public TimeSpan MinTime { get; init; }

    /// <summary>How long the slowest took.</summary>
    public TimeSpan MaxTime { get; init; }

    /// <summary>How far they are from the average: the standard deviation.</summary>
    public TimeSpan StdDevTime { get; init; }

    /// <summary>How long planning took in all; 0 where the server does not track it (pg_stat_statements.track_planning).</summary>
    public TimeSpan TotalPlanTime { get; init; }

    /// <summary>How long planning took on average.</summary>
    public TimeSpan MeanPlanTime { get; init; }

    /// <summary>How long the quickest planning took.</summary>
    public TimeSpan MinPlanTime { get; init; }

    /// <summary>How long the slowest planning took.</summary>
    public TimeSpan MaxPlanTime { get; init; }

    /// <summary>The standard deviation of planning.</summary>
    public TimeSpan StdDevPlanTime { get; init; }

    /// <summary>How long reading blocks took; 0 where the server does not track it (track_io_timing).</summary>
    public TimeSpan BlockReadTime { get; init; }

    /// <summary>How long writing blocks took; 0 where the server does not track it.</summary>
    public TimeSpan BlockWriteTime { get; init; }

    /// <summary>How many shared blocks were found in the cache.</summary>
    public long SharedBlocksHit { get; init; }

    /// <summary>How many shared blocks were read.</summary>
    public long SharedBlocksRead { get; init; }

    /// <summary>How many shared blocks were changed.</summary>
    public long SharedBlocksDirtied { get; init; }

    /// <summary>How many shared blocks were written.</summary>
    public long SharedBlocksWritten { get; init; }

    /// <summary>Of how many shared blocks in a hundred the cache had; <c>$null</c> where none was needed.</summary>
    public double? CacheHitPercent =>
        SharedBlocksHit + SharedBlocksRead == 0 ? null : 100d * SharedBlocksHit / (SharedBlocksHit + SharedBlocksRead);

    /// <summary>How many blocks of temporary tables were found in the cache.</summary>
    public long LocalBlocksHit { get; init; }

    /// <summary>How many blocks of temporary tables were read.</summary>
    public long LocalBlocksRead { get; init; }

    /// <summary>How many blocks of temporary tables were changed.</summary>
    public long LocalBlocksDirtied { get; init; }

    /// <summary>How many blocks of temporary tables were written.</summary>
    public long LocalBlocksWritten { get; init; }

    /// <summary>How many blocks of temporary files were read: of sorts and hashes that did not fit into work_mem.</summary>
    public long TempBlocksRead { get; init; }

    /// <summary>How many blocks of temporary files were written.</summary>
    public long TempBlocksWritten { get; init; }

    /// <summary>How many records were written to the WAL.</summary>
    public long WalRecords { get; init; }

    /// <summary>How many whole pages were written to the WAL.</summary>
    public long WalFullPageImages { get; init; }

    /// <summary>How many bytes were written to the WAL.</summary>
    public long WalBytes { get; init; }

    /// <summary>The instance it belongs to.</summary>
    public PgInstance? Instance { get; internal set; }

    /// <summary>The beginning of the statement.</summary>
    public override string ToString() => ShortQuery;
}
