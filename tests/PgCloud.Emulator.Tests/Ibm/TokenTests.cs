// SPDX-License-Identifier: MIT

using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Xunit;

namespace PgCloud.Emulator.Tests.Ibm;

/// <summary>IAM: grants, the life of tokens, and errors word for word.</summary>
[Collection(EmulatorTests.Name)]
public sealed class TokenTests(EmulatorFixture emulator) : IDisposable
{
    private const string Grants = "urn:ibm:params:oauth:grant-type:";

    private readonly IbmClient _api = new(emulator.Start);

    public void Dispose() => _api.Dispose();

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task A_key_gets_a_token(bool isClient, bool hasResponseType)
    {
        (string, string)[] form = [("grant_type", Grants + "apikey"), ("apikey", emulator.Start.IbmApiKey)];
        Answer answer = await _api.TokenAsync(isClient, hasResponseType ? [("response_type", "cloud_iam"), .. form] : form);
        JsonNode token = answer.Ok;
        Assert.Equal(["access_token", "refresh_token", "token_type", "expires_in", "expiration", "scope"], token.AsObject().Select(p => p.Key));
        Assert.Equal(("Bearer", 3600, "ibm openid"), ((string?)token["token_type"], (int)token["expires_in"]!, (string?)token["scope"]));
        Assert.InRange((long)token["expiration"]! - DateTimeOffset.UtcNow.ToUnixTimeSeconds(), 3480, 3600);
        Assert.Equal(isClient, (string?)token["refresh_token"] != "not_supported");
        JsonNode payload = Payload((string)token["access_token"]!);
        Assert.Equal((emulator.Start.IbmAccountId, (long)token["expiration"]!), ((string?)payload["account"]!["bss"], (long)payload["exp"]!));
    }

    [Fact]
    public async Task A_wrong_key_is_refused_word_for_word()
    {
        Answer answer = await _api.TokenOfAsync("nobody's");
        Assert.Equal((400, "BXNIM0415E", "Provided API key could not be found"), (answer.Status, answer.ErrorCode, (string?)answer.Json!["errorMessage"]));
        Assert.Equal(["context", "errorCode", "errorMessage"], answer.Json.AsObject().Select(p => p.Key));
        Assert.Equal(
            ["requestId", "requestType", "userAgent", "clientIp", "url", "instanceId", "threadId", "host", "startTime", "endTime", "elapsedTime", "locale", "clusterName"],
            answer.Json["context"]!.AsObject().Select(p => p.Key));
        Assert.Equal((string?)answer.Json["context"]!["requestId"], answer.Headers.GetValues("Transaction-Id").Single());
    }

    [Fact]
    public async Task Another_response_type_is_refused_word_for_word()
    {
        Answer answer = await _api.TokenAsync(true, ("response_type", "uaa, cloud_iam"), ("grant_type", Grants + "apikey"), ("apikey", emulator.Start.IbmApiKey));
        Assert.Equal(
            (400, "BXNIM0106E", "Validation of property 'response_type' with value '[uaa, cloud_iam]' failed. Valid values: 'cloud_iam'"),
            (answer.Status, answer.ErrorCode, (string?)answer.Json!["errorMessage"]));
    }

    [Fact]
    public async Task Json_is_no_form()
    {
        Answer answer = await _api.PostAsync(emulator.Start.IbmIam + "/identity/token", new { grant_type = Grants + "apikey", apikey = emulator.Start.IbmApiKey });
        Assert.Equal((400, "BXNIM0109E"), (answer.Status, answer.ErrorCode));
    }

    [Fact]
    public async Task A_passcode_is_good_once()
    {
        string passcode = (string)(await _api.ControlAsync(HttpMethod.Post, "/iam/passcodes")).Ok["passcode"]!;
        (string, string)[] form = [("response_type", "cloud_iam"), ("grant_type", Grants + "passcode"), ("passcode", passcode)];
        Assert.Equal(400, (await _api.TokenAsync(isClient: false, form)).Status);
        Assert.NotNull((await _api.TokenAsync(isClient: true, form)).Ok["access_token"]);
        Assert.Equal("BXNIM0407E", (await _api.TokenAsync(isClient: true, form)).ErrorCode);
    }

