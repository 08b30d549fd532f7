// SPDX-License-Identifier: MIT

using Newtonsoft.Json.Linq;
using PgCloud.Contracts;
using PgCloud.Engine.Http;
using PgCloud.Errors;

namespace PgCloud.Engine.Providers.Ibm.Api;

/// <summary>
///   Calls IBM Cloud's services. Safe to use from several threads. Every failure is one of <see cref="PgErrors"/>; what may be repeated without
///   harm has been repeated before.
/// </summary>
internal sealed class IbmClient : IDisposable
{
    private readonly IbmEndpoints _endpoints;
    private readonly ApiExchange _exchange;
    private readonly IbmErrors _errors;
    private readonly IApiAuthoriser _authoriser;

    internal IbmClient(IbmEndpoints endpoints, IbmCredential credential, ApiClientOptions? options = null)
    {
        options ??= new ApiClientOptions();
        _endpoints = endpoints;
        _errors = new IbmErrors(credential, text => _authoriser!.Mask(text));
        _exchange = new ApiExchange(options, IbmDialect.Instance, credential.Fingerprint(), _errors.Clean);
        if (credential is IbmTokenCredential)
        {
            _authoriser = new ApiBearer(credential.Secret, credential.Mask);
            return;
        }

        var source = new IbmTokenSource(credential, endpoints[IbmService.Iam], _exchange, _errors);
        _authoriser = new ApiTokens(source.FetchAsync, TokenPolicyOf(options), source.Mask);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        (_authoriser as IDisposable)?.Dispose();
        _exchange.Dispose();
    }

    /// <summary>
    ///   When a token is replaced: as in IBM's own SDK it is not used in its last 10 seconds, and another one is fetched ahead once 80 % of its
    ///   life are over; where that fails, it is let be for a minute.
    /// </summary>
    internal static ApiTokenPolicy TokenPolicyOf(ApiClientOptions options) =>
        new(options.TokenMargin) { AheadAt = 0.8, HoldOff = TimeSpan.FromSeconds(60) };

    /// <summary>Shares the pace of that account from now on. No call may be under way.</summary>
    internal void Join(string account) => _exchange.Join(account);

    /// <summary>Reads an object.</summary>
    /// <param name="service">Whose.</param>
    /// <param name="path">Behind the service's base, beginning with a slash; what comes from outside in it is percent-encoded.</param>
    /// <param name="reporter">Hears of retries.</param>
    /// <param name="cancellation">Ends the call.</param>
    internal async Task<T> GetAsync<T>(IbmService service, string path, IReporter reporter, CancellationToken cancellation) =>
        (await ReadAsync<T>(Call(service, HttpMethod.Get, path, null, reporter), cancellation)).Value;

    /// <summary>Reads an object and its version; <see langword="null"/> where the API says it is not there.</summary>
    internal async Task<IbmVersioned<T>?> FindAsync<T>(IbmService service, string path, IReporter reporter, CancellationToken cancellation)
        where T : class
    {
        ApiCall call = Call(service, HttpMethod.Get, path, null, reporter) with { NeedsBody = true };
        ApiAnswer answer = await SendAsync(call, a => a.Status is 404 or 410, cancellation);
        return answer.Status is 404 or 410 ? null : Convert<T>(call, answer);
    }

    /// <summary>Makes something, or sets something going.</summary>
    /// <param name="service">Where.</param>
    /// <param name="path">As for <see cref="GetAsync{T}"/>.</param>
    /// <param name="body">An object whose null properties are left out, or a JObject, which is sent as it is; null for none.</param>
    /// <param name="reporter">Hears of retries.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <param name="isRepeatable">
    ///   Whether doing it twice is the same as doing it once. Where it is not and the end was not seen, the error is
    ///   <c>PgCloud.Cloud.OutcomeUnknown</c>: look first whether it was done.
    /// </param>
    /// <param name="headers">Beside the usual ones.</param>
    internal async Task<T> PostAsync<T>(
        IbmService service,
        string path,
        object? body,
        IReporter reporter,
        CancellationToken cancellation,
        bool isRepeatable = false,
        params KeyValuePair<string, string>[] headers)
    {
        ApiCall call = Call(service, HttpMethod.Post, path, body, reporter);
        call = call with { IsRepeatable = isRepeatable, Headers = [.. call.Headers, .. headers] };
        return (await ReadAsync<T>(call, cancellation)).Value;
    }

    /// <summary>Changes parts of something and reads what it is then.</summary>
    internal async Task<T> PatchAsync<T>(IbmService service, string path, object body, IReporter reporter, CancellationToken cancellation) =>
        (await ReadAsync<T>(Call(service, HttpMethod.Patch, path, body, reporter), cancellation)).Value;

