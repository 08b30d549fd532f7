// SPDX-License-Identifier: MIT

using System.Diagnostics;
using System.Threading.RateLimiting;

namespace PgCloud.Engine.Http;

/// <summary>How fast one account may call one endpoint: so many calls a second, and none while the API has asked to wait.</summary>
internal sealed class ApiPace : IDisposable
{
    // Short pauses between refills, so that calls flow evenly.
    private const int RefillsPerSecond = 20;

    private readonly ApiClientOptions _options;
    private readonly TokenBucketRateLimiter _bucket;
    private long _heldUntil;
    private int _refusals;

    internal ApiPace(ApiClientOptions options)
    {
        _options = options;
        int refill = Math.Max(1, options.CallsPerSecond / RefillsPerSecond);
        _bucket = new TokenBucketRateLimiter(new TokenBucketRateLimiterOptions
        {
            TokenLimit = Math.Max(1, options.Burst),
            TokensPerPeriod = refill,
            ReplenishmentPeriod = TimeSpan.FromSeconds((double)refill / Math.Max(1, options.CallsPerSecond)),
            QueueLimit = int.MaxValue,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        });
    }

    /// <summary>How long nobody may call yet, because the API said so.</summary>
    internal TimeSpan HeldFor
    {
        get
        {
            long left = Volatile.Read(ref _heldUntil) - Environment.TickCount64;
            return left > 0 ? TimeSpan.FromMilliseconds(left) : TimeSpan.Zero;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _bucket.Dispose();

    /// <summary>
    ///   Takes from an answer how fast the account may go on: too many requests, and an overloaded service that says for how long, slow down
    ///   everybody. Where no time is said, the pause doubles with each refusal in a row.
    /// </summary>
    internal void Heed(ApiAnswer answer)
    {
        TimeSpan? asked = answer.RetryAfter > TimeSpan.Zero ? answer.RetryAfter : null;
        if (answer.Outcome == ApiOutcome.RateLimited)
        {
            Hold(asked ?? OwnPause());
        }
        else if (answer.Status == 503 && asked is { } pause)
        {
            Hold(pause);
        }
        else if (answer.Status is >= 200 and < 300)
        {
            Volatile.Write(ref _refusals, 0);
        }
    }

    /// <summary>Holds everybody back for that long; a longer pause that was asked for before stays.</summary>
    internal void Hold(TimeSpan pause)
    {
        long until = Environment.TickCount64 + (long)Math.Min(pause.TotalMilliseconds, int.MaxValue);
        long before = Volatile.Read(ref _heldUntil);
        while (until > before)
        {
            long seen = Interlocked.CompareExchange(ref _heldUntil, until, before);
            if (seen == before)
            {
                return;
            }

            before = seen;
        }
    }

    /// <summary>Waits for a turn, first come first served.</summary>
    internal async Task TurnAsync(CancellationToken cancellation)
    {
        using RateLimitLease lease = await _bucket.AcquireAsync(1, cancellation);
        Debug.Assert(lease.IsAcquired, "The queue has no end.");
    }

    // Calls that were on their way together are refused together: they count as one.
    private TimeSpan OwnPause()
    {
        TimeSpan held = HeldFor;
        if (held > TimeSpan.Zero)
        {
            return held;
        }

        int doublings = Math.Min(Interlocked.Increment(ref _refusals) - 1, 16);
        return TimeSpan.FromTicks(Math.Min(_options.FirstDelay.Ticks << doublings, _options.LongestDelay.Ticks));
    }
}
