// SPDX-License-Identifier: MIT

using System.Text;
using PgCloud.Engine.Providers.Ovh.Api;
using PgCloud.Engine.Sql.Credentials;
using PgCloud.Errors;
using Xunit;

namespace PgCloud.Engine.Tests.Ovh;

public sealed class OvhTokenTests
{
    private const string TokenPath = "/auth/oauth2/token";
    private int _tokens;
    private int _lifetime = 3600;

    [Fact]
    public async Task A_token_is_fetched_once_and_goes_with_every_call()
    {
        using ApiServer server = Server();
        using OvhClient client = Ovh.ServiceAccount(server);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => client.GetAsync<Thing>("/x", new Heard(), default)));

        Received fetch = Assert.Single(server.Received, r => r.Path == TokenPath);
        Assert.Equal("grant_type=client_credentials&scope=all", fetch.Body);
        Assert.Equal("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"oauth2-client:{Ovh.ClientSecret}")), fetch.Headers["Authorization"]);
        Assert.All(server.Received.Where(r => r.Path != TokenPath), r =>
        {
            Assert.Equal("Bearer token-1", r.Headers["Authorization"]);
            Assert.DoesNotContain(r.Headers.AllKeys, k => k!.StartsWith("X-Ovh", StringComparison.OrdinalIgnoreCase));
        });
        Assert.Equal(0, server.Count("/auth/time"));
    }

    [Fact]
    public async Task A_token_is_replaced_before_its_end()
    {
        using ApiServer server = Server();
        _lifetime = 8;
        using OvhClient client = Ovh.ServiceAccount(server, Ovh.Impatient with { TokenMargin = TimeSpan.FromSeconds(7.9) });
        await client.GetAsync<Thing>("/x", new Heard(), default);
        await client.GetAsync<Thing>("/x", new Heard(), default);
        Assert.Equal(1, _tokens);

        // It is used for half its life, as the margin is nearly all of it.
        await Task.Delay(4100);
        await client.GetAsync<Thing>("/x", new Heard(), default);
        Assert.Equal("Bearer token-2", server.Received[^1].Headers["Authorization"]);
    }

    [Fact]
    public async Task A_token_that_the_API_no_longer_takes_is_replaced_once()
    {
        using var server = new ApiServer(call => call.Path == TokenPath ? Token()
            : call.Headers["Authorization"] == "Bearer token-1" ? Reply.Error(401, "Client::Unauthorized::InvalidAuthToken", "Invalid authorization token")
            : Reply.Json("""{"id":"a"}"""));
        using OvhClient client = Ovh.ServiceAccount(server);
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => client.PostAsync<Thing>("/x", new { }, new Heard(), default)));
        Assert.Equal(2, _tokens);
    }

    [Fact]
    public async Task A_client_that_does_not_exist_is_Unauthorised()
    {
        using var server = new ApiServer(_ =>
            new Reply(401, """{"error":"invalid_client", "error_description":"ovhcloud oauth2 client does not exists"}"""));
        using OvhClient client = Ovh.ServiceAccount(server);
        PgCloudException failure = await Ovh.FailsAsync("PgCloud.Cloud.Unauthorised", () => client.GetAsync<Thing>("/x", new Heard(), default));
        Assert.Contains("invalid_client", failure.Message, StringComparison.Ordinal);
        Assert.Single(server.Received);
    }

    [Fact]
    public async Task What_the_token_URL_echoes_is_not_shown()
    {
        string encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes($"oauth2-client:{Ovh.ClientSecret}"));
        int calls = 0;
        using var server = new ApiServer(call => Reply.Error(
            Interlocked.Increment(ref calls) == 1 ? 500 : 400, $"{call.Headers["Authorization"]}", $"{call.Headers["Authorization"]} {Ovh.ClientSecret}"));
        using OvhClient client = Ovh.ServiceAccount(server);
        var heard = new Heard();
        PgCloudException failure = await Ovh.FailsAsync("PgCloud.Cloud.Unauthorised", () => client.GetAsync<Thing>("/x", heard, default));
        string seen = $"{failure} {failure.ApiClass} {Assert.Single(heard.Steps)}";
        Assert.Contains("Basic ***", seen, StringComparison.Ordinal);
        Assert.DoesNotContain(encoded, seen, StringComparison.Ordinal);
        Assert.DoesNotContain(Ovh.ClientSecret, seen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failing_token_URL_is_asked_again()
    {
        int asked = 0;
        using var server = new ApiServer(call => call.Path != TokenPath ? Reply.Json("""{"id":"a"}""")
            : Interlocked.Increment(ref asked) < 3 ? new Reply(503, "<html>later</html>") { ContentType = "text/html" }
            : Token());
        using OvhClient client = Ovh.ServiceAccount(server);
        var heard = new Heard();
        await client.PostAsync<Thing>("/x", null, heard, default);
        Assert.Equal((3, 2), (asked, heard.Steps.Count));
    }

    [Fact]
    public async Task A_token_that_was_given_goes_along_as_it_is()
    {
        using var server = new ApiServer(_ => Reply.Json("""{"id":"a"}"""));
        using OvhClient client = Ovh.Client(server, new OvhTokenCredential(Passwords.FromCharacters("given-token")));
        await client.GetAsync<Thing>("/x", new Heard(), default);
        Assert.Equal("Bearer given-token", Assert.Single(server.Received).Headers["Authorization"]);
    }

    private ApiServer Server() => new(call => call.Path == TokenPath ? Token() : Reply.Json("""{"id":"a"}"""));

    private Reply Token() => Reply.Json(
        $$"""{"access_token":"token-{{Interlocked.Increment(ref _tokens)}}","token_type":"Bearer","expires_in":{{_lifetime}},"scope":"all"}""");
}
