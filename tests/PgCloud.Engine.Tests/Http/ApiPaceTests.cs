// SPDX-License-Identifier: MIT

using System.Collections.Concurrent;
using System.Diagnostics;
using PgCloud.Engine.Http;
using PgCloud.Engine.Providers.Ovh.Api;
using PgCloud.Engine.Sql.Credentials;
using PgCloud.Engine.Tests.Ovh;
using PgCloud.Errors;
using Xunit;

namespace PgCloud.Engine.Tests.Http;

public sealed class ApiPaceTests
{
    private static readonly Reply Fine = Reply.Json("""{"id":"a"}""");

    private static Reply LaterAfter(string seconds) => new(429, """{"message":"Too many requests"}""") { Headers = new() { ["Retry-After"] = seconds } };

    [Fact]
    public async Task A_pause_that_one_call_is_told_holds_for_all_sessions_of_the_account()
    {
        int limited = 0;
        long toldAt = 0;
        var arrived = new ConcurrentQueue<long>();
        using var server = new ApiServer(call =>
        {
            if (Interlocked.Increment(ref limited) == 1)
            {
                Volatile.Write(ref toldAt, Stopwatch.GetTimestamp());
                return LaterAfter("4");
            }

            arrived.Enqueue(Stopwatch.GetTimestamp());
            return Fine;
        });
        using OvhClient told = Client(server);
        using OvhClient other = Client(server);
        var heard = new Heard();
        var pause = new Heard();
        Task first = told.GetAsync<Thing>("/told", pause, default);
        while (!pause.Steps.Any(s => s.Contains("after 4 s", StringComparison.Ordinal)))
        {
            await Task.Delay(5);
        }

        await Task.WhenAll(first, Task.WhenAll(Enumerable.Range(0, 5).Select(_ => other.PostAsync<Thing>("/other", new { }, heard, default))));

        Assert.Equal(6, arrived.Count);
        Assert.All(arrived, at => Assert.True(Stopwatch.GetElapsedTime(toldAt, at) > TimeSpan.FromSeconds(3.9)));
        Assert.All(heard.Steps, step => Assert.Contains("as the API asked of this account", step, StringComparison.Ordinal));
        Assert.Equal(5, heard.Steps.Count);
    }

    [Fact]
    public async Task A_pause_that_is_too_long_is_told_to_the_account_s_other_sessions_without_a_call_and_no_other_account_s()
    {
        using var server = new ApiServer(call => call.Headers["X-Ovh-Consumer"] == Ovh.Ovh.ConsumerKey ? LaterAfter("3600") : Fine);
        using (OvhClient told = Client(server))
        {
            await Failure.ExpectAsync("PgCloud.Cloud.RateLimited", () => told.GetAsync<Thing>("/x", new Heard(), default));
        }

        using (OvhClient again = Client(server))
        {
            PgCloudException failure = await Failure.ExpectAsync(
                "PgCloud.Cloud.RateLimited", () => again.PostAsync<Thing>("/x", new { }, new Heard(), default));
            Assert.Contains("it was not sent", failure.Message, StringComparison.Ordinal);
        }

        Assert.Equal(1, server.Count("/x"));
        using OvhClient another = Client(server, "another");
        await another.GetAsync<Thing>("/x", new Heard(), default);
        Assert.Equal(2, server.Count("/x"));
    }

    [Theory]
    [InlineData(429, null)]
    [InlineData(429, "0")]
    [InlineData(429, "20")]
    [InlineData(503, "20")]
    public void Too_many_requests_and_a_service_that_asks_to_wait_hold_everybody(int status, string? retryAfter)
    {
        using var pace = new ApiPace(new ApiClientOptions { FirstDelay = TimeSpan.FromSeconds(30), LongestDelay = TimeSpan.FromSeconds(100) });
        pace.Heed(Answer(status, retryAfter));
        Assert.InRange(pace.HeldFor, TimeSpan.FromTicks(1), TimeSpan.FromSeconds(retryAfter == "20" ? 20 : 30));
    }

