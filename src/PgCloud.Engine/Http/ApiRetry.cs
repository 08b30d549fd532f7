// SPDX-License-Identifier: MIT

using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace PgCloud.Engine.Http;

/// <summary>
///   Which calls are made again, and when. A call that changes something by being repeated is repeated only where the API has certainly not
///   done it: it said 429, or no connection was made. All attempts together have a time limit, too.
/// </summary>
internal sealed class ApiRetry
{
    private static readonly ResiliencePropertyKey<ApiCall> CallKey = new("PgCloud.Api.Call");
    private static readonly ResiliencePropertyKey<ApiAttempt> ProgressKey = new("PgCloud.Api.Progress");

    // Attempts end within the limit by themselves, and so tell what they met; this ends what is waited for between them.
    private static readonly TimeSpan Slack = TimeSpan.FromMilliseconds(500);

    private readonly ApiClientOptions _options;
    private readonly string _cloud;
    private readonly Func<string, string> _clean;
    private readonly ResiliencePipeline<ApiAnswer> _pipeline;

    /// <param name="options">How often, and how long between.</param>
    /// <param name="cloud">Its name, for reports.</param>
    /// <param name="clean">Takes secrets out of what is reported.</param>
    internal ApiRetry(ApiClientOptions options, string cloud, Func<string, string> clean)
    {
        _options = options;
        _cloud = cloud;
        _clean = clean;
        ResiliencePipelineBuilder<ApiAnswer> limited = new ResiliencePipelineBuilder<ApiAnswer>().AddTimeout(options.CallTimeout + Slack);
        if (options.Retries > 0)
        {
            limited.AddRetry(Strategy());
        }

        _pipeline = limited.Build();
    }

    internal async Task<ApiAnswer> RunAsync(
        ApiCall call, Func<ApiAttempt, CancellationToken, Task<ApiAnswer>> attempt, CancellationToken cancellation)
    {
        ResilienceContext context = ResilienceContextPool.Shared.Get(cancellation);
        context.Properties.Set(CallKey, call);
        var progress = new ApiAttempt(_options.CallTimeout);
        context.Properties.Set(ProgressKey, progress);
        ApiAnswer? last = null;
        try
        {
            ApiAnswer answer = await _pipeline.ExecuteAsync(
                async c =>
                {
                    ApiAnswer one = await attempt(progress, c.CancellationToken);
                    last = one.Outcome == ApiOutcome.CircuitOpen ? last ?? one : one;
                    return one;
                },
                context);

            // What an attempt before met says more than that there was no other one.
            return answer.Outcome == ApiOutcome.CircuitOpen ? last! : answer;
        }
        catch (TimeoutRejectedException)
        {
            string limit = FormattableString.Invariant($"not within {_options.CallTimeout.TotalSeconds:0.###} s in all");
            call.Reporter.Step($"{_cloud}, {call}: {limit}", TimeSpan.Zero);
            return progress.IsUnderWay || last is null ? new ApiAnswer(ApiOutcome.TimedOut) { Detail = limit } : last;
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private RetryStrategyOptions<ApiAnswer> Strategy() => new()
    {
        MaxRetryAttempts = _options.Retries,
        Delay = _options.FirstDelay,
        MaxDelay = _options.LongestDelay,
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
        ShouldHandle = arguments => ValueTask.FromResult(
            arguments.Outcome.Result is { } answer
            && !(answer.RetryAfter > _options.LongestRetryAfter)
            && (answer.RetryAfter ?? TimeSpan.Zero) < Progress(arguments.Context).Left
            && IsWorthARetry(answer.Outcome, CallOf(arguments.Context).IsRepeatable)),

        // A Retry-After of 0 comes with failures that have a cause: to ask at once, five times, would only add to it.
        DelayGenerator = arguments => ValueTask.FromResult(
            arguments.Outcome.Result?.RetryAfter is { } wait && wait > TimeSpan.Zero ? wait : (TimeSpan?)null),
        OnRetry = arguments =>
        {
            ApiCall call = CallOf(arguments.Context);
            string what = FormattableString.Invariant(
                $"{arguments.Outcome.Result}; retry {arguments.AttemptNumber + 1} of {_options.Retries} after {arguments.RetryDelay.TotalSeconds:0.###} s");
            call.Reporter.Step($"{_cloud}, {call}: {_clean(what)}", arguments.Duration);
            return default;
        },
    };

    private static bool IsWorthARetry(ApiOutcome outcome, bool isRepeatable) => outcome switch
    {
        ApiOutcome.RateLimited or ApiOutcome.NotConnected => true,
        ApiOutcome.ServerFault or ApiOutcome.Unreadable or ApiOutcome.Cut or ApiOutcome.TimedOut => isRepeatable,
        _ => false,
    };

    private static ApiAttempt Progress(ResilienceContext context) => context.Properties.GetValue(ProgressKey, null!);

    private static ApiCall CallOf(ResilienceContext context) => context.Properties.GetValue(CallKey, null!);
}
