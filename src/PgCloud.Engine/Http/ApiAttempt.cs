// SPDX-License-Identifier: MIT

using System.Diagnostics;

namespace PgCloud.Engine.Http;

/// <summary>How far the attempts at a call have come.</summary>
/// <param name="limit">What the call may take in all.</param>
internal sealed class ApiAttempt(TimeSpan limit)
{
    private readonly long _begun = Stopwatch.GetTimestamp();

    /// <summary>What the call may still take.</summary>
    internal TimeSpan Left => limit - Stopwatch.GetElapsedTime(_begun);

    /// <summary>Whether a request is on its way, so that the API may be doing it.</summary>
    internal bool IsUnderWay { get; set; }
}
