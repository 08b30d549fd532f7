// SPDX-License-Identifier: MIT

using Polly;
using Polly.Retry;

namespace PgCloud.Engine.Http;

/// <summary>
///   Which calls are made again, and when. A call that changes something by being repeated is repeated only where the API has certainly not
///   done it: it said 429, or no connection was made.
/// </summary>
internal sealed class ApiRetry
{
    private static readonly ResiliencePropertyKey<ApiCall> CallKey = new("PgCloud.Api.Call");

    private readonly ResiliencePipeline<ApiAnswer> _pipeline;

    /// <param name="options">How often, and how long between.</param>
    /// <param name="cloud">Its name, for reports.</param>
    /// <param name="clean">Takes secrets out of what is reported.</param>
    internal ApiRetry(ApiClientOptions options, string cloud, Func<string, string> clean)
    {
        if (options.Retries == 0)
        {
            _pipeline = ResiliencePipeline<ApiAnswer>.Empty;
            return;
        }

        _pipeline = new ResiliencePipelineBuilder<ApiAnswer>()
            .AddRetry(new RetryStrategyOptions<ApiAnswer>
            {
                MaxRetryAttempts = options.Retries,
                Delay = options.FirstDelay,
                MaxDelay = options.LongestDelay,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldHandle = arguments => ValueTask.FromResult(
                    arguments.Outcome.Result is { } answer
                    && !(answer.RetryAfter > options.LongestRetryAfter)
                    && IsWorthARetry(answer.Outcome, CallOf(arguments.Context).IsRepeatable)),

                // A Retry-After of 0 comes with failures that have a cause: to ask at once, five times, would only add to it.
                DelayGenerator = arguments => ValueTask.FromResult(
                    arguments.Outcome.Result?.RetryAfter is { } wait && wait > TimeSpan.Zero ? wait : (TimeSpan?)null),
                OnRetry = arguments =>
                {
                    ApiCall call = CallOf(arguments.Context);
                    string what = FormattableString.Invariant(
                        $"{arguments.Outcome.Result}; retry {arguments.AttemptNumber + 1} of {options.Retries} after {arguments.RetryDelay.TotalSeconds:0.###} s");
                    call.Reporter.Step($"{cloud}, {call}: {clean(what)}", arguments.Duration);
                    return default;
                },
            })
            .Build();
    }

    internal async Task<ApiAnswer> RunAsync(
        ApiCall call, Func<CancellationToken, Task<ApiAnswer>> attempt, CancellationToken cancellation)
    {
        ResilienceContext context = ResilienceContextPool.Shared.Get(cancellation);
        context.Properties.Set(CallKey, call);
        try
        {
            return await _pipeline.ExecuteAsync(async c => await attempt(c.CancellationToken), context);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private static bool IsWorthARetry(ApiOutcome outcome, bool isRepeatable) => outcome switch
    {
        ApiOutcome.RateLimited or ApiOutcome.NotConnected => true,
        ApiOutcome.ServerFault or ApiOutcome.Unreadable or ApiOutcome.Cut or ApiOutcome.TimedOut => isRepeatable,
        _ => false,
    };

    private static ApiCall CallOf(ResilienceContext context) => context.Properties.GetValue(CallKey, null!);
}
