// SPDX-License-Identifier: MIT

using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using Newtonsoft.Json.Linq;

namespace PgCloud.Engine.Http;

/// <summary>Sends one request and reads its answer whole. Whatever happens is an answer; only the caller's own cancellation is thrown.</summary>
internal sealed partial class ApiTransport : IDisposable
{
    private const int LongestDetail = 200;

    private static readonly ProductInfoHeaderValue Agent =
        new("PgCloud", typeof(ApiTransport).Assembly.GetName().Version?.ToString(3) ?? "0");

    private readonly HttpClient _http;
    private readonly TimeSpan _timeout;
    private readonly ApiDialect _dialect;

    internal ApiTransport(ApiClientOptions options, ApiDialect dialect)
    {
        _timeout = options.AttemptTimeout;
        _dialect = dialect;
        var handler = new SocketsHttpHandler
        {
            // A redirection would take the signature, or the token, to whatever host it names: none is followed.
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.All,
            ConnectTimeout = options.ConnectTimeout,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            Proxy = options.Proxy,
        };
        handler.SslOptions.EnabledSslProtocols = CertificateFlaw.Protocols;
        handler.SslOptions.RemoteCertificateValidationCallback = ApiCertificateCheck.Validate;
        handler.Proxy ??= new EnvironmentProxy();
        _http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.UserAgent.Add(Agent);
        _http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    internal async Task<ApiAnswer> SendAsync(HttpRequestMessage request, TimeSpan left, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(left > _timeout ? _timeout : left > TimeSpan.Zero ? left : TimeSpan.Zero);
        try
        {
            using HttpResponseMessage response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            string body = Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync(limit.Token));
            return Read(response, body);
        }
        catch (OperationCanceledException failure) when (!cancellation.IsCancellationRequested)
        {
            // The limit for connecting ends in the same exception as the one for the whole attempt.
            return new ApiAnswer(limit.IsCancellationRequested ? ApiOutcome.TimedOut : ApiOutcome.NotConnected)
            {
                Detail = failure.InnerException is TimeoutException inner ? inner.Message : null,
            };
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            cancellation.ThrowIfCancellationRequested();
            return ApiCertificateCheck.AnswerOf(failure) ?? new ApiAnswer(OutcomeOf(failure)) { Detail = failure.GetBaseException().Message };
        }
    }

    private static ApiOutcome OutcomeOf(Exception failure) => (failure as HttpRequestException)?.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => ApiOutcome.NameNotResolved,
        HttpRequestError.ProxyTunnelError when ApiProxy.WantsCredential(failure) => ApiOutcome.ProxyRefused,
        HttpRequestError.ConnectionError or HttpRequestError.ProxyTunnelError => ApiOutcome.NotConnected,
        HttpRequestError.SecureConnectionError => ApiOutcome.TlsFailed,
        _ => ApiOutcome.Cut,
    };

    private ApiAnswer Read(HttpResponseMessage response, string body)
    {
        int status = (int)response.StatusCode;
        JToken? json = null;
        string? flaw = null;
        if (body.Length > 0)
        {
            json = ApiJson.Parse(body, out flaw);
        }

        ApiOutcome outcome = status switch
        {
            >= 200 and < 300 => flaw is null ? ApiOutcome.Done : ApiOutcome.Unreadable,
            >= 300 and < 400 => ApiOutcome.Redirected,
            429 => ApiOutcome.RateLimited,
            407 => ApiOutcome.ProxyRefused,
            501 => ApiOutcome.Refused,
            408 or >= 500 => ApiOutcome.ServerFault,
            _ => ApiOutcome.Refused,
        };
        return new ApiAnswer(outcome)
        {
            Status = status,
            Json = json,

            // What a call that succeeded answered may hold a password; an error page does not.
            Detail = outcome == ApiOutcome.Redirected ? PlaceOf(response) : outcome == ApiOutcome.Unreadable ? flaw : json is null ? Plain(body) : null,
            Class = _dialect.ClassOf(json),
            Words = _dialect.WordsOf(json),
            QueryId = _dialect.QueryIdOf(response.Headers, json),

            // As it came: not every service puts it into the quotes that the type of this header asks for.
            ETag = response.Headers.NonValidated.TryGetValues("ETag", out HeaderStringValues etag) ? etag.ToString() : null,
            RetryAfter = RetryAfterOf(response.Headers.RetryAfter),
        };
    }

    // Without its query, which may hold what is nobody's business.
    private static string PlaceOf(HttpResponseMessage response)
    {
        Uri? place = response.Headers.Location;
        if (place is { IsAbsoluteUri: false } && response.RequestMessage?.RequestUri is { } asked)
        {
            place = new Uri(asked, place);
        }

        return place is null ? "it does not say where" : Plain(place.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped))!;
    }

    private static TimeSpan? RetryAfterOf(RetryConditionHeaderValue? header)
    {
        TimeSpan? wait = header?.Delta ?? (header?.Date is { } date ? date - DateTimeOffset.UtcNow : null);
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    private static string? Plain(string body)
    {
        Match title = Title().Match(body);
        string text = Spaces().Replace(title.Success ? title.Groups[1].Value : Tags().Replace(body, " "), " ").Trim();
        return text.Length == 0 ? null : text.Length > LongestDetail ? text[..LongestDetail] + "…" : text;
    }

    [GeneratedRegex(@"<title>(.*?)</title>", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Title();

    [GeneratedRegex(@"<[^>]*>")]
    private static partial Regex Tags();

    [GeneratedRegex(@"[\s\p{C}]+")]
    private static partial Regex Spaces();
}
