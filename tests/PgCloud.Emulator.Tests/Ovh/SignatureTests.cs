// SPDX-License-Identifier: MIT

using System.Text;
using PgCloud.Emulator.Ovh.Auth;
using Xunit;

namespace PgCloud.Emulator.Tests.Ovh;

/// <summary>The classic signature and its refusals.</summary>
[Collection(EmulatorTests.Name)]
public sealed class SignatureTests(EmulatorFixture emulator)
{
    private const string Projects = "/cloud/project";

    // The vectors of go-ovh's tests.
    [Theory]
    [InlineData("GET", "", "$1$e9556054b6309771395efa467c22e627407461ad")]
    [InlineData("POST", """{"a":"b","c":"d"}""", "$1$ec2fb5c7a81f64723c77d2e5b609ae6f58a84fc1")]
    [InlineData("PUT", """{"a":"b","c":"d"}""", "$1$8a75a9e7c8e7296c9dbeda6a2a735eb6bd58ec4b")]
    [InlineData("DELETE", "", "$1$a1eecd00b3b02b6cf5708b84b9ff42059a950d85")]
    public void It_is_that_of_the_other_clients(string method, string body, string signature) => Assert.Equal(signature, Signature.Compute(
        "9ufkBmLaTQ9nz5yMUlg79taH0GNnzDjk",
        "5mBuy6SUQcRw2ZUxg0cG68BoDKpED4KY",
        method,
        "https://eu.api.ovh.com/1.0/auth",
        Encoding.UTF8.GetBytes(body),
        "1457018875"));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_good_one_is_let_in(bool withoutPort)
    {
        using var client = new SignedClient(emulator.Start) { WithoutPort = withoutPort };
        Assert.Contains(emulator.Start.Project, (await client.GetAsync(Projects)).Ok.AsArray().Select(p => (string)p!));
        _ = (await client.SendAsync(HttpMethod.Get, Projects + "?iamTags=%7B%7D")).Ok;
        Answer put = await client.SendAsync(HttpMethod.Put, $"{Projects}/{emulator.Start.OtherProject}", """{"description":"Prüfung"}""");
        Assert.Equal(200, put.Status);
    }

    [Fact]
    public async Task Each_flaw_has_its_error()
    {
        StartLine start = emulator.Start;
        await RefusedAsync(new SignedClient(start) { ApplicationKey = "nobody" }, 403, "INVALID_KEY");
        await RefusedAsync(new SignedClient(start) { ConsumerKey = "nobody" }, 403, "NOT_CREDENTIAL");
        await RefusedAsync(new SignedClient(start) { ApplicationSecret = "wrong" }, 400, "INVALID_SIGNATURE");
        await RefusedAsync(new SignedClient(start) { Drift = TimeSpan.FromHours(-1) }, 400, "QUERY_TIME_OUT");
    }

    [Fact]
    public async Task A_key_may_do_what_it_was_given_only()
    {
        string key = await MakeKeyAsync(new { rules = new[] { new { method = "GET", path = "/cloud/project/*" } } });
        using var client = new SignedClient(emulator.Start) { ConsumerKey = key };
        Assert.Equal(200, (await client.GetAsync($"{Projects}/{emulator.Start.Project}")).Status);
        Assert.Equal("NOT_GRANTED_CALL", (await client.GetAsync(Projects)).ErrorCode);
        Assert.Equal("NOT_GRANTED_CALL", (await client.SendAsync(HttpMethod.Put, $"{Projects}/{emulator.Start.Project}", "{}")).ErrorCode);
        Assert.Equal("/cloud/project/*", (string?)(await client.GetAsync("/auth/currentCredential")).Ok["rules"]![0]!["path"]);

        await emulator.Api.ControlAsync(HttpMethod.Put, "/credentials/" + key, new { rules = Array.Empty<object>() });
        Assert.Equal("NOT_GRANTED_CALL", (await client.GetAsync($"{Projects}/{emulator.Start.Project}")).ErrorCode);
    }

    [Fact]
    public async Task A_key_that_ran_out_is_refused()
    {
        string key = await MakeKeyAsync(new { rules = new[] { new { method = "GET", path = "/*" } } });
        await emulator.Api.ControlAsync(HttpMethod.Put, "/credentials/" + key, new { state = "expired" });
        await RefusedAsync(new SignedClient(emulator.Start) { ConsumerKey = key }, 403, "INVALID_CREDENTIAL");
    }

    [Fact]
    public async Task A_key_may_be_bound_to_addresses()
    {
        string key = await MakeKeyAsync(new { rules = new[] { new { method = "GET", path = "/*" } }, allowedIPs = new[] { "192.0.2.0/24" } });
        await RefusedAsync(new SignedClient(emulator.Start) { ConsumerKey = key }, 403, "FORBIDDEN");
    }

    [Theory]
    [InlineData("", "validated")]
    [InlineData("&refuse=true", "refused")]
    public async Task A_new_key_waits_for_its_validation(string answer, string state)
    {
        using var asking = new SignedClient(emulator.Start);
        Answer made = await asking.SendAsync(HttpMethod.Post, "/auth/credential", """{"accessRules":[{"method":"GET","path":"/cloud/project"}]}""");
        Assert.Equal("pendingValidation", (string?)made.Ok["state"]);
        using var client = new SignedClient(emulator.Start) { ConsumerKey = (string)made.Ok["consumerKey"]! };
        Assert.Equal("INVALID_CREDENTIAL", (await client.GetAsync(Projects)).ErrorCode);

        Answer page = await emulator.Api.GetAsync((string)made.Ok["validationUrl"]! + answer);
        Assert.Contains(state, page.Text, StringComparison.Ordinal);
        Assert.Equal(state == "validated" ? 200 : 403, (await client.GetAsync(Projects)).Status);
    }

    private async Task<string> MakeKeyAsync(object request) =>
        (string)(await emulator.Api.ControlAsync(HttpMethod.Post, "/credentials", request)).Ok["consumerKey"]!;

    private static async Task RefusedAsync(SignedClient client, int status, string code)
    {
        using (client)
        {
            Answer answer = await client.GetAsync(Projects);
            Assert.Equal((status, code), (answer.Status, answer.ErrorCode));
            Assert.StartsWith(status.ToString(System.Globalization.CultureInfo.InvariantCulture), (string?)answer.Json!["httpCode"], StringComparison.Ordinal);
        }
    }
}
