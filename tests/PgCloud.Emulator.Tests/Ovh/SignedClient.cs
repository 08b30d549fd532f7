// SPDX-License-Identifier: MIT

using System.Net.Http.Headers;
using System.Text;
using PgCloud.Emulator.Ovh.Auth;

namespace PgCloud.Emulator.Tests.Ovh;

/// <summary>Calls with the classic signature; what is signed can be made wrong.</summary>
internal sealed class SignedClient(StartLine start) : IDisposable
{
    private readonly HttpClient _http = new(new HttpClientHandler { AllowAutoRedirect = false });

    internal string ApplicationKey { get; init; } = start.ApplicationKey;

    internal string ApplicationSecret { get; init; } = start.ApplicationSecret;

    internal string ConsumerKey { get; init; } = start.ConsumerKey;

    internal TimeSpan Drift { get; init; }

    /// <summary>Signs the URL without its port, as the npm client does.</summary>
    internal bool WithoutPort { get; init; }

    internal async Task<Answer> SendAsync(HttpMethod method, string path, string body = "", params (string Name, string Value)[] headers)
    {
        string url = start.Http + path;
        string signed = WithoutPort ? url.Replace($":{new Uri(url).Port}", string.Empty, StringComparison.Ordinal) : url;
        string time = (DateTimeOffset.UtcNow + Drift).ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(method, url);
        request.Headers.Add("X-Ovh-Application", ApplicationKey);
        request.Headers.Add("X-Ovh-Consumer", ConsumerKey);
        request.Headers.Add("X-Ovh-Timestamp", time);
        request.Headers.Add("X-Ovh-Signature", Signature.Compute(ApplicationSecret, ConsumerKey, method.Method, signed, Encoding.UTF8.GetBytes(body), time));
        foreach ((string name, string value) in headers)
        {
            request.Headers.Add(name, value);
        }

        request.Content = body.Length == 0 ? null : new StringContent(body, new MediaTypeHeaderValue("application/json"));
        return await ApiClient.ReadAsync(await _http.SendAsync(request));
    }

    internal Task<Answer> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public void Dispose() => _http.Dispose();
}
