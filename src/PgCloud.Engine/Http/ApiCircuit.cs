// SPDX-License-Identifier: MIT

using System.Globalization;
using Polly;
using Polly.CircuitBreaker;

namespace PgCloud.Engine.Http;

/// <summary>
///   Whether an endpoint is worth calling. Once it has failed several times in a row, and for some time, calls end at once; after a break one
///   call is let through, and its answer decides.
/// </summary>
internal sealed class ApiCircuit
{
    // A row is told from its outcomes alone, however old: with Polly's own ratio, what went well before would hide that nothing does now.
    private static readonly TimeSpan Ever = TimeSpan.FromDays(1);

    private readonly object _gate = new();
    private readonly ApiClientOptions _options;
    private readonly TimeProvider _time;
    private readonly ResiliencePipeline<ApiAnswer> _pipeline;
    private readonly string _endpoint;
    private int _row;
    private long _rowSince;
    private DateTimeOffset _since;
    private DateTimeOffset _until;

    internal ApiCircuit(string endpoint, ApiClientOptions options)
    {
        _endpoint = endpoint;
        _options = options;
        _time = options.Time;
        _pipeline = new ResiliencePipelineBuilder<ApiAnswer> { TimeProvider = _time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<ApiAnswer>
            {
                FailureRatio = 0,
                MinimumThroughput = 2,
                SamplingDuration = Ever,
                BreakDuration = options.BreakDuration,
                ShouldHandle = arguments => ValueTask.FromResult(arguments.Outcome.Result is { } answer && IsLong(answer)),
                OnOpened = arguments =>
                {
                    lock (_gate)
                    {
                        _until = _time.GetUtcNow() + arguments.BreakDuration;
                    }

                    return default;
                },
            })
            .Build();
    }

    /// <summary>Whether nothing stands against it: nobody needs to remember it.</summary>
    internal bool IsClosed
    {
        get
        {
            lock (_gate)
            {
                return _row == 0;
            }
        }
    }

    /// <summary>Makes an attempt, unless the endpoint is given a break.</summary>
    internal async Task<ApiAnswer> RunAsync(Func<CancellationToken, Task<ApiAnswer>> attempt, CancellationToken cancellation)
    {
        try
        {
            return await _pipeline.ExecuteAsync(async c => await attempt(c), cancellation);
        }
        catch (BrokenCircuitException)
        {
            return new ApiAnswer(ApiOutcome.CircuitOpen) { Detail = Describe() };
        }
    }

    private static bool IsFailure(ApiOutcome outcome) => outcome
        is ApiOutcome.ServerFault or ApiOutcome.Cut or ApiOutcome.TimedOut or ApiOutcome.NotConnected or ApiOutcome.NameNotResolved;

    // Many calls that fail at the same moment are one failure, which a retry may heal: a row needs to last, too.
    private bool IsLong(ApiAnswer answer)
    {
        lock (_gate)
        {
            if (!IsFailure(answer.Outcome))
            {
                _row = 0;
                return false;
            }

            if (_row++ == 0)
            {
                _rowSince = _time.GetTimestamp();
                _since = _time.GetUtcNow();
            }

            return _row >= _options.BreakAfterFailures && _time.GetElapsedTime(_rowSince) >= _options.BreakAfter;
        }
    }

    private string Describe()
    {
        lock (_gate)
        {
            string when = _time.GetUtcNow() < _until ? string.Create(CultureInfo.InvariantCulture, $"at {_until:HH:mm:ss} UTC") : "now, by another call";
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{_endpoint} has failed {_row} times in a row since {_since:yyyy-MM-dd HH:mm:ss} UTC; it is tried again {when}");
        }
    }
}
