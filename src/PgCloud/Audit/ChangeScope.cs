// SPDX-License-Identifier: MIT

using System.Collections.Concurrent;
using System.Diagnostics;
using PgCloud.Errors;

namespace PgCloud.Audit;

/// <summary>
///   The work on one thing, from the leave to change it to the word of what became of it. It goes along with the flow of the work, so that
///   the calls of an API that are made for it find it.
/// </summary>
internal sealed class ChangeScope
{
    private static readonly AsyncLocal<ChangeScope?> Flow = new();

    private readonly List<string> _requests = [];
    private readonly ConcurrentQueue<PgCloudException> _unwritten = [];
    private readonly ConcurrentQueue<object> _asides = [];
    private long _begun;

    /// <summary>The scope of the work at hand.</summary>
    internal static ChangeScope? Current
    {
        get => Flow.Value;
        set => Flow.Value = value;
    }

    /// <summary>What the work is about, where that is known before there is an object of it.</summary>
    internal AuditTarget? About { get; set; }

    /// <summary>Whether the work was given leave to change something.</summary>
    internal bool IsAllowed { get; private set; }

    /// <summary>Whether it was written down what became of it: what fails afterwards, such as waiting, did not fail the change.</summary>
    internal bool IsRecorded { get; set; }

    /// <summary>Whether the API was sent a call that changes something.</summary>
    internal bool IsSent { get; private set; }

    /// <summary>The command tags of the statements that are run.</summary>
    internal IReadOnlyList<string> Statements { get; set; } = [];

    /// <summary>A line could not be written, which is to be told once the work's results are.</summary>
    internal void AddUnwritten(PgCloudException error) => _unwritten.Enqueue(error);

    /// <summary>The lines that could not be written; they are told once.</summary>
    internal IEnumerable<PgCloudException> TakeUnwritten()
    {
        while (_unwritten.TryDequeue(out PgCloudException? error))
        {
            yield return error;
        }
    }

    /// <summary>Something beside what the work is about has been changed.</summary>
    internal void AddAside(object changed) => _asides.Enqueue(changed);

    /// <summary>What has been changed beside; it is told once.</summary>
    internal IEnumerable<object> TakeAsides()
    {
        while (_asides.TryDequeue(out object? aside))
        {
            yield return aside;
        }
    }

    /// <summary>The ids of the calls that change something.</summary>
    internal IReadOnlyList<string> Requests
    {
        get
        {
            lock (_requests)
            {
                return [.. _requests];
            }
        }
    }

    /// <summary>Since the leave was given.</summary>
    internal TimeSpan Duration => IsAllowed ? Stopwatch.GetElapsedTime(_begun) : TimeSpan.Zero;

    /// <summary>There is leave to change something.</summary>
    internal void Allow()
    {
        if (!IsAllowed || IsRecorded)
        {
            _begun = Stopwatch.GetTimestamp();
        }

        IsAllowed = true;
        IsRecorded = false;
    }

    /// <summary>The API was sent a call that changes something.</summary>
    internal void Sent(string? requestId)
    {
        IsSent = true;
        if (requestId is not null)
        {
            lock (_requests)
            {
                _requests.Add(requestId);
            }
        }
    }

    /// <summary>Whether the change may have been made nevertheless.</summary>
    internal bool MayBeDone(PgCloudException failure) => failure.ErrorId switch
    {
        "PgCloud.Cloud.OutcomeUnknown" => true,
        "PgCloud.Cloud.Unavailable" or "PgCloud.Cloud.AnswerInvalid" or "PgCloud.Cloud.CircuitOpen" => IsSent,
        "PgCloud.Connection.Lost" or "PgCloud.Unexpected" => true,
        "PgCloud.Sql.Timeout" or "PgCloud.Sql.LockTimeout" => false,
        _ => failure.Kind == PgErrorKind.Timeout && (IsSent || failure.ApiCall is null),
    };
}