    [Fact]
    public async Task A_refresh_token_gets_another_token()
    {
        Answer first = await _api.TokenAsync(isClient: true, ("grant_type", Grants + "apikey"), ("apikey", emulator.Start.IbmApiKey));
        (string, string)[] form = [("grant_type", "refresh_token"), ("refresh_token", (string)first.Ok["refresh_token"]!)];
        Assert.NotEqual((string?)first.Json!["access_token"], (string?)(await _api.TokenAsync(isClient: true, form)).Ok["access_token"]);
        Assert.Equal("BXNIM0407E", (await _api.TokenAsync(isClient: false, form)).ErrorCode);
        Assert.Equal("BXNIM0407E", (await _api.TokenAsync(isClient: true, ("grant_type", "refresh_token"), ("refresh_token", "not_supported"))).ErrorCode);
    }

    [Fact]
    public async Task A_profile_can_be_assumed()
    {
        string token = (string)(await _api.TokenOfAsync(emulator.Start.IbmApiKey)).Ok["access_token"]!;
        Assert.Equal(200, (await _api.TokenAsync(false, ("grant_type", Grants + "assume"), ("access_token", token), ("profile_id", emulator.Start.IbmProfileId))).Status);
        Assert.Equal(400, (await _api.TokenAsync(false, ("grant_type", Grants + "assume"), ("access_token", token), ("profile_id", "Profile-none"))).Status);
    }

    [Fact]
    public async Task A_token_ends()
    {
        await _api.ControlAsync(HttpMethod.Put, "/iam", new { tokenSeconds = 30 });
        try
        {
            Answer token = await _api.TokenOfAsync(emulator.Start.IbmApiKey);
            Assert.Equal(30, (int)token.Ok["expires_in"]!);
            string bearer = "Bearer " + token.Json!["access_token"];
            Assert.Equal(200, (await _api.GetAsync(_api.Instances, ("Authorization", bearer))).Status);
            Answer late = await _api.GetAsync(_api.Instances, ("Authorization", bearer), ("X-Emulator-Fault", "clock=31"));
            Assert.Equal(401, late.Status);
            Assert.Equal(
                ("RC-IamErrorResponse", "Token is expired", 401, late.Headers.GetValues("Transaction-Id").Single()),
                ((string?)late.Json!["error_code"], (string?)late.Json["message"], (int)late.Json["status_code"]!, (string?)late.Json["transaction_id"]));
            Assert.Equal((401, "Token expired"), await CatalogAsync(bearer));
        }
        finally
        {
            await _api.ControlAsync(HttpMethod.Put, "/iam", new { tokenSeconds = 3600 });
        }

        async Task<(int, string)> CatalogAsync(string bearer)
        {
            Answer answer = await _api.GetAsync(emulator.Start.IbmGlobalCatalog + "/", ("Authorization", bearer), ("X-Emulator-Fault", "clock=31"));
            return (answer.Status, answer.Text);
        }
    }

    [Fact]
    public async Task A_test_can_end_all_tokens()
    {
        using var other = new IbmClient(emulator.Start);
        Assert.Equal(200, (await other.GetAsync(other.Instances)).Status);
        await other.ControlAsync(HttpMethod.Delete, "/iam/tokens");
        Assert.Equal("Token is expired", (string?)(await other.GetAsync(other.Instances)).Json!["message"]);
    }

    [Fact]
    public async Task A_call_without_a_token_is_refused()
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", emulator.Start.IbmApiKey);
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, (await http.GetAsync(_api.Instances)).StatusCode);
        http.DefaultRequestHeaders.Authorization = null;
        HttpResponseMessage refused = await http.GetAsync(_api.Zones);
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.NotNull(JsonNode.Parse(await refused.Content.ReadAsStringAsync())!["trace"]);
    }

    private static JsonNode Payload(string token)
    {
        string part = token.Split('.')[1].Replace('-', '+').Replace('_', '/');
        return JsonNode.Parse(Encoding.UTF8.GetString(Convert.FromBase64String(part + new string('=', (4 - (part.Length % 4)) % 4))))!;
    }
}
