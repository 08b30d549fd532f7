// SPDX-License-Identifier: MIT

using Polly;
using Polly.Retry;

namespace PgCloud.Engine.Providers.Ovh.Api;

/// <summary>
///   Which calls are made again, and when. A call that changes something by being repeated is repeated only where the API has certainly not
///   done it: it said 429, or no connection was made.
/// </summary>
internal sealed class OvhRetry
{
    private static readonly ResiliencePropertyKey<OvhCall> CallKey = new("PgCloud.Ovh.Call");

    private readonly ResiliencePipeline<OvhAnswer> _pipeline;

    /// <param name="options">How often, and how long between.</param>
    /// <param name="clean">Takes secrets out of what is reported.</param>
    internal OvhRetry(OvhClientOptions options, Func<string, string> clean)
    {
        if (options.Retries == 0)
        {
            _pipeline = ResiliencePipeline<OvhAnswer>.Empty;
            return;
        }

        _pipeline = new ResiliencePipelineBuilder<OvhAnswer>()
            .AddRetry(new RetryStrategyOptions<OvhAnswer>
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
                DelayGenerator = arguments => ValueTask.FromResult(arguments.Outcome.Result?.RetryAfter),
                OnRetry = arguments =>
                {
                    OvhCall call = CallOf(arguments.Context);
                    string what = FormattableString.Invariant(
                        $"{arguments.Outcome.Result}; retry {arguments.AttemptNumber + 1} of {options.Retries} after {arguments.RetryDelay.TotalSeconds:0.###} s");
                    call.Reporter.Step($"OVHcloud, {call}: {clean(what)}", arguments.Duration);
                    return default;
                },
            })
            .Build();
    }

    internal async Task<OvhAnswer> RunAsync(
        OvhCall call, Func<CancellationToken, Task<OvhAnswer>> attempt, CancellationToken cancellation)
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

    private static bool IsWorthARetry(OvhOutcome outcome, bool isRepeatable) => outcome switch
    {
        OvhOutcome.RateLimited or OvhOutcome.NotConnected => true,
        OvhOutcome.ServerFault or OvhOutcome.Unreadable or OvhOutcome.Cut or OvhOutcome.TimedOut => isRepeatable,
        _ => false,
    };

    private static OvhCall CallOf(ResilienceContext context) => context.Properties.GetValue(CallKey, null!);
}
