// SPDX-License-Identifier: MIT

using System.Net;
using PgCloud.Engine.Http;
using PgCloud.Engine.Providers.Ibm.Api;
using PgCloud.Engine.Sql.Credentials;
using PgCloud.Errors;
using Xunit;

namespace PgCloud.Engine.Tests.Ibm;

public sealed class IbmTokenTests
{
    private const string BadKey = """
        {"context":{"requestId":"bTlidjk-91c2c5d491364775817d4e78ad5d8d00","requestType":"incoming.Identity_Token","locale":"en_US"},
         "errorCode":"BXNIM0415E","errorMessage":"Provided API key could not be found"}
        """;

    private int _tokens;

    [Fact]
    public async Task A_token_is_fetched_once_for_64_callers_at_once_and_goes_with_every_call()
    {
        using var server = new ApiServer(call => call.Path == Ibm.TokenPath ? Next() with { Delay = TimeSpan.FromMilliseconds(100) } : Ibm.Instance);
        using IbmClient client = Ibm.Client(server);
        var resources = new IbmResources(client);
        await Task.WhenAll(Enumerable.Range(0, 64).Select(i => Task.Run(() => resources.FindAsync($"{i}", new Heard(), default))));

        Received fetch = Assert.Single(server.Received, r => r.Path == Ibm.TokenPath);
        Assert.Equal("POST", fetch.Method);
        Assert.Equal("application/x-www-form-urlencoded", fetch.Headers["Content-Type"]);
        Assert.Equal("application/json", fetch.Headers["Accept"]);
        Assert.Null(fetch.Headers["Authorization"]);
        Assert.Equal(
            $"response_type=cloud_iam&grant_type=urn:ibm:params:oauth:grant-type:apikey&apikey={Ibm.ApiKey}", WebUtility.UrlDecode(fetch.Body));
        Received[] calls = [.. server.Received.Where(r => r.Path != Ibm.TokenPath)];
        Assert.Equal(64, calls.Length);
        Assert.All(calls, r => Assert.Equal("Bearer token-1", r.Headers["Authorization"]));
        Assert.Equal(64, calls.Select(r => r.Headers["Transaction-Id"]).Distinct().Count());
    }

    [Fact]
    public void Tokens_are_replaced_when_IBM_s_own_client_replaces_them()
    {
        ApiTokenPolicy policy = IbmClient.TokenPolicyOf(new ApiClientOptions());
        Assert.Equal((TimeSpan.FromSeconds(10), 0.8, TimeSpan.FromSeconds(60)), (policy.Margin, policy.AheadAt, policy.HoldOff));
    }

