// SPDX-License-Identifier: MIT

using System.Text;
using Newtonsoft.Json.Linq;
using PgCloud.Contracts;
using PgCloud.Engine.Sql.Credentials;
using PgCloud.Errors;

namespace PgCloud.Engine.Providers.Ovh.Api;

/// <summary>
///   Calls OVHcloud's API. Safe to use from several threads. Every failure is one of <see cref="PgErrors"/>; what may be repeated without harm
///   has been repeated before.
/// </summary>
internal sealed class OvhClient : IDisposable
{
    private readonly OvhClientOptions _options;
    private readonly OvhTransport _transport;
    private readonly OvhRetry _retry;
    private readonly OvhErrors _errors;
    private readonly IOvhAuthoriser _authoriser;
    private readonly OvhClock _clock;

    internal OvhClient(OvhEndpoint endpoint, OvhCredential credential, OvhClientOptions? options = null)
    {
        Endpoint = endpoint;
        _options = options ?? new OvhClientOptions();
        _transport = new OvhTransport(_options);
        _retry = new OvhRetry(_options, text => _errors!.Clean(text));
        _clock = new OvhClock(AskTimeAsync);
        _authoriser = credential switch
        {
            OvhApplicationCredential application => new OvhSigner(application, _clock),
            OvhClientCredential client => new OvhTokens(client, (r, c) => FetchTokenAsync(client, r, c), _options.TokenMargin),
            OvhTokenCredential token => new OvhBearer(token),
            _ => throw new ArgumentException(credential.GetType().Name, nameof(credential)),
        };
        _errors = new OvhErrors(endpoint, _authoriser.Mask);
    }

    /// <summary>Where the API is.</summary>
    internal OvhEndpoint Endpoint { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        (_authoriser as IDisposable)?.Dispose();
        _clock.Dispose();
        _transport.Dispose();
    }

    /// <summary>Reads an object.</summary>
    /// <param name="path">Behind the API's base, beginning with a slash; what comes from outside in it is percent-encoded.</param>
    /// <param name="reporter">Hears of retries.</param>
    /// <param name="cancellation">Ends the call.</param>
    internal Task<T> GetAsync<T>(string path, IReporter reporter, CancellationToken cancellation) =>
        ReadAsync<T>(new OvhCall(HttpMethod.Get, path, null, reporter), cancellation);

    /// <summary>
    ///   Reads a list of objects: in one call where the API knows the header for it, else by the ids, several at a time.
    /// </summary>
    internal async Task<IReadOnlyList<T>> ListAsync<T>(string path, IReporter reporter, CancellationToken cancellation)
        where T : class
    {
        var call = new OvhCall(HttpMethod.Get, path, null, reporter) { AsObjects = true };
        OvhAnswer answer = await SendAsync(call, null, cancellation);
        var items = Convert<JArray>(call, answer, answer.Json);
        if (items.Any(i => i.Type == JTokenType.Object))
        {
            return [.. items.Select(i => Convert<T>(call, answer, i))];
        }

        string parent = path.Split('?')[0];
        var objects = new T?[items.Count];
        await Parallel.ForAsync(
            0,
            items.Count,
            new ParallelOptions { MaxDegreeOfParallelism = _options.Parallelism, CancellationToken = cancellation },
            async (i, c) => objects[i] = await FindAsync<T>($"{parent}/{Uri.EscapeDataString(items[i].ToString())}", reporter, c));

        // One that is gone since the list was read is no error.
        return [.. objects.OfType<T>()];
    }

    /// <summary>Reads an object; <see langword="null"/> where the API says it is not there.</summary>
    internal async Task<T?> FindAsync<T>(string path, IReporter reporter, CancellationToken cancellation)
        where T : class
    {
        var call = new OvhCall(HttpMethod.Get, path, null, reporter);
        OvhAnswer answer = await SendAsync(call, a => a.Status == 404, cancellation);
        return answer.Status == 404 ? null : Convert<T>(call, answer, answer.Json);
    }

    /// <summary>Makes something, or sets something going.</summary>
    /// <param name="path">As for <see cref="GetAsync{T}"/>.</param>
    /// <param name="body">An object whose null properties are left out, or a JObject, which is sent as it is; null for none.</param>
    /// <param name="reporter">Hears of retries.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <param name="isRepeatable">
    ///   Whether doing it twice is the same as doing it once. Where it is not and the end was not seen, the error is
    ///   <c>PgCloud.Cloud.OutcomeUnknown</c>: look first whether it was done.
    /// </param>
    internal Task<T> PostAsync<T>(string path, object? body, IReporter reporter, CancellationToken cancellation, bool isRepeatable = false) =>
        ReadAsync<T>(new OvhCall(HttpMethod.Post, path, Bytes(body), reporter) { IsRepeatable = isRepeatable }, cancellation);

    /// <summary>The same where nothing is answered.</summary>
    internal Task PostAsync(string path, object? body, IReporter reporter, CancellationToken cancellation, bool isRepeatable = false) =>
        SendAsync(new OvhCall(HttpMethod.Post, path, Bytes(body), reporter) { IsRepeatable = isRepeatable }, null, cancellation);

    /// <summary>The same without signature or token: the way to a consumer key.</summary>
    internal Task<T> PostUnauthorisedAsync<T>(string path, object? body, IReporter reporter, CancellationToken cancellation) =>
        ReadAsync<T>(
            new OvhCall(HttpMethod.Post, path, Bytes(body), reporter) { IsRepeatable = false, IsAuthorised = false }, cancellation);

    /// <summary>Changes something; what the API answers is passed over, for of some routes it is empty.</summary>
    internal Task PutAsync(string path, object body, IReporter reporter, CancellationToken cancellation) =>
        SendAsync(new OvhCall(HttpMethod.Put, path, Bytes(body), reporter), null, cancellation);

