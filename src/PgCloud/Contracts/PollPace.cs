// SPDX-License-Identifier: MIT

namespace PgCloud.Contracts;

/// <summary>The pauses between two looks at something that changes: short at first, longer later.</summary>
/// <param name="First">The first pause.</param>
/// <param name="Longest">No pause is longer.</param>
public sealed record PollPace(TimeSpan First, TimeSpan Longest)
{
    /// <summary>For a server on this machine, where a look costs next to nothing.</summary>
    public static PollPace OfLocalServer { get; } = new(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(15));

    /// <summary>For an API across the internet, where things take minutes and calls are counted.</summary>
    public static PollPace OfRemoteApi { get; } = new(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(15));

    /// <summary>The pause that follows one.</summary>
    public TimeSpan After(TimeSpan pause) => pause * 1.5 < Longest ? pause * 1.5 : Longest;
}
