// SPDX-License-Identifier: MIT

namespace PgCloud;

/// <summary>How far back a metric goes.</summary>
public enum PgMetricPeriod
{
    /// <summary>The last hour.</summary>
    LastHour,

    /// <summary>The last day.</summary>
    LastDay,

    /// <summary>The last week.</summary>
    LastWeek,

    /// <summary>The last month.</summary>
    LastMonth,

    /// <summary>The last year.</summary>
    LastYear,
}