    /// <summary>Changes something and reads what it is then.</summary>
    internal Task<T> PutAsync<T>(string path, object body, IReporter reporter, CancellationToken cancellation) =>
        ReadAsync<T>(new OvhCall(HttpMethod.Put, path, Bytes(body), reporter), cancellation);

    /// <summary>Removes something. That it is gone when the call is repeated is what was wanted.</summary>
    internal async Task DeleteAsync(string path, IReporter reporter, CancellationToken cancellation)
    {
        int attempts = 0;
        await SendAsync(
            new OvhCall(HttpMethod.Delete, path, null, reporter), a => a.Status == 404 && attempts > 1, cancellation, () => attempts++);
    }

    /// <summary>The same where something is answered; <see langword="null"/> where it was gone when the call was repeated.</summary>
    internal async Task<T?> DeleteAsync<T>(string path, IReporter reporter, CancellationToken cancellation)
        where T : class
    {
        int attempts = 0;
        var call = new OvhCall(HttpMethod.Delete, path, null, reporter);
        OvhAnswer answer = await SendAsync(call, a => a.Status == 404 && attempts > 1, cancellation, () => attempts++);
        return answer.Status == 404 ? null : Convert<T>(call, answer, answer.Json);
    }

    private static byte[]? Bytes(object? body) => body is null ? null : OvhJson.Write(body);

    private async Task<T> ReadAsync<T>(OvhCall call, CancellationToken cancellation)
    {
        OvhAnswer answer = await SendAsync(call, null, cancellation);
        return Convert<T>(call, answer, answer.Json);
    }

    private T Convert<T>(OvhCall call, OvhAnswer answer, JToken? json)
    {
        if (json is null)
        {
            throw _errors.Unusable(call, answer, "it is empty");
        }

        T? value = OvhJson.Read<T>(json, out string? flaw);
        return flaw is null && value is not null ? value : throw _errors.Unusable(call, answer, flaw ?? "it is null");
    }

    private async Task<OvhAnswer> SendAsync(
        OvhCall call, Func<OvhAnswer, bool>? isFine, CancellationToken cancellation, Action? onAttempt = null)
    {
        bool renewed = false;
        OvhAnswer answer = await _retry.RunAsync(
            call,
            async token =>
            {
                onAttempt?.Invoke();
                (OvhAnswer first, bool isOutdated) = await AttemptAsync(call, token);
                if (!isOutdated || renewed)
                {
                    return first;
                }

                // The call was refused before anything was done, so that another attempt harms nobody; once is enough to learn the time.
                renewed = true;
                call.Reporter.Step(_errors.Clean($"OVHcloud, {call}: {first}; once more with the time or the token renewed"), TimeSpan.Zero);
                return (await AttemptAsync(call, token)).Answer;
            },
            cancellation);
        return answer.Outcome == OvhOutcome.Done || isFine?.Invoke(answer) == true ? answer : throw _errors.Of(call, answer);
    }

    private async Task<(OvhAnswer Answer, bool IsOutdated)> AttemptAsync(OvhCall call, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(call.Method, new Uri(Endpoint.ApiBase + call.Path));
        byte[] body = call.Body ?? [];
        if (call.Body is not null || call.Method == HttpMethod.Post)
        {
            // Even an empty one: a request without content is repeated by HttpClient itself when a kept connection has ended.
            request.Content = new ByteArrayContent(body);
            if (body.Length > 0)
            {
                request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json; charset=utf-8");
            }
        }

        if (call.AsObjects)
        {
            request.Headers.TryAddWithoutValidation("X-Pagination-Mode", "CachedObjectList-Pages");
            request.Headers.TryAddWithoutValidation("X-Pagination-Size", "50000");
            request.Headers.TryAddWithoutValidation("Pragma", "no-cache");
        }

        if (call.IsAuthorised)
        {
            await _authoriser.AuthoriseAsync(request, body, call.Reporter, cancellation);
        }
        else
        {
            _authoriser.Introduce(request);
        }

        OvhAnswer answer = await _transport.SendAsync(request, cancellation);
        return (answer, answer.Outcome == OvhOutcome.Refused && call.IsAuthorised && _authoriser.Renew(request, answer));
    }

    private Task<long> AskTimeAsync(IReporter reporter, CancellationToken cancellation) =>
        ReadAsync<long>(new OvhCall(HttpMethod.Get, "/auth/time", null, reporter) { IsAuthorised = false }, cancellation);

    private async Task<OvhToken> FetchTokenAsync(OvhClientCredential credential, IReporter reporter, CancellationToken cancellation)
    {
        var call = new OvhCall(HttpMethod.Post, Endpoint.TokenUrl.AbsolutePath, null, reporter) { IsAuthorised = false };
        OvhAnswer answer = await _retry.RunAsync(
            call,
            async token =>
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, Endpoint.TokenUrl);
                request.Headers.TryAddWithoutValidation("Authorization", "Basic " + Basic(credential));
                request.Content = new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("scope", "all")]);
                return await _transport.SendAsync(request, token);
            },
            cancellation);
        if (answer.Outcome != OvhOutcome.Done)
        {
            throw _errors.OfToken(call, answer);
        }

        OvhToken fetched = Convert<OvhToken>(call, answer, answer.Json);
        return fetched.AccessToken.Length > 0 ? fetched : throw _errors.Unusable(call, answer, "it has no access_token");
    }

    private static string Basic(OvhClientCredential credential) => Passwords.Use(
        credential.ClientSecret,
        secret => System.Convert.ToBase64String(
            Encoding.UTF8.GetBytes($"{Uri.EscapeDataString(credential.ClientId)}:{Uri.EscapeDataString(new string(secret))}")));
}
