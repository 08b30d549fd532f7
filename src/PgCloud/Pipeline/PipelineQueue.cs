// SPDX-License-Identifier: MIT

using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace PgCloud.Pipeline;

/// <summary>
///   Carries calls from the thread pool to the pipeline thread, the only one on which a cmdlet may write. A call that is awaited ends when
///   the real write has returned, so a slow reader slows the producer, and what the write throws reaches the producer.
/// </summary>
internal sealed class PipelineQueue : IDisposable
{
    private readonly BlockingCollection<Call> _calls = [];
    private readonly Action _whenBroken;
    private ExceptionDispatchInfo? _broken;

    /// <param name="whenBroken">Called once when a write threw: the pipeline is stopping, and the work must end.</param>
    internal PipelineQueue(Action whenBroken) => _whenBroken = whenBroken;

    /// <summary>Runs a call on the pipeline thread and awaits its result.</summary>
    internal Task<T> InvokeAsync<T>(Func<T> call)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Enqueue(new Call(() => done.SetResult(call()), e => done.TrySetException(e)));
        return done.Task;
    }

    /// <summary>Runs a call on the pipeline thread, later; for output nobody waits for.</summary>
    internal void Post(Action call)
    {
        Enqueue(new Call(call, static _ => { }));
    }

    /// <summary>Whether a write threw, so that the pipeline is stopping.</summary>
    internal bool IsBroken => _broken is not null;

    /// <summary>Runs the calls on this thread until <see cref="Complete"/>; then throws what a call threw.</summary>
    internal void Drain()
    {
        foreach (Call call in _calls.GetConsumingEnumerable())
        {
            Handle(call);
        }

        _broken?.Throw();
    }

    /// <summary>
    ///   Runs the calls that are there, and waits for more as long as that is asked for. Whoever changes the answer posts a call, so that it is
    ///   asked again.
    /// </summary>
    internal void Drain(Func<bool> isToWait)
    {
        while (_calls.TryTake(out Call? call, isToWait() ? Timeout.Infinite : 0))
        {
            Handle(call);
        }
    }

    /// <summary>Throws what a call threw.</summary>
    internal void ThrowIfBroken() => _broken?.Throw();

    /// <summary>No more calls will come.</summary>
    internal void Complete()
    {
        try
        {
            _calls.CompleteAdding();
        }
        catch (ObjectDisposedException)
        {
            // Nobody reads any more.
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _calls.Dispose();

    private void Handle(Call call)
    {
        if (_broken is not null)
        {
            call.Fail(_broken.SourceException);
            return;
        }

        try
        {
            call.Run();
        }
#pragma warning disable CA1031 // whatever a write throws ends the pipeline and is thrown again by those who drain
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _broken = ExceptionDispatchInfo.Capture(exception);
            call.Fail(exception);
            _whenBroken();
        }
    }

    private void Enqueue(Call call)
    {
        try
        {
            _calls.Add(call);
        }
        catch (InvalidOperationException)
        {
            call.Fail(new OperationCanceledException("The pipeline has ended."));
        }
    }

    private sealed record Call(Action Run, Action<Exception> Fail);
}
