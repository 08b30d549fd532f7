// SPDX-License-Identifier: MIT

namespace PgCloud.Pipeline;

/// <summary>
///   The records of one cmdlet that are worked on at once. The pipeline thread hands them in and writes what they write; it waits only while
///   there are as many as are allowed, and at the end.
/// </summary>
/// <param name="limit">How many at once.</param>
/// <param name="stop">Ends the work.</param>
internal sealed class ParallelRecords(int limit, Action stop) : IDisposable
{
    private int _running;

    /// <summary>Where the records write.</summary>
    internal PipelineQueue Queue { get; } = new(stop);

    /// <inheritdoc/>
    public void Dispose() => Queue.Dispose();

    /// <summary>Begins the work on a record, and returns when another one may come.</summary>
    internal void Begin(Func<Task> work)
    {
        Interlocked.Increment(ref _running);
        _ = Task.Run(async () =>
        {
            try
            {
                await work();
            }
            finally
            {
                Interlocked.Decrement(ref _running);
                Queue.Post(static () => { });
            }
        });
        Queue.Drain(() => Volatile.Read(ref _running) >= limit);
        EndIfBroken();
    }

    /// <summary>Returns when all records are done.</summary>
    internal void End()
    {
        Queue.Drain(() => Volatile.Read(ref _running) > 0);
        Queue.Complete();
        Queue.ThrowIfBroken();
    }

    private void EndIfBroken()
    {
        if (Queue.IsBroken)
        {
            End();
        }
    }
}
