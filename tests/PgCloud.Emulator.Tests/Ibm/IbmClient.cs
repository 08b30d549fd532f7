// SPDX-License-Identifier: MIT

using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Npgsql;
using Xunit;

namespace PgCloud.Emulator.Tests.Ibm;

/// <summary>Calls the emulator as a client of IBM Cloud.</summary>
internal sealed class IbmClient(StartLine start, string? apiKey = null) : IDisposable
{
    internal const string Plan = "databases-for-postgresql-gen2-standard";

    private const string ApiKeyGrant = "urn:ibm:params:oauth:grant-type:apikey";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(180);

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(120) };
    private string? _token;

    internal string Instances => start.IbmResourceController + "/v2/resource_instances";

    internal string Keys => start.IbmResourceController + "/v2/resource_keys";

    internal string Reclamations => start.IbmResourceController + "/v1/reclamations";

    internal string Groups => start.IbmResourceManager + "/v2/resource_groups";

    internal string Zones => start.IbmContextBasedRestrictions + "/v1/zones";

    internal string Rules => start.IbmContextBasedRestrictions + "/v1/rules";

    internal Task<Answer> GetAsync(string url, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Get, url, null, headers);

    internal Task<Answer> PostAsync(string url, object? body = null, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Post, url, body, headers);

    internal Task<Answer> PatchAsync(string url, object body) => SendAsync(HttpMethod.Patch, url, body);

    internal Task<Answer> PutAsync(string url, object body, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Put, url, body, headers);

    internal Task<Answer> DeleteAsync(string url) => SendAsync(HttpMethod.Delete, url, null);

    /// <summary>A call of a control route.</summary>
    internal Task<Answer> ControlAsync(HttpMethod method, string path, object? body = null) => SendAsync(method, $"{start.Control}/ibm{path}", body);

    /// <summary>Asks for a token with a form.</summary>
    internal async Task<Answer> TokenAsync(bool isClient, params (string Name, string Value)[] form)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, start.IbmIam + "/identity/token");
        request.Content = new FormUrlEncodedContent(form.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        request.Headers.Authorization = isClient ? new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes("bx:bx"))) : null;
        return await Ovh.ApiClient.ReadAsync(await _http.SendAsync(request));
    }

    internal Task<Answer> TokenOfAsync(string key) => TokenAsync(isClient: false, ("grant_type", ApiKeyGrant), ("apikey", key));

    internal async Task<Answer> SendAsync(HttpMethod method, string url, object? body, params (string Name, string Value)[] headers)
    {
        _token ??= (string)(await TokenOfAsync(apiKey ?? start.IbmApiKey)).Ok["access_token"]!;
        using var request = new HttpRequestMessage(method, url);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _token);
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
        return await Ovh.ApiClient.ReadAsync(await _http.SendAsync(request));
    }

    /// <summary>Asks until the answer is as wanted.</summary>
    internal async Task<Answer> WaitAsync(string url, Func<Answer, bool> isThere)
    {
        for (DateTime until = DateTime.UtcNow + Patience; ;)
        {
            Answer answer = await GetAsync(url);
            if (isThere(answer))
            {
                return answer;
            }

            if (DateTime.UtcNow > until)
            {
                throw new TimeoutException($"{url}: {answer.Status} {answer.Text}");
            }

            await Task.Delay(10);
        }
    }

    internal Task<Answer> WaitStateAsync(string guid, string state) => WaitAsync($"{Instances}/{guid}", a => (string?)a.Json?["state"] == state);

    internal static JsonObject Request(StartLine start, object? parameters = null, string plan = Plan) => new()
    {
        ["name"] = "test",
        ["target"] = "ca-mon",
        ["resource_group"] = start.IbmResourceGroup,
        ["resource_plan_id"] = plan,
        ["parameters"] = JsonSerializer.SerializeToNode(parameters),
    };

    internal Task<Answer> CreateAsync(object? parameters = null, string plan = Plan) => PostAsync(Instances, Request(start, parameters, plan));

    /// <summary>Makes an instance with a server; its guid comes back.</summary>
    internal async Task<string> CreateActiveAsync(object? parameters = null)
    {
        Answer made = await CreateAsync(parameters);
        Assert.True(made.Status == 201, made.Text);
        await WaitStateAsync((string)made.Json!["guid"]!, "active");
        return (string)made.Json["guid"]!;
    }

    /// <summary>Makes an instance without a server.</summary>
    internal async Task<string> SeedAsync() => (string)(await ControlAsync(HttpMethod.Post, "/instances", new { count = 1 })).Ok[0]!;

    internal async Task<JsonNode> CreateKeyAsync(string guid, string? role = "Manager", object? parameters = null)
    {
        Answer made = await PostAsync(Keys, new { name = "key", source = guid, role, parameters });
        Assert.True(made.Status == 201, made.Text);
        return made.Json!;
    }

    /// <summary>Logs in with the credentials of a key, and trusts nothing but their certificate.</summary>
    internal static async Task<NpgsqlConnection> ConnectAsync(JsonNode key)
    {
        JsonNode postgres = key["credentials"]!["connection"]!["postgres"]!;
        string caFile = Path.GetTempFileName();
        await File.WriteAllBytesAsync(caFile, Convert.FromBase64String((string)postgres["certificate"]!["certificate_base64"]!));
        var settings = new NpgsqlConnectionStringBuilder
        {
            Host = (string)postgres["hosts"]![0]!["hostname"]!,
            Port = int.Parse(postgres["hosts"]![0]!["port"]!.ToString(), System.Globalization.CultureInfo.InvariantCulture),
            Database = (string)postgres["database"]!,
            Username = (string)postgres["authentication"]!["username"]!,
            Password = (string)postgres["authentication"]!["password"]!,
            SslMode = SslMode.VerifyFull,
            RootCertificate = caFile,
            Pooling = false,
        };
        var connection = new NpgsqlConnection(settings.ConnectionString);
        try
        {
            await connection.OpenAsync();
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
        finally
        {
            File.Delete(caFile);
        }
    }

    internal static async Task<T> ScalarAsync<T>(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public void Dispose() => _http.Dispose();
}
