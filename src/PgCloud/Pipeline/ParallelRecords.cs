// SPDX-License-Identifier: MIT

namespace PgCloud.Pipeline;

/// <summary>
///   The records of one cmdlet that are worked on at once. The pipeline thread hands them in and writes what they write; it waits only while
///   there are as many as are allowed, and at the end. Records with a key in common are worked on one after another, in their order.
/// </summary>
/// <param name="limit">How many at once.</param>
/// <param name="stop">Ends the work.</param>
internal sealed class ParallelRecords(int limit, Action stop) : IDisposable
{
    // What waits for a record before it, or rests, takes no place; that there are not very many keeps memory flat.
    private readonly int _most = limit * 8;
    private readonly object _gate = new();
    private readonly Dictionary<object, Task> _last = [];
    private readonly Queue<TaskCompletionSource> _returning = new();
    private int _running;
    private int _known;

    /// <summary>Where the records write.</summary>
    internal PipelineQueue Queue { get; } = new(stop);

    private bool IsFull
    {
        get
        {
            lock (_gate)
            {
                return _running >= limit || _known >= _most;
            }
        }
    }

    private bool IsBusy
    {
        get
        {
            lock (_gate)
            {
                return _known > 0;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Queue.Dispose();

    /// <summary>Writes what there is to write, waits until another record may come, and begins the work on it.</summary>
    /// <param name="keys">What the record is about.</param>
    /// <param name="work">The work; it does not throw.</param>
    internal void Begin(IReadOnlyCollection<object> keys, Func<Task> work)
    {
        Queue.Drain(() => IsFull);
        if (Queue.IsBroken)
        {
            End();
        }

        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task[] before;
        lock (_gate)
        {
            before = [.. keys.Where(_last.ContainsKey).Select(k => _last[k])];
            foreach (object key in keys)
            {
                _last[key] = done.Task;
            }

            _known++;
            _running += before.Length == 0 ? 1 : 0;
        }

        _ = Task.Run(async () =>
        {
            try
            {
                if (before.Length > 0)
                {
                    await Task.WhenAll(before);
                    await TakePlaceAsync();
                }

                await work();
            }
            finally
            {
                Leave(keys, done.Task);
                done.SetResult();
                Queue.Post(static () => { });
            }
        });
    }

    /// <summary>Returns when all records are done, or when the queue was closed because they take too long to stop.</summary>
    internal void End()
    {
        Queue.Drain(() => IsBusy);
        Queue.Complete();
        Queue.ThrowIfBroken();
    }

    /// <summary>Has a record wait, while another one takes its place.</summary>
    internal async Task RestAsync(TimeSpan pause, CancellationToken cancellation)
    {
        lock (_gate)
        {
            GiveUpPlace();
        }

        Queue.Post(static () => { });
        try
        {
            await Task.Delay(pause, cancellation);
        }
        finally
        {
            await TakePlaceAsync();
        }
    }

    private Task TakePlaceAsync()
    {
        lock (_gate)
        {
            if (_running < limit)
            {
                _running++;
                return Task.CompletedTask;
            }

            var place = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _returning.Enqueue(place);
            return place.Task;
        }
    }

    private void Leave(IReadOnlyCollection<object> keys, Task done)
    {
        lock (_gate)
        {
            foreach (object key in keys.Where(k => _last.GetValueOrDefault(k) == done))
            {
                _last.Remove(key);
            }

            _known--;
            GiveUpPlace();
        }
    }

    private void GiveUpPlace()
    {
        if (_returning.TryDequeue(out TaskCompletionSource? next))
        {
            next.SetResult();
        }
        else
        {
            _running--;
        }
    }
}
