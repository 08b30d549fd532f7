// SPDX-License-Identifier: MIT

using System.Diagnostics;
using PgCloud.Contracts;

namespace PgCloud.Engine.Providers;

/// <summary>Looking again and again at something that changes by itself.</summary>
internal static class Polling
{
    /// <summary>Looks, with growing pauses, until what is seen is what was waited for.</summary>
    /// <param name="pace">The pauses.</param>
    /// <param name="look">One look.</param>
    /// <param name="isDone">Whether that is it; throws where it never will be.</param>
    /// <param name="timeout">How long at most.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>What was seen last, and whether it is what was waited for.</returns>
    internal static async Task<(T Seen, bool IsDone)> UntilAsync<T>(
        PollPace pace, Func<Task<T>> look, Func<T, bool> isDone, TimeSpan timeout, CancellationToken cancellation)
    {
        long begun = Stopwatch.GetTimestamp();
        TimeSpan pause = pace.First;
        while (true)
        {
            T seen = await look();
            TimeSpan left = timeout - Stopwatch.GetElapsedTime(begun);
            if (isDone(seen) || left <= TimeSpan.Zero)
            {
                return (seen, isDone(seen));
            }

            await Task.Delay(pause < left ? pause : left, cancellation);
            pause = pace.After(pause);
        }
    }
}
