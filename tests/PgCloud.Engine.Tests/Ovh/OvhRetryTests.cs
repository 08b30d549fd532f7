// SPDX-License-Identifier: MIT

using System.Diagnostics;
using PgCloud.Engine.Providers.Ovh.Api;
using PgCloud.Errors;
using Xunit;

namespace PgCloud.Engine.Tests.Ovh;

public sealed class OvhRetryTests
{
    private static readonly Dictionary<string, Reply> Faults = new()
    {
        ["429"] = new Reply(429, """{"message":"Too many requests"}"""),
        ["500"] = Reply.Error(500, "Server::InternalServerError", "Internal server error"),
        ["503"] = new Reply(503, "<html><head><title>503 Service Unavailable</title></head></html>") { ContentType = "text/html" },
        ["408"] = new Reply(408, "<html><body><h1>408 Request Time-out</h1></body></html>") { ContentType = "text/html" },
        ["cut before"] = Reply.Json("{}") with { IsCutBefore = true },
        ["cut within"] = Reply.Json("""{"id":"abcdefghijklmnopqrstuvwxyz"}""") with { IsCutWithin = true },
        ["broken JSON"] = Reply.Json("""{"id":"a","password":"hunter2"""),
    };

    [Theory]
    [InlineData("429")]
    [InlineData("500")]
    [InlineData("503")]
    [InlineData("408")]
    [InlineData("cut before")]
    [InlineData("cut within")]
    [InlineData("broken JSON")]
    public async Task What_may_be_repeated_is_and_each_time_is_told(string fault)
    {
        using ApiServer server = FailsTwice(fault);
        using OvhClient client = Ovh.Client(server);
        foreach (Func<Heard, Task> call in new Func<Heard, Task>[]
        {
            h => client.GetAsync<Thing>("/get", h, default),
            h => client.PutAsync("/put", new { a = 1 }, h, default),
            h => client.DeleteAsync("/delete", h, default),
            h => client.PostAsync<Thing>("/post", new { }, h, default, isRepeatable: true),
        })
        {
            var heard = new Heard();
            await call(heard);
            string[] retries = [.. heard.Steps.Where(s => s.Contains("retry ", StringComparison.Ordinal))];
            Assert.Equal(2, retries.Length);
            Assert.Contains("retry 1 of 5", retries[0], StringComparison.Ordinal);
            Assert.Contains("retry 2 of 5", retries[1], StringComparison.Ordinal);
        }

        Assert.Equal([3, 3, 3, 3], new[] { "/get", "/put", "/delete", "/post" }.Select(server.Count));
    }