    [Fact]
    public async Task A_token_that_is_refused_is_replaced_once_for_all_calls()
    {
        using var server = new ApiServer(call => call.Path == Ibm.TokenPath ? Next()
            : call.Headers["Authorization"] == "Bearer token-1" ? Expired
            : Ibm.Instance);
        using IbmClient client = Ibm.Client(server);
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ =>
            client.PostAsync<IbmInstance>(IbmService.ResourceController, "/x", new { }, new Heard(), default)));
        Assert.Equal(2, _tokens);
    }

    [Fact]
    public async Task A_token_that_is_refused_twice_is_Unauthorised_in_IBM_s_words()
    {
        using var server = new ApiServer(call => call.Path == Ibm.TokenPath ? Next() : Expired);
        using IbmClient client = Ibm.Client(server);
        PgCloudException failure = await Failure.ExpectAsync(
            "PgCloud.Cloud.Unauthorised", () => new IbmResources(client).FindAsync("a", new Heard(), default));
        Assert.Contains("RC-IamErrorResponse: Token is expired (transaction id bss-b454461a71ee474d)", failure.Message, StringComparison.Ordinal);
        Assert.Equal(("RC-IamErrorResponse", "bss-b454461a71ee474d"), (failure.ApiClass, failure.QueryId));
        Assert.Equal((2, 2), (_tokens, server.Received.Count(r => r.Path != Ibm.TokenPath)));
    }

    [Fact]
    public async Task A_key_that_IBM_does_not_know_is_an_error_of_its_own()
    {
        using var server = new ApiServer(_ => new Reply(400, BadKey));
        using IbmClient client = Ibm.Client(server);
        PgCloudException failure = await Failure.ExpectAsync(
            "PgCloud.Cloud.ApiKeyInvalid", () => new IbmResources(client).FindAsync("a", new Heard(), default));
        Assert.Equal(PgErrorKind.Authentication, failure.Kind);
        Assert.Equal(("BXNIM0415E", "bTlidjk-91c2c5d491364775817d4e78ad5d8d00"), (failure.ApiClass, failure.QueryId));
        Assert.Contains("Provided API key could not be found", failure.Message, StringComparison.Ordinal);
        Assert.Single(server.Received);
    }

    [Fact]
    public async Task Any_other_refusal_of_IAM_is_Unauthorised()
    {
        using var server = new ApiServer(_ => new Reply(400, """{"errorCode":"BXNIM0407E","errorMessage":"Provided token is invalid","errorDetails":"sign in again"}"""));
        using IbmClient client = Ibm.Client(server);
        PgCloudException failure = await Failure.ExpectAsync(
            "PgCloud.Cloud.Unauthorised", () => new IbmResources(client).FindAsync("a", new Heard(), default));
        Assert.Contains("BXNIM0407E: Provided token is invalid (sign in again)", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_passcode_signs_in_once_and_its_refresh_token_fetches_the_next_tokens()
    {
        using var server = new ApiServer(call => call.Path != Ibm.TokenPath
            ? call.Headers["Authorization"] == "Bearer token-1" ? Expired : Ibm.Instance
            : Ibm.Token($"token-{Interlocked.Increment(ref _tokens)}", refresh: "refresh-secret"));
        using IbmClient client = Ibm.Client(server, new IbmPasscodeCredential(Passwords.FromCharacters("passcode1")));
        await new IbmResources(client).FindAsync("a", new Heard(), default);
        Received[] fetches = [.. server.Received.Where(r => r.Path == Ibm.TokenPath)];
        Assert.Equal(2, fetches.Length);
        Assert.All(fetches, f => Assert.Equal("Basic Yng6Yng=", f.Headers["Authorization"]));
        Assert.EndsWith("grant-type:passcode&passcode=passcode1", WebUtility.UrlDecode(fetches[0].Body), StringComparison.Ordinal);
        Assert.EndsWith("grant_type=refresh_token&refresh_token=refresh-secret", WebUtility.UrlDecode(fetches[1].Body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_passcode_is_not_sent_twice_where_the_end_was_not_seen()
    {
        using var server = new ApiServer(_ => Next() with { IsCutBefore = true });
        using IbmClient client = Ibm.Client(server, new IbmPasscodeCredential(Passwords.FromCharacters("passcode1")));
        await Failure.ExpectAsync("PgCloud.Cloud.OutcomeUnknown", () => new IbmResources(client).FindAsync("a", new Heard(), default));
        Assert.Single(server.Received);
        using var refusing = new ApiServer(_ => new Reply(400, """{"errorCode":"BXNIM0418E","errorMessage":"Given passcode is wrong"}"""));
        using IbmClient wrong = Ibm.Client(refusing, new IbmPasscodeCredential(Passwords.FromCharacters("passcode1")));
        await Failure.ExpectAsync("PgCloud.Cloud.PasscodeInvalid", () => new IbmResources(wrong).FindAsync("a", new Heard(), default));
    }

    [Fact]
    public async Task A_token_that_was_given_goes_along_as_it_is_and_cannot_be_replaced()
    {
        using var server = new ApiServer(_ => Expired);
        using IbmClient client = Ibm.Client(server, new IbmTokenCredential(Passwords.FromCharacters("given-token")));
        PgCloudException failure = await Failure.ExpectAsync(
            "PgCloud.Cloud.Unauthorised", () => new IbmResources(client).FindAsync("a", new Heard(), default));
        Assert.Equal("Bearer given-token", Assert.Single(server.Received).Headers["Authorization"]);
        Assert.Contains("oauth-tokens", failure.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failing_IAM_is_asked_again()
    {
        int asked = 0;
        using var server = new ApiServer(call => call.Path != Ibm.TokenPath ? Ibm.Instance
            : Interlocked.Increment(ref asked) < 3 ? new Reply(503, "<html><title>later</title></html>") { ContentType = "text/html" }
            : Next());
        using IbmClient client = Ibm.Client(server);
        var heard = new Heard();
        await client.PostAsync<IbmInstance>(IbmService.ResourceController, "/x", null, heard, default);
        Assert.Equal((3, 2), (asked, heard.Steps.Count));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("")]
    public async Task An_answer_without_a_token_is_no_token(string body)
    {
        using var server = new ApiServer(_ => Reply.Json(body));
        using IbmClient client = Ibm.Client(server);
        await Failure.ExpectAsync("PgCloud.Cloud.AnswerInvalid", () => new IbmResources(client).FindAsync("a", new Heard(), default));
    }

    private static Reply Expired { get; } = new(
        401, """{"error_code":"RC-IamErrorResponse","message":"Token is expired","status_code":401,"transaction_id":"bss-b454461a71ee474d"}""");

    private Reply Next() => Ibm.Token($"token-{Interlocked.Increment(ref _tokens)}");
}
