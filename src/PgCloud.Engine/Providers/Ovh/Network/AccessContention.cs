// SPDX-License-Identifier: MIT

namespace PgCloud.Engine.Providers.Ovh.Network;

/// <summary>How writers of the same list keep out of each other's way.</summary>
internal sealed record AccessContention
{
    /// <summary>A list that was read longer ago than this is read again before it is written.</summary>
    internal TimeSpan Window { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long after a write it is read back; longer than the window and the way of a call.</summary>
    internal TimeSpan Settle { get; init; } = TimeSpan.FromMilliseconds(1500);

    /// <summary>How long to try.</summary>
    internal TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(10);
}