    [Theory]
    [InlineData("500")]
    [InlineData("503")]
    [InlineData("cut before")]
    [InlineData("cut within")]
    [InlineData("broken JSON")]
    public async Task A_create_whose_end_was_not_seen_is_not_repeated(string fault)
    {
        using ApiServer server = FailsTwice(fault);
        using OvhClient client = Ovh.Client(server);

        // On a connection that is kept, too, and without a body: HttpClient would repeat such a call by itself.
        await client.PutAsync("/warm", new { }, new Heard(), default);
        foreach (object? body in new object?[] { new { name = "x" }, null })
        {
            string path = body is null ? "/empty" : "/create";
            var heard = new Heard();
            PgCloudException failure = await Ovh.FailsAsync(
                "PgCloud.Cloud.OutcomeUnknown", () => client.PostAsync<Thing>(path, body, heard, default));
            Assert.Equal(1, server.Count(path));
            Assert.Empty(heard.Steps);
            Assert.DoesNotContain("hunter2", failure.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_create_that_is_told_429_is_repeated()
    {
        using ApiServer server = FailsTwice("429");
        using OvhClient client = Ovh.Client(server);
        await client.PostAsync<Thing>("/create", new { }, new Heard(), default);
        Assert.Equal(3, server.Count("/create"));
    }

    [Theory]
    [InlineData("429", "PgCloud.Cloud.RateLimited")]
    [InlineData("500", "PgCloud.Cloud.Unavailable")]
    [InlineData("503", "PgCloud.Cloud.Unavailable")]
    [InlineData("cut before", "PgCloud.Cloud.Unavailable")]
    [InlineData("broken JSON", "PgCloud.Cloud.AnswerInvalid")]
    public async Task What_does_not_end_is_an_error_of_its_own(string fault, string id)
    {
        using var server = new ApiServer(_ => Faults[fault]);
        using OvhClient client = Ovh.Client(server);
        PgCloudException failure = await Ovh.FailsAsync(id, () => client.GetAsync<Thing>("/x", new Heard(), default));
        Assert.Equal(6, server.Count("/x"));
        Assert.DoesNotContain("hunter2", failure.ToString(), StringComparison.Ordinal);
        Assert.Contains("GET /x", failure.Message, StringComparison.Ordinal);
        if (fault == "503")
        {
            Assert.Contains("503 Service Unavailable (query id EU.ext-1.0)", failure.Message.Replace("503: ", string.Empty, StringComparison.Ordinal), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_pause_the_API_asks_for_is_kept()
    {
        int calls = 0;
        using var server = new ApiServer(_ => Interlocked.Increment(ref calls) == 1
            ? Faults["429"] with { Headers = new() { ["Retry-After"] = "1" } }
            : Reply.Json("""{"id":"a"}"""));
        using OvhClient client = Ovh.Client(server);
        long begun = Stopwatch.GetTimestamp();
        var heard = new Heard();
        await client.PostAsync<Thing>("/x", new { }, heard, default);
        Assert.True(Stopwatch.GetElapsedTime(begun) >= TimeSpan.FromSeconds(0.95));
        Assert.Contains("after 1 s", Assert.Single(heard.Steps), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pause_that_is_too_long_is_an_error_at_once()
    {
        using var server = new ApiServer(_ => Faults["429"] with { Headers = new() { ["Retry-After"] = "3600" } });
        using OvhClient client = Ovh.Client(server);
        PgCloudException failure = await Ovh.FailsAsync("PgCloud.Cloud.RateLimited", () => client.GetAsync<Thing>("/x", new Heard(), default));
        Assert.Contains("3600 s", failure.Message, StringComparison.Ordinal);
        Assert.Equal(1, server.Count("/x"));
    }

    [Fact]
    public async Task What_is_gone_when_a_removal_is_repeated_was_removed()
    {
        int calls = 0;
        using var server = new ApiServer(_ => Interlocked.Increment(ref calls) == 1
            ? Faults["cut before"]
            : Reply.Error(404, "Client::NotFound::UserNotFound", "User x does not exist"));
        using OvhClient client = Ovh.Client(server);
        await client.DeleteAsync("/x", new Heard(), default);
        await Ovh.FailsAsync("PgCloud.User.NotFound", () => client.DeleteAsync("/x", new Heard(), default));
    }

    [Fact]
    public async Task A_server_that_is_silent_is_a_timeout()
    {
        using var server = new ApiServer(_ => Reply.Json("{}") with { Delay = TimeSpan.FromMinutes(2) });
        using OvhClient client = Ovh.Client(server, options: Ovh.Impatient with { AttemptTimeout = TimeSpan.FromSeconds(2), Retries = 1 });
        await Ovh.FailsAsync("PgCloud.Cloud.Timeout", () => client.GetAsync<Thing>("/x", new Heard(), default));
        Assert.Equal(2, server.Count("/x"));
        await Ovh.FailsAsync("PgCloud.Cloud.OutcomeUnknown", () => client.PostAsync<Thing>("/y", null, new Heard(), default));
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_Unreachable_for_a_create_too()
    {
        var server = new ApiServer(_ => Reply.Json("{}"));
        using OvhClient client = Ovh.Client(server);
        await client.GetAsync<Thing>("/x", new Heard(), default);
        server.Dispose();
        var heard = new Heard();
        await Ovh.FailsAsync("PgCloud.Cloud.Unreachable", () => client.PostAsync<Thing>("/x", new { }, heard, default));
        Assert.Equal(5, heard.Steps.Count);
        using var lost = new OvhClient(OvhEndpoint.Parse("https://nowhere.invalid/1.0"), Ovh.Application, Ovh.Impatient);
        await Ovh.FailsAsync("PgCloud.Cloud.Unreachable", () => lost.GetAsync<Thing>("/x", new Heard(), default));
    }

    [Fact]
    public async Task A_server_without_TLS_is_TlsFailed_at_once()
    {
        using var server = new ApiServer(_ => Reply.Json("{}"));
        using var client = new OvhClient(
            OvhEndpoint.Parse(server.Api.Replace("http:", "https:", StringComparison.Ordinal)), Ovh.Application, Ovh.Impatient);
        var heard = new Heard();
        await Ovh.FailsAsync("PgCloud.Cloud.TlsFailed", () => client.GetAsync<Thing>("/x", heard, default));
        Assert.Empty(heard.Steps);
    }

    [Fact]
    public async Task The_caller_s_cancellation_ends_a_call_and_a_pause()
    {
        using var server = new ApiServer(call => call.Path == "/1.0/slow"
            ? Reply.Json("{}") with { Delay = TimeSpan.FromMinutes(2) }
            : Faults["429"] with { Headers = new() { ["Retry-After"] = "60" } });
        using OvhClient client = Ovh.Client(server);
        foreach (string path in new[] { "/slow", "/limited" })
        {
            using var end = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
            long begun = Stopwatch.GetTimestamp();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.GetAsync<Thing>(path, new Heard(), end.Token));
            Assert.True(Stopwatch.GetElapsedTime(begun) < TimeSpan.FromSeconds(50));
        }
    }

    // Each path fails twice, then answers.
    private static ApiServer FailsTwice(string fault)
    {
        var calls = new System.Collections.Concurrent.ConcurrentDictionary<string, int>();
        return new ApiServer(call => call.Path != "/1.0/warm" && calls.AddOrUpdate(call.Path, 1, (_, n) => n + 1) <= 2
            ? Faults[fault]
            : Reply.Json("""{"id":"a"}"""));
    }
}
