// SPDX-License-Identifier: MIT

namespace PgCloud.Pipeline;

/// <summary>A record's turn to write, which comes when that of the one before has ended.</summary>
internal sealed class RecordTurn(RecordTurn? before)
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _coming = before?._ended.Task ?? Task.CompletedTask;

    /// <summary>Ends when the turn has come.</summary>
    internal Task ComeAsync() => _coming;

    /// <summary>The record writes nothing more.</summary>
    internal void End() => _coming.ContinueWith(
        _ => _ended.TrySetResult(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
}
