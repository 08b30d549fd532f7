// SPDX-License-Identifier: MIT

using System.Diagnostics;
using Xunit;

namespace PgCloud.Emulator.Tests.Ovh;

/// <summary>What goes wrong because a test wants it.</summary>
[Collection(EmulatorTests.Name)]
public sealed class FaultTests(EmulatorFixture emulator)
{
    private const string Header = "X-Emulator-Fault";
    private const string Projects = "/cloud/project";

    [Theory]
    [InlineData("429", 429, null)]
    [InlineData("429=2", 429, "2")]
    [InlineData("500", 500, null)]
    public async Task An_error_comes_in_the_shape_of_the_api(string fault, int status, string? retryAfter)
    {
        Answer answer = await emulator.Api.GetAsync(Projects, (Header, fault));
        Assert.Equal(status, answer.Status);
        Assert.NotNull(answer.Class);
        Assert.Equal(retryAfter, answer.Headers.RetryAfter?.Delta?.TotalSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.True(answer.Headers.Contains("X-Ovh-QueryID"));
    }

    [Fact]
    public async Task A_proxy_answers_in_html()
    {
        Answer answer = await emulator.Api.GetAsync(Projects, (Header, "503-html"));
        Assert.Equal(503, answer.Status);
        Assert.StartsWith("<html>", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("502-html", 502, "<html>")]
    [InlineData("200-html", 200, "<html>")]
    [InlineData("503", 503, "{")]
    [InlineData("empty", 200, "")]
    [InlineData("type", 200, "[")]
    [InlineData("late=20", 200, "[")]
    public async Task An_answer_has_that_status_and_form(string fault, int status, string beginning)
    {
        Answer answer = await emulator.Api.GetAsync(Projects, (Header, fault));
        Assert.Equal(status, answer.Status);
        Assert.StartsWith(beginning, answer.Text, StringComparison.Ordinal);
        Assert.True(fault != "empty" || answer.Text.Length == 0);
    }

    [Theory]
    [InlineData("cut-before")]
    [InlineData("cut-body")]
    public async Task A_connection_is_cut(string fault) =>
        await Assert.ThrowsAsync<HttpRequestException>(() => emulator.Api.GetAsync(Projects, (Header, fault)));

    [Fact]
    public async Task Json_is_broken()
    {
        Answer answer = await emulator.Api.GetAsync(Projects, (Header, "broken-json"));
        Assert.Equal(200, answer.Status);
        Assert.Null(answer.Json);
        Assert.StartsWith("[", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_is_slow()
    {
        long begun = Stopwatch.GetTimestamp();
        _ = (await emulator.Api.GetAsync(Projects, (Header, "delay=80"))).Ok;
        Assert.True(Stopwatch.GetElapsedTime(begun) >= TimeSpan.FromMilliseconds(75));
    }

    [Fact]
    public async Task All_calls_are_slow()
    {
        await emulator.Api.ControlAsync(HttpMethod.Put, "/latency", new { milliseconds = 50 });
        long begun = Stopwatch.GetTimestamp();
        _ = (await emulator.Api.GetAsync(Projects)).Ok;
        TimeSpan took = Stopwatch.GetElapsedTime(begun);
        await emulator.Api.ControlAsync(HttpMethod.Put, "/latency", new { milliseconds = 0 });
        Assert.True(took >= TimeSpan.FromMilliseconds(45));
    }

    [Fact]
    public async Task The_clock_is_off()
    {
        await emulator.Api.ControlAsync(HttpMethod.Post, "/faults", new { fault = "clock=-7200", count = 3 });
        long told = (long)(await emulator.Api.GetAsync("/auth/time")).Ok;
        Assert.InRange(DateTimeOffset.UtcNow.ToUnixTimeSeconds() - told, 7195, 7320);

        // Who believes its own clock is refused, and who asks is let in.
        using var own = new SignedClient(emulator.Start);
        using var asking = new SignedClient(emulator.Start) { Drift = TimeSpan.FromSeconds(-7200) };
        Assert.Equal("QUERY_TIME_OUT", (await own.GetAsync(Projects)).ErrorCode);
        Assert.Equal(200, (await asking.GetAsync(Projects)).Status);
    }

    [Fact]
    public async Task A_planned_fault_meets_the_calls_it_is_for()
    {
        await emulator.Api.ControlAsync(HttpMethod.Post, "/faults", new { fault = "500", method = "GET", path = Projects, skip = 1, count = 2 });
        List<int> met = [];
        for (int i = 0; i < 4; i++)
        {
            _ = (await emulator.Api.GetAsync("/auth/time")).Ok;
            met.Add((await emulator.Api.GetAsync(Projects)).Status);
        }

        Assert.Equal([200, 500, 500, 200], met);
    }

    [Fact]
    public async Task A_user_is_made_although_the_answer_is_500()
    {
        string service = await emulator.SharedAsync();
        Answer lost = await emulator.Api.PostAsync(service + "/user", new { name = "lost.one" }, (Header, "500-done"));
        Assert.Equal((500, "Server::InternalServerError"), (lost.Status, lost.Class));
        Answer again = await emulator.Api.PostAsync(service + "/user", new { name = "lost.one" });
        Assert.Equal((409, "Client::Conflict::PostgresUserAlreadyExist"), (again.Status, again.Class));
    }

    [Fact]
    public async Task An_unknown_fault_is_refused() =>
        Assert.Equal(400, (await emulator.Api.ControlAsync(HttpMethod.Post, "/faults", new { fault = "sleep" })).Status);

    [Fact]
    public async Task Calls_are_counted()
    {
        await emulator.Api.ControlAsync(HttpMethod.Delete, "/calls");
        await emulator.Api.GetAsync(Projects);
        await emulator.Api.GetAsync($"{Projects}/{emulator.Start.Project}");
        await emulator.Api.GetAsync($"{Projects}/{emulator.Start.OtherProject}");
        var calls = (await emulator.Api.ControlAsync(HttpMethod.Get, "/calls")).Ok;
        Assert.Equal(3, (int)calls["total"]!);
        Assert.Contains(calls["calls"]!.AsArray(), c => (string?)c!["route"] == "/cloud/project/{serviceName}" && (int)c["count"]! == 2);
    }
}
