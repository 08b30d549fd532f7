// SPDX-License-Identifier: MIT

using System.Collections.Concurrent;

namespace PgCloud.Emulator.Hosting;

/// <summary>Work that goes on after its call was answered, and none of which outlives the emulator.</summary>
internal sealed class Background : IAsyncDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentDictionary<Task, bool> _running = new();

    internal void Run(Func<CancellationToken, Task> work)
    {
        Task task = Task.Run(() => work(_end.Token), CancellationToken.None);
        _running[task] = true;
        task.ContinueWith(t => _running.TryRemove(t, out _), TaskScheduler.Default);
    }

    public async ValueTask DisposeAsync()
    {
        if (_end.IsCancellationRequested)
        {
            return;
        }

        await _end.CancelAsync();
        await Task.WhenAll(_running.Keys).ContinueWith(static _ => { }, TaskScheduler.Default);
        _end.Dispose();
    }
}