    /// <summary>
    ///   Replaces something, unless it has another version by now: that is <c>PgCloud.Cloud.ChangedMeanwhile</c>. Where that comes after a first
    ///   attempt whose end was not seen, the change may be our own, and the error is <c>PgCloud.Cloud.OutcomeUnknown</c>.
    /// </summary>
    internal async Task<IbmVersioned<T>> PutAsync<T>(
        IbmService service, string path, object body, string etag, IReporter reporter, CancellationToken cancellation)
    {
        ApiCall call = Call(service, HttpMethod.Put, path, body, reporter);
        call = call with { Headers = [.. call.Headers, new("If-Match", etag)], NeedsBody = true };
        bool wasLost = false;
        ApiAnswer answer = await _exchange.SendAsync(
            call,
            _authoriser,
            cancellation,
            onAnswer: a => wasLost |= a.Outcome is ApiOutcome.Cut or ApiOutcome.TimedOut or ApiOutcome.ServerFault or ApiOutcome.Unreadable);
        return answer.Outcome == ApiOutcome.Done ? Convert<T>(call, answer)
            : answer.Status == 412 && wasLost ? throw PgErrors.OutcomeUnknown(_errors.FaultOf(call, answer))
            : throw _errors.Of(call, answer);
    }

    /// <summary>Removes something. That it is gone already, by 410, or by 404 when the call is repeated, is what was wanted.</summary>
    internal async Task DeleteAsync(IbmService service, string path, IReporter reporter, CancellationToken cancellation)
    {
        int attempts = 0;
        await SendAsync(
            Call(service, HttpMethod.Delete, path, null, reporter),
            a => a.Status == 410 || (a.Status == 404 && attempts > 1),
            cancellation,
            () => attempts++);
    }

    /// <summary>The same where something is answered.</summary>
    internal async Task<T> DeleteAsync<T>(IbmService service, string path, IReporter reporter, CancellationToken cancellation) =>
        (await ReadAsync<T>(Call(service, HttpMethod.Delete, path, null, reporter), cancellation)).Value;

    /// <summary>Reads a list, all pages of it.</summary>
    /// <param name="service">Whose.</param>
    /// <param name="path">As for <see cref="GetAsync{T}"/>, with the query of the first page.</param>
    /// <param name="next">What the query of the next page has more; <see langword="null"/> after the last page.</param>
    /// <param name="reporter">Hears of retries.</param>
    /// <param name="cancellation">Ends the call.</param>
    internal async Task<IReadOnlyList<TItem>> ListAsync<TPage, TItem>(
        IbmService service, string path, Func<TPage, string?> next, IReporter reporter, CancellationToken cancellation)
        where TPage : IIbmPage<TItem>
    {
        var items = new List<TItem>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        string? more = string.Empty;
        while (true)
        {
            string url = more.Length == 0 ? path : $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{more}";
            ApiCall call = Call(service, HttpMethod.Get, url, null, reporter) with { NeedsBody = true };
            ApiAnswer answer = await SendAsync(call, null, cancellation);
            TPage page = Convert<TPage>(call, answer).Value;
            items.AddRange(page.Items);
            more = next(page);
            if (more is null)
            {
                return items;
            }

            if (!seen.Add(more))
            {
                throw _errors.Unusable(call, answer, "its next page is one that was read before");
            }
        }
    }

    private ApiCall Call(IbmService service, HttpMethod method, string path, object? body, IReporter reporter)
    {
        string id = $"pgcloud-{Guid.NewGuid():n}";
        return new ApiCall(method, _endpoints[service], path, body is null ? null : IbmJson.Write(body), reporter)
        {
            Id = id,
            Headers = [new("Transaction-Id", id)],
        };
    }

    private async Task<IbmVersioned<T>> ReadAsync<T>(ApiCall call, CancellationToken cancellation)
    {
        call = call with { NeedsBody = true };
        return Convert<T>(call, await SendAsync(call, null, cancellation));
    }

    private IbmVersioned<T> Convert<T>(ApiCall call, ApiAnswer answer)
    {
        if (answer.Json is not JObject json)
        {
            throw _errors.Unusable(call, answer, answer.Json is null ? "it is empty" : "it is no object");
        }

        T? value = IbmJson.Read<T>(json, out string? flaw);
        return flaw is null && value is not null ? new IbmVersioned<T>(value, answer.ETag) : throw _errors.Unusable(call, answer, flaw ?? "it is null");
    }

    private async Task<ApiAnswer> SendAsync(
        ApiCall call, Func<ApiAnswer, bool>? isFine, CancellationToken cancellation, Action? onAttempt = null)
    {
        ApiAnswer answer = await _exchange.SendAsync(call, _authoriser, cancellation, onAttempt);
        return answer.Outcome == ApiOutcome.Done || isFine?.Invoke(answer) == true ? answer : throw _errors.Of(call, answer);
    }
}
