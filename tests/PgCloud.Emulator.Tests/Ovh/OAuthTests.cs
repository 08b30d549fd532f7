// SPDX-License-Identifier: MIT

using System.Net.Http.Headers;
using System.Text;
using Xunit;

namespace PgCloud.Emulator.Tests.Ovh;

/// <summary>OAuth2 client credentials and tokens.</summary>
[Collection(EmulatorTests.Name)]
public sealed class OAuthTests(EmulatorFixture emulator)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_client_gets_a_token(bool basic)
    {
        Answer answer = await AskAsync(emulator.Start.ClientId, emulator.Start.ClientSecret, basic);
        Assert.Equal(("Bearer", "all", 3600), ((string?)answer.Ok["token_type"], (string?)answer.Ok["scope"], (int)answer.Ok["expires_in"]!));
        Answer call = await emulator.Api.GetAsync("/auth/details", ("Authorization", $"Bearer {answer.Ok["access_token"]}"));
        Assert.Equal("oauth2_client_credentials", (string?)call.Ok["method"]);
    }

    [Fact]
    public async Task An_unknown_client_does_not()
    {
        Answer answer = await AskAsync("nobody", "nothing", basic: true);
        Assert.Equal((400, "invalid_client"), (answer.Status, (string?)answer.Json!["error"]));
    }

    [Fact]
    public async Task A_token_that_is_none_is_refused()
    {
        Answer answer = await emulator.Api.GetAsync("/cloud/project", ("Authorization", "Bearer none"));
        Assert.Equal((401, "Client::Unauthorized::InvalidAuthToken"), (answer.Status, answer.Class));
    }

    [Fact]
    public async Task A_policy_may_deny_an_action()
    {
        await emulator.Api.ControlAsync(HttpMethod.Put, "/oauth2", new { deniedActions = new[] { "publicCloudProject:apiovh:database/capabilities/*" } });
        Answer answer = await emulator.Api.GetAsync(emulator.Api.Database + "/capabilities");
        await emulator.Api.ControlAsync(HttpMethod.Put, "/oauth2", new { deniedActions = Array.Empty<string>() });
        Assert.Equal((403, "Client::Forbidden"), (answer.Status, answer.Class));
        Assert.Equal("publicCloudProject:apiovh:database/capabilities/get", (string?)answer.Json!["details"]!["unauthorizedActionsByIAM"]);
    }

    private async Task<Answer> AskAsync(string id, string secret, bool basic)
    {
        using var http = new HttpClient();
        var form = new Dictionary<string, string> { ["grant_type"] = "client_credentials", ["scope"] = "all" };
        if (basic)
        {
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{id}:{secret}")));
        }
        else
        {
            form["client_id"] = id;
            form["client_secret"] = secret;
        }

        using var content = new FormUrlEncodedContent(form);
        return await ApiClient.ReadAsync(await http.PostAsync(emulator.Start.TokenUrl, content));
    }
}
