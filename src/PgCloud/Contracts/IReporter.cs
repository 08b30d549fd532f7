// SPDX-License-Identifier: MIT

namespace PgCloud.Contracts;

/// <summary>Where the engine says what it does while it does it. Safe to call from any thread; never given a secret.</summary>
public interface IReporter
{
    /// <summary>One step is done: one line of verbose output.</summary>
    void Step(string what, TimeSpan took);

    /// <summary>How far a long operation is; shown from its second second on.</summary>
    void Progress(string activity, string status, int percent);

    /// <summary>A risk the user should know of. Never used in place of an error.</summary>
    void Warning(string message);

    /// <summary>What the server said beside its answer.</summary>
    /// <param name="severity">WARNING, NOTICE, INFO, LOG or DEBUG.</param>
    /// <param name="message">The message.</param>
    void Notice(string severity, string message)
    {
    }

    /// <summary>
    ///   Waits a while for nothing but a later look at what is done; meanwhile other work may take this one's place. Only for work that holds
    ///   a place of its own.
    /// </summary>
    Task RestAsync(TimeSpan pause, CancellationToken cancellation) => Task.Delay(pause, cancellation);

    /// <summary>The API was sent a call that changes something, whatever became of it.</summary>
    /// <param name="requestId">The id by which the cloud's support finds the call; <see langword="null"/> where none is known.</param>
    void Sent(string? requestId)
    {
    }

    /// <summary>Something beside what was asked for has been changed on the way.</summary>
    /// <param name="changed">The object, which says what was done to it.</param>
    void Changed(object changed)
    {
    }
}