    [Theory]
    [InlineData(200, null)]
    [InlineData(503, null)]
    [InlineData(503, "0")]
    [InlineData(502, "5")]
    [InlineData(409, "5")]
    public void Other_answers_hold_nobody(int status, string? retryAfter)
    {
        using var pace = new ApiPace(new ApiClientOptions());
        pace.Heed(Answer(status, retryAfter));
        Assert.Equal(TimeSpan.Zero, pace.HeldFor);
    }

    [Fact]
    public async Task Where_no_time_is_said_the_pause_doubles_with_each_refusal_in_a_row_but_not_with_those_of_one_moment()
    {
        using var pace = new ApiPace(new ApiClientOptions { FirstDelay = TimeSpan.FromSeconds(1), LongestDelay = TimeSpan.FromHours(1) });
        for (int i = 0; i < 5; i++)
        {
            pace.Heed(Answer(429, null));
        }

        Assert.InRange(pace.HeldFor, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        for (int i = 0; i < 3; i++)
        {
            while (pace.HeldFor > TimeSpan.Zero)
            {
                await Task.Delay(pace.HeldFor);
            }

            pace.Heed(Answer(429, null));
        }

        Assert.InRange(pace.HeldFor, TimeSpan.FromSeconds(4.001), TimeSpan.FromSeconds(8));
    }

    [Fact]
    public void Sessions_of_this_process_share_where_nothing_else_is_said() =>
        Assert.Same(new ApiClientOptions().Paces, new ApiClientOptions().Paces);

    [Fact]
    public async Task After_a_burst_calls_flow_evenly_in_all_sessions_together()
    {
        using var server = new ApiServer(_ => Fine);
        using OvhClient one = Client(server, "slow", 4, 20);
        using OvhClient two = Client(server, "slow", 4, 20);
        await one.GetAsync<Thing>("/warm", new Heard(), default);
        long begun = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, 16).Select(i => (i % 2 == 0 ? one : two).GetAsync<Thing>("/x", new Heard(), default)));

        // At least eleven of the seventeen had to wait for their turn, at twenty a second.
        Assert.True(Stopwatch.GetElapsedTime(begun) > TimeSpan.FromSeconds(0.45));
    }

    [Fact]
    public async Task A_call_that_waits_for_its_turn_can_be_cancelled()
    {
        using var server = new ApiServer(_ => LaterAfter("60"));
        using OvhClient client = Client(server, "cancelled");
        using var end = new CancellationTokenSource();
        var heard = new Heard();
        Task<Thing> waiting = client.GetAsync<Thing>("/x", heard, end.Token);
        while (!heard.Steps.Any(s => s.Contains("after 60 s", StringComparison.Ordinal) || s.Contains("waits", StringComparison.Ordinal)))
        {
            await Task.Delay(10);
        }

        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        using var now = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.GetAsync<Thing>("/x", new Heard(), now.Token));
        Assert.Equal(1, server.Count("/x"));
    }

    private static ApiAnswer Answer(int status, string? retryAfter) => new(
        status == 429 ? ApiOutcome.RateLimited : status >= 500 ? ApiOutcome.ServerFault : status >= 400 ? ApiOutcome.Refused : ApiOutcome.Done)
    {
        Status = status,
        RetryAfter = retryAfter is null ? null : TimeSpan.FromSeconds(int.Parse(retryAfter, System.Globalization.CultureInfo.InvariantCulture)),
    };

    private static OvhClient Client(ApiServer server, string consumerKey = Ovh.Ovh.ConsumerKey, int burst = 300, int perSecond = 200) => Ovh.Ovh.Client(
        server,
        new OvhApplicationCredential(
            Ovh.Ovh.ApplicationKey, Passwords.FromCharacters(Ovh.Ovh.ApplicationSecret), Passwords.FromCharacters(consumerKey)),
        Ovh.Ovh.Impatient with { Burst = burst, CallsPerSecond = perSecond });
}
