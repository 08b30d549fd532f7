// SPDX-License-Identifier: MIT

using System.Diagnostics;
using PgCloud.Engine.Http;
using PgCloud.Engine.Providers.Ovh.Api;
using PgCloud.Engine.Tests.Ovh;
using Xunit;

namespace PgCloud.Engine.Tests.Http;

public sealed class ApiCallTimeoutTests
{
    private static ApiClientOptions Options => Ovh.Ovh.Impatient with { CallTimeout = TimeSpan.FromSeconds(3), Circuits = new ApiCircuitRegistry() };

    [Fact]
    public async Task All_attempts_together_take_no_longer_than_was_said()
    {
        using ApiServer server = new(_ => Reply.Json("{}") with { Delay = TimeSpan.FromMinutes(2) });
        using OvhClient client = Ovh.Ovh.Client(server, options: Options);
        long begun = Stopwatch.GetTimestamp();
        await Failure.ExpectAsync("PgCloud.Cloud.Timeout", () => client.GetAsync<Thing>("/x", new Heard(), default));
        await Failure.ExpectAsync("PgCloud.Cloud.OutcomeUnknown", () => client.PostAsync<Thing>("/x", new { }, new Heard(), default));
        Assert.True(Stopwatch.GetElapsedTime(begun) < TimeSpan.FromSeconds(60));
        Assert.Equal(2, server.Count("/x"));
    }

    [Fact]
    public async Task A_pause_that_leads_beyond_it_is_not_begun()
    {
        using ApiServer server = new(_ => new Reply(429, "{}") { Headers = new() { ["Retry-After"] = "30" } });
        using OvhClient client = Ovh.Ovh.Client(server, options: Options with { CallTimeout = TimeSpan.FromSeconds(25) });
        await Failure.ExpectAsync("PgCloud.Cloud.RateLimited", () => client.PostAsync<Thing>("/x", new { }, new Heard(), default));
        Assert.Equal(1, server.Count("/x"));
    }

    [Fact]
    public async Task A_pause_that_it_ends_leaves_the_answer_from_before()
    {
        using ApiServer server = new(_ => new Reply(503, "{}"));
        using OvhClient client = Ovh.Ovh.Client(server, options: Options with { FirstDelay = TimeSpan.FromSeconds(60), LongestDelay = TimeSpan.FromSeconds(60) });
        await Failure.ExpectAsync("PgCloud.Cloud.Unavailable", () => client.GetAsync<Thing>("/x", new Heard(), default));
        Assert.Equal(1, server.Count("/x"));
    }
}
