// SPDX-License-Identifier: MIT

using System.Diagnostics;
using System.Net.Http.Headers;
using PgCloud.Contracts;
using PgCloud.Errors;

namespace PgCloud.Engine.Http;

/// <summary>An access token as it was fetched.</summary>
/// <param name="Value">A secret.</param>
/// <param name="Life">How long it is good for, from the moment it was asked for.</param>
internal sealed record ApiToken(string Value, TimeSpan Life)
{
    /// <summary>Nothing secret.</summary>
    public override string ToString() => $"access token for {Life}";
}

/// <summary>When a token is replaced.</summary>
/// <param name="Margin">So long before its end it is no longer used.</param>
internal sealed record ApiTokenPolicy(TimeSpan Margin)
{
    /// <summary>From this part of its life on, another one is fetched while calls still use it; 1 for not at all.</summary>
    internal double AheadAt { get; init; } = 1;

    /// <summary>How long to let it be when that has failed.</summary>
    internal TimeSpan HoldOff { get; init; } = TimeSpan.FromSeconds(60);
}

/// <summary>
///   An access token is fetched once, however many calls need it at that moment, kept, and replaced before its end or when the API no longer
///   takes it.
/// </summary>
/// <param name="fetch">Asks for a token.</param>
/// <param name="policy">When it is replaced.</param>
/// <param name="mask">Takes the secrets out of a text with which tokens are fetched.</param>
internal sealed class ApiTokens(
    Func<IReporter, CancellationToken, Task<ApiToken>> fetch, ApiTokenPolicy policy, Func<string, string> mask) : IApiAuthoriser, IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly CancellationTokenSource _end = new();
    private Held? _held;
    private string? _previous;

    /// <inheritdoc/>
    public void Dispose() =>
        // The rest is left alone: a fetch ahead may still be on its way out of the gate.
        _end.Cancel();

    /// <inheritdoc/>
    public async Task AuthoriseAsync(HttpRequestMessage request, byte[] body, IReporter reporter, CancellationToken cancellation)
    {
        string token = await TokenAsync(reporter, cancellation);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    /// <inheritdoc/>
    public bool Renew(HttpRequestMessage refused, ApiAnswer answer)
    {
        if (answer.Status != 401)
        {
            return false;
        }

        // Another call may have replaced it already.
        Held? held = Volatile.Read(ref _held);
        if (held is not null && held.Token == refused.Headers.Authorization?.Parameter)
        {
            Interlocked.CompareExchange(ref _held, null, held);
        }

        return true;
    }

    /// <inheritdoc/>
    public string Mask(string text)
    {
        text = mask(text);
        foreach (string? token in new[] { Volatile.Read(ref _held)?.Token, Volatile.Read(ref _previous) })
        {
            text = token is null ? text : text.Replace(token, "***", StringComparison.Ordinal);
        }

        return text;
    }

    /// <summary>A token that is good now.</summary>
    internal async Task<string> TokenAsync(IReporter reporter, CancellationToken cancellation)
    {
        if (Volatile.Read(ref _held) is { IsFresh: true } known)
        {
            if (known.TakeTurnAhead(policy.HoldOff))
            {
                _ = FetchAheadAsync(known, _end.Token);
            }

            return known.Token;
        }

        await _gate.WaitAsync(cancellation);
        try
        {
            return Volatile.Read(ref _held) is { IsFresh: true } meanwhile ? meanwhile.Token : (await FetchAsync(reporter, cancellation)).Token;
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task FetchAheadAsync(Held old, CancellationToken cancellation)
    {
        try
        {
            await _gate.WaitAsync(cancellation);
            try
            {
                if (Volatile.Read(ref _held) == old)
                {
                    await FetchAsync(Silence.Instance, cancellation);
                }
            }
            finally
            {
                _gate.Release();
            }
        }
        catch (Exception failure) when (failure is PgCloudException or OperationCanceledException or ObjectDisposedException)
        {
            // The old one is still good. Should that last to its end, the call that then needs a token tells of it.
        }
    }

    private async Task<Held> FetchAsync(IReporter reporter, CancellationToken cancellation)
    {
        long asked = Stopwatch.GetTimestamp();
        ApiToken token = await fetch(reporter, cancellation);

        // A token that lives no longer than the margin would otherwise be fetched for every call.
        TimeSpan margin = policy.Margin < token.Life / 2 ? policy.Margin : token.Life / 2;
        var held = new Held(token.Value, asked, token.Life - margin, policy.AheadAt < 1 ? token.Life * policy.AheadAt : null);
        Volatile.Write(ref _previous, Interlocked.Exchange(ref _held, held)?.Token);
        return held;
    }

    private sealed class Held(string token, long since, TimeSpan freshFor, TimeSpan? aheadAfter)
    {
        private long _lastAhead;

        internal string Token { get; } = token;

        internal bool IsFresh => Stopwatch.GetElapsedTime(since) < freshFor;

        /// <summary>Whether it is time to fetch another one; true for one caller only, and not again before that pause.</summary>
        internal bool TakeTurnAhead(TimeSpan holdOff)
        {
            if (aheadAfter is not { } after || Stopwatch.GetElapsedTime(since) < after)
            {
                return false;
            }

            long last = Volatile.Read(ref _lastAhead);
            return (last == 0 || Stopwatch.GetElapsedTime(last) >= holdOff)
                && Interlocked.CompareExchange(ref _lastAhead, Stopwatch.GetTimestamp(), last) == last;
        }
    }

    private sealed class Silence : IReporter
    {
        internal static Silence Instance { get; } = new();

        public void Step(string what, TimeSpan took)
        {
        }

        public void Progress(string activity, string status, int percent)
        {
        }

        public void Warning(string message)
        {
        }
    }
}
