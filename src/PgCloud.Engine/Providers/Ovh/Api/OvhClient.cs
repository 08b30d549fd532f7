// SPDX-License-Identifier: MIT

using System.Text;
using Newtonsoft.Json.Linq;
using PgCloud.Contracts;
using PgCloud.Engine.Http;
using PgCloud.Engine.Sql.Credentials;
using PgCloud.Errors;

namespace PgCloud.Engine.Providers.Ovh.Api;

/// <summary>
///   Calls OVHcloud's API. Safe to use from several threads. Every failure is one of <see cref="PgErrors"/>; what may be repeated without harm
///   has been repeated before.
/// </summary>
internal sealed class OvhClient : IDisposable
{
    private static readonly KeyValuePair<string, string>[] AsObjects =
    [
        new("X-Pagination-Mode", "CachedObjectList-Pages"),
        new("X-Pagination-Size", "50000"),
        new("Pragma", "no-cache"),
    ];

    private readonly ApiClientOptions _options;
    private readonly ApiExchange _exchange;
    private readonly OvhErrors _errors;
    private readonly IApiAuthoriser _authoriser;
    private readonly OvhClock _clock;

    internal OvhClient(OvhEndpoint endpoint, OvhCredential credential, ApiClientOptions? options = null)
    {
        Endpoint = endpoint;
        _options = options ?? new ApiClientOptions();
        _exchange = new ApiExchange(_options, OvhDialect.Instance, credential.Fingerprint(), text => _errors!.Clean(text));
        _clock = new OvhClock(AskTimeAsync);
        _authoriser = credential switch
        {
            OvhApplicationCredential application => new OvhSigner(application, _clock),
            OvhClientCredential client => new ApiTokens(
                (r, c) => FetchTokenAsync(client, r, c), new ApiTokenPolicy(_options.TokenMargin), client.Mask),
            OvhTokenCredential token => new ApiBearer(token.AccessToken, token.Mask),
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
        _exchange.Dispose();
    }

    /// <summary>Shares the pace of that account from now on. No call may be under way.</summary>
    internal void Join(string account) => _exchange.Join(account);

    /// <summary>Reads an object.</summary>
    /// <param name="path">Behind the API's base, beginning with a slash; what comes from outside in it is percent-encoded.</param>
    /// <param name="reporter">Hears of retries.</param>
    /// <param name="cancellation">Ends the call.</param>
    internal Task<T> GetAsync<T>(string path, IReporter reporter, CancellationToken cancellation) =>
        ReadAsync<T>(Call(HttpMethod.Get, path, null, reporter), cancellation);

    /// <summary>
    ///   Reads a list of objects: in one call where the API knows the header for it, else by the ids, several at a time.
    /// </summary>
    internal async Task<IReadOnlyList<T>> ListAsync<T>(string path, IReporter reporter, CancellationToken cancellation)
        where T : class
    {
        var call = Call(HttpMethod.Get, path, null, reporter) with { Headers = AsObjects, NeedsBody = true };
        ApiAnswer answer = await SendAsync(call, null, cancellation);

        // To convert it would make a copy, which of a fleet is large.
        JArray items = answer.Json as JArray ?? Convert<JArray>(call, answer, answer.Json);
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
        var call = Call(HttpMethod.Get, path, null, reporter) with { NeedsBody = true };
        ApiAnswer answer = await SendAsync(call, a => a.Status == 404, cancellation);
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
        ReadAsync<T>(Call(HttpMethod.Post, path, body, reporter) with { IsRepeatable = isRepeatable }, cancellation);

    /// <summary>The same where nothing is answered.</summary>
    internal Task PostAsync(string path, object? body, IReporter reporter, CancellationToken cancellation, bool isRepeatable = false) =>
        SendAsync(Call(HttpMethod.Post, path, body, reporter) with { IsRepeatable = isRepeatable }, null, cancellation);

    /// <summary>The same without signature or token: the way to a consumer key.</summary>
    internal Task<T> PostUnauthorisedAsync<T>(string path, object? body, IReporter reporter, CancellationToken cancellation) =>
        ReadAsync<T>(
            Call(HttpMethod.Post, path, body, reporter) with { IsRepeatable = false, IsAuthorised = false, IsChange = true }, cancellation);

    /// <summary>
    ///   Changes something; what the API answers is passed over, for of some routes it is empty. That it is so already is what was wanted: an
    ///   attempt whose answer was lost may have done it.
    /// </summary>
    internal Task PutAsync(string path, object body, IReporter reporter, CancellationToken cancellation) =>
        SendAsync(Call(HttpMethod.Put, path, body, reporter), a => a.Class == OvhErrorTable.NoUpdate, cancellation);

    /// <summary>Removes something. That it is gone when the call is repeated is what was wanted.</summary>
    internal Task DeleteAsync(string path, IReporter reporter, CancellationToken cancellation) =>
        DeleteAsync(Call(HttpMethod.Delete, path, null, reporter), cancellation);

    /// <summary>The same where something is answered; <see langword="null"/> where it was gone when the call was repeated.</summary>
    internal async Task<T?> DeleteAsync<T>(string path, IReporter reporter, CancellationToken cancellation)
        where T : class
    {
        ApiCall call = Call(HttpMethod.Delete, path, null, reporter) with { NeedsBody = true };
        ApiAnswer answer = await DeleteAsync(call, cancellation);
        return answer.Status == 404 ? null : Convert<T>(call, answer, answer.Json);
    }

    private Task<ApiAnswer> DeleteAsync(ApiCall call, CancellationToken cancellation)
    {
        int attempts = 0;
        return SendAsync(call, a => a.Status == 404 && attempts > 1, cancellation, () => attempts++);
    }

    private ApiCall Call(HttpMethod method, string path, object? body, IReporter reporter) =>
        new(method, Endpoint.ApiBase, path, body is null ? null : OvhJson.Write(body), reporter);

    private async Task<T> ReadAsync<T>(ApiCall call, CancellationToken cancellation)
    {
        call = call with { NeedsBody = true };
        ApiAnswer answer = await SendAsync(call, null, cancellation);
        return Convert<T>(call, answer, answer.Json);
    }

    private T Convert<T>(ApiCall call, ApiAnswer answer, JToken? json)
    {
        if (json is null)
        {
            throw _errors.Unusable(call, answer, "it is empty");
        }

        T? value = OvhJson.Read<T>(json, out string? flaw);
        return flaw is null && value is not null ? value : throw _errors.Unusable(call, answer, flaw ?? "it is null");
    }

    private async Task<ApiAnswer> SendAsync(
        ApiCall call, Func<ApiAnswer, bool>? isFine, CancellationToken cancellation, Action? onAttempt = null)
    {
        ApiAnswer answer = await _exchange.SendAsync(call, _authoriser, cancellation, onAttempt);
        return answer.Outcome == ApiOutcome.Done || isFine?.Invoke(answer) == true ? answer : throw _errors.Of(call, answer);
    }

    private Task<long> AskTimeAsync(IReporter reporter, CancellationToken cancellation) =>
        ReadAsync<long>(Call(HttpMethod.Get, "/auth/time", null, reporter) with { IsAuthorised = false }, cancellation);

    private async Task<ApiToken> FetchTokenAsync(OvhClientCredential credential, IReporter reporter, CancellationToken cancellation)
    {
        var call = new ApiCall(
            HttpMethod.Post, Endpoint.TokenUrl.GetLeftPart(UriPartial.Authority), Endpoint.TokenUrl.AbsolutePath, "grant_type=client_credentials&scope=all"u8.ToArray(), reporter)
        {
            ContentType = ApiCall.Form,
            Headers = [new("Authorization", "Basic " + Basic(credential))],
            IsAuthorised = false,
        };
        ApiAnswer answer = await _exchange.SendAsync(call, null, cancellation);
        if (answer.Outcome != ApiOutcome.Done)
        {
            throw _errors.OfToken(call, answer);
        }

        OvhToken fetched = Convert<OvhToken>(call, answer, answer.Json);
        return fetched.AccessToken.Length > 0
            ? new ApiToken(fetched.AccessToken, TimeSpan.FromSeconds(fetched.ExpiresIn))
            : throw _errors.Unusable(call, answer, "it has no access_token");
    }

    private static string Basic(OvhClientCredential credential) => Passwords.Use(
        credential.ClientSecret,
        secret => System.Convert.ToBase64String(
            Encoding.UTF8.GetBytes($"{Uri.EscapeDataString(credential.ClientId)}:{Uri.EscapeDataString(new string(secret))}")));
}
