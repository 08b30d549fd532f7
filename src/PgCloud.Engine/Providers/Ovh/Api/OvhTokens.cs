// SPDX-License-Identifier: MIT

using System.Diagnostics;
using System.Net.Http.Headers;
using PgCloud.Contracts;

namespace PgCloud.Engine.Providers.Ovh.Api;

/// <summary>A service account: an access token is fetched, kept, and replaced shortly before its end or when the API no longer takes it.</summary>
/// <param name="credential">The account.</param>
/// <param name="fetch">Asks the token URL.</param>
/// <param name="margin">How long before its end a token is replaced.</param>
internal sealed class OvhTokens(
    OvhClientCredential credential, Func<IReporter, CancellationToken, Task<OvhToken>> fetch, TimeSpan margin) : IOvhAuthoriser, IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private Held? _held;

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();

    /// <inheritdoc/>
    public async Task AuthoriseAsync(HttpRequestMessage request, byte[] body, IReporter reporter, CancellationToken cancellation)
    {
        string token = await TokenAsync(reporter, cancellation);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    /// <inheritdoc/>
    public bool Renew(HttpRequestMessage refused, OvhAnswer answer)
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
        text = credential.Mask(text);
        return Volatile.Read(ref _held) is { } held ? text.Replace(held.Token, "***", StringComparison.Ordinal) : text;
    }

    private async Task<string> TokenAsync(IReporter reporter, CancellationToken cancellation)
    {
        if (Volatile.Read(ref _held) is { IsFresh: true } known)
        {
            return known.Token;
        }

        await _gate.WaitAsync(cancellation);
        try
        {
            if (Volatile.Read(ref _held) is { IsFresh: true } meanwhile)
            {
                return meanwhile.Token;
            }

            long asked = Stopwatch.GetTimestamp();
            OvhToken token = await fetch(reporter, cancellation);
            var life = TimeSpan.FromSeconds(token.ExpiresIn);

            // A token that lives no longer than the margin would otherwise be fetched for every call.
            var held = new Held(token.AccessToken, asked, life - (margin < life / 2 ? margin : life / 2));
            Volatile.Write(ref _held, held);
            return held.Token;
        }
        finally
        {
            _gate.Release();
        }
    }

    private sealed class Held(string token, long since, TimeSpan freshFor)
    {
        internal string Token { get; } = token;

        internal bool IsFresh => Stopwatch.GetElapsedTime(since) < freshFor;
    }
}
