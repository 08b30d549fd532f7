// SPDX-License-Identifier: MIT

using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PgCloud.Emulator.Tests.Ovh;

/// <summary>Calls the emulator with a token.</summary>
internal sealed class ApiClient(StartLine start) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(180);

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(120) };

    internal string Database { get; } = $"/cloud/project/{start.Project}/database";

    internal string Postgres => Database + "/postgresql";

    internal Task<Answer> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Get, path, null, headers);

    internal Task<Answer> PostAsync(string path, object? body = null, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Post, path, body, headers);

    internal Task<Answer> PutAsync(string path, object body, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Put, path, body, headers);

    internal Task<Answer> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path, null);

    /// <summary>A call of a control route.</summary>
    internal Task<Answer> ControlAsync(HttpMethod method, string path, object? body = null) => SendAsync(method, start.Control + path, body);

    internal async Task<Answer> SendAsync(HttpMethod method, string path, object? body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path.StartsWith("http", StringComparison.Ordinal) ? path : start.Http + path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", start.AccessToken);
        foreach ((string name, string value) in headers)
        {
            request.Headers.Remove(name);
            request.Headers.TryAddWithoutValidation(name, value);
        }

        request.Content = body switch
        {
            null => null,
            HttpContent content => content,
            _ => new StringContent(JsonSerializer.Serialize(body), new MediaTypeHeaderValue("application/json")),
        };
        return await ReadAsync(await _http.SendAsync(request));
    }

    /// <summary>Asks until the answer is as wanted.</summary>
    internal async Task<Answer> WaitAsync(string path, Func<Answer, bool> isThere)
    {
        for (DateTime until = DateTime.UtcNow + Patience; ;)
        {
            Answer answer = await GetAsync(path);
            if (isThere(answer))
            {
                return answer;
            }

            if (DateTime.UtcNow > until || (string?)answer.Json?["status"] == "ERROR")
            {
                throw new TimeoutException($"{path}: {answer.Status} {answer.Text}");
            }

            await Task.Delay(10);
        }
    }

    /// <summary>Makes a pool, whose database the pools may not know yet.</summary>
    internal async Task<Answer> PostPoolAsync(string service, object body)
    {
        DateTime until = DateTime.UtcNow + Patience;
        Answer answer;
        while ((answer = await PostAsync(service + "/connectionPool", body)).Status == 403 && DateTime.UtcNow < until)
        {
            await Task.Delay(10);
        }

        return answer;
    }

    internal Task<Answer> WaitReadyAsync(string path) => WaitAsync(path, a => (string?)a.Json?["status"] == "READY");

    /// <summary>Makes a service and waits for it; the path of it comes back.</summary>
    internal async Task<string> CreateReadyAsync(object? changes = null)
    {
        string path = $"{Postgres}/{(await CreateAsync(changes)).Id}";
        await WaitReadyAsync(path);
        return path;
    }

    /// <summary>Asks for a small service, with other properties where some are given.</summary>
    internal async Task<Answer> CreateAsync(object? changes = null)
    {
        var body = new JsonObject
        {
            ["description"] = "test",
            ["plan"] = "essential",
            ["version"] = "17",
            ["nodesPattern"] = new JsonObject { ["flavor"] = "db1-4", ["number"] = 1, ["region"] = "GRA" },
        };
        foreach ((string name, JsonNode? value) in (JsonObject)(JsonSerializer.SerializeToNode(changes) ?? new JsonObject()))
        {
            body[name] = value?.DeepClone();
        }

        return await PostAsync(Postgres, body);
    }

    public void Dispose() => _http.Dispose();

    internal static async Task<Answer> ReadAsync(HttpResponseMessage response)
    {
        using (response)
        {
            string text = await response.Content.ReadAsStringAsync();
            bool isJson = response.Content.Headers.ContentType?.MediaType == "application/json";
            return new Answer((int)response.StatusCode, isJson && text.Length > 0 ? Parse(text) : null, text, response.Headers);
        }
    }

    private static JsonNode? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
