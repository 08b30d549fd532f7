// SPDX-License-Identifier: MIT

namespace PgCloud.Engine.Http;

/// <summary>
///   The way of every call, whatever the cloud: it waits for its turn, gets what proves who calls, is sent unless the endpoint is known to be
///   down, and is sent again where that harms nobody. Each attempt waits and is signed anew.
/// </summary>
/// <param name="options">How patient it is.</param>
/// <param name="dialect">How the cloud answers.</param>
/// <param name="fingerprint">Of the credential: calls with the same one share their pace, until their account is known.</param>
/// <param name="clean">Takes secrets out of what is reported.</param>
internal sealed class ApiExchange(ApiClientOptions options, ApiDialect dialect, string fingerprint, Func<string, string> clean) : IDisposable
{
    private readonly ApiTransport _transport = new(options, dialect);
    private readonly ApiRetry _retry = new(options, dialect.Name, clean);
    private readonly ApiPaces _paces = new(fingerprint, options);

    /// <inheritdoc/>
    public void Dispose()
    {
        _transport.Dispose();
        _paces.Dispose();
    }

    /// <summary>Shares the pace of that account from now on. No call may be under way.</summary>
    internal void Join(string account) => _paces.Join(account);

    /// <summary>Makes a call. Whatever happens is an answer; only the caller's own cancellation is thrown, and what the authoriser throws.</summary>
    /// <param name="call">The call.</param>
    /// <param name="authoriser">Who proves who calls; <see langword="null"/> where the call needs none.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <param name="onAttempt">Called before each attempt.</param>
    /// <param name="onAnswer">Called with the answer to each attempt.</param>
    internal Task<ApiAnswer> SendAsync(
        ApiCall call,
        IApiAuthoriser? authoriser,
        CancellationToken cancellation,
        Action? onAttempt = null,
        Action<ApiAnswer>? onAnswer = null)
    {
        bool renewed = false;
        return _retry.RunAsync(
            call,
            async (progress, token) =>
            {
                onAttempt?.Invoke();
                (ApiAnswer first, bool isOutdated) = await AttemptAsync(call, authoriser, progress, token);
                onAnswer?.Invoke(first);
                if (!isOutdated || renewed)
                {
                    return first;
                }

                // The call was refused before anything was done, so that another attempt harms nobody; once is enough to learn the time.
                renewed = true;
                call.Reporter.Step(clean($"{dialect.Name}, {call}: {first}; once more with the time or the token renewed"), TimeSpan.Zero);
                ApiAnswer second = (await AttemptAsync(call, authoriser, progress, token)).Answer;
                onAnswer?.Invoke(second);
                return second;
            },
            cancellation);
    }

    private async Task<(ApiAnswer Answer, bool IsOutdated)> AttemptAsync(
        ApiCall call, IApiAuthoriser? authoriser, ApiAttempt progress, CancellationToken cancellation)
    {
        ApiPace pace = _paces.Of(call.Url);
        if (await WaitAsync(pace, call, cancellation) is { } held)
        {
            return (held, false);
        }

        using HttpRequestMessage request = call.NewRequest();
        if (call.IsAuthorised && authoriser is not null)
        {
            await authoriser.AuthoriseAsync(request, call.Body ?? [], call.Reporter, cancellation);
        }
        else
        {
            authoriser?.Introduce(request);
        }

        ApiAnswer answer = await options.Circuits.Of(call.Url, options).RunAsync(
            async c =>
            {
                progress.IsUnderWay = true;
                ApiAnswer one = await _transport.SendAsync(request, progress.Left, c);
                progress.IsUnderWay = false;
                return one is { Outcome: ApiOutcome.Done, Json: null } && call.NeedsBody
                    ? one with { Outcome = ApiOutcome.Unreadable, Detail = "it is empty" }
                    : one;
            },
            cancellation);
        if (call.IsChange && answer.Outcome != ApiOutcome.CircuitOpen)
        {
            call.Reporter.Sent(answer.QueryId ?? call.Id);
        }

        pace.Heed(answer);

        return (answer, answer.Outcome == ApiOutcome.Refused && call.IsAuthorised && authoriser?.Renew(request, answer) == true);
    }

    private async Task<ApiAnswer?> WaitAsync(ApiPace pace, ApiCall call, CancellationToken cancellation)
    {
        while (true)
        {
            TimeSpan held = pace.HeldFor;
            if (held > options.LongestRetryAfter)
            {
                return new ApiAnswer(ApiOutcome.RateLimited) { RetryAfter = held, Detail = "it was not sent, for the API asked this account to wait" };
            }

            if (held > TimeSpan.Zero)
            {
                call.Reporter.Step(
                    FormattableString.Invariant($"{dialect.Name}, {call}: waits {held.TotalSeconds:0.###} s, as the API asked of this account"),
                    TimeSpan.Zero);
                await Task.Delay(held, cancellation);
                continue;
            }

            await pace.TurnAsync(cancellation);
            if (pace.HeldFor == TimeSpan.Zero)
            {
                return null;
            }
        }
    }
}
