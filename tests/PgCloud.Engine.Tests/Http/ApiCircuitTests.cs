// SPDX-License-Identifier: MIT

using PgCloud.Engine.Http;
using PgCloud.Engine.Providers.Ovh.Api;
using PgCloud.Engine.Tests.Ovh;
using PgCloud.Errors;
using Xunit;

namespace PgCloud.Engine.Tests.Http;

public sealed class ApiCircuitTests
{
    private const string Open = "PgCloud.Cloud.CircuitOpen";
    private const string Down = "PgCloud.Cloud.Unavailable";

    private readonly ManualTime _time = new();
    private readonly ApiCircuitRegistry _circuits = new();

    private ApiClientOptions Options => Ovh.Ovh.Impatient with { Retries = 0, Time = _time, Circuits = _circuits };

    [Theory]
    [InlineData("500")]
    [InlineData("503")]
    [InlineData("cut")]
    public async Task An_endpoint_that_has_failed_for_a_while_is_not_called_and_the_error_says_so(string fault)
    {
        using ApiServer server = new(_ => fault == "cut" ? Reply.Json("{}") with { IsCutBefore = true } : new Reply(int.Parse(fault, System.Globalization.CultureInfo.InvariantCulture), "{}"));
        using OvhClient client = Ovh.Ovh.Client(server, options: Options);
        await FailAsync(client, 4);
        _time.Pass(20);
        await FailAsync(client, 1);
        int calls = server.Count("/x");
        PgCloudException failure = await Failure.ExpectAsync(Open, () => client.PostAsync<Thing>("/x", new { }, new Heard(), default));
        Assert.Equal(calls, server.Count("/x"));
        Assert.Equal(PgErrorKind.Connection, failure.Kind);
        Assert.Contains($"{server.Origin} has failed 5 times in a row since 2026-11-28 06:00:00 UTC; it is tried again at 06:00:40 UTC", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_circuit_is_the_endpoint_s_whoever_calls_and_no_other_endpoint_s()
    {
        using ApiServer server = new(_ => new Reply(500, "{}"));
        using ApiServer other = new(_ => Reply.Json("""{"id":"a"}"""));
        using OvhClient client = Ovh.Ovh.Client(server, options: Options);
        using OvhClient second = Ovh.Ovh.ServiceAccount(server, Options);
        using OvhClient elsewhere = Ovh.Ovh.Client(other, options: Options);
        await OpenAsync(client);
        await Failure.ExpectAsync(Open, () => second.GetAsync<Thing>("/x", new Heard(), default));
        Assert.Equal("a", (await elsewhere.GetAsync<Thing>("/x", new Heard(), default)).Id);
    }

    [Fact]
    public async Task After_the_break_one_call_decides()
    {
        bool isDown = true;
        using ApiServer server = new(_ => isDown ? new Reply(500, "{}") : Reply.Json("""{"id":"a"}"""));
        using OvhClient client = Ovh.Ovh.Client(server, options: Options);
        await OpenAsync(client);
        _time.Pass(21);
        await Failure.ExpectAsync(Down, () => client.GetAsync<Thing>("/x", new Heard(), default));
        await Failure.ExpectAsync(Open, () => client.GetAsync<Thing>("/x", new Heard(), default));
        isDown = false;
        _time.Pass(21);
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal("a", (await client.GetAsync<Thing>("/x", new Heard(), default)).Id);
        }

        // It is well again: a new row begins at its beginning.
        isDown = true;
        await FailAsync(client, 4);
        isDown = false;
        Assert.Equal("a", (await client.GetAsync<Thing>("/x", new Heard(), default)).Id);
    }

    [Fact]
    public async Task Many_that_fail_at_the_same_moment_are_no_row()
    {
        using ApiServer server = new(_ => new Reply(503, "{}"));
        using OvhClient client = Ovh.Ovh.Client(server, options: Options);
        await FailAsync(client, 30);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(429)]
    [InlineData(403)]
    [InlineData(200)]
    public async Task An_answer_of_the_API_ends_a_row(int status)
    {
        bool isDown = true;
        using ApiServer server = new(_ => new Reply(isDown ? 500 : status, """{"id":"a"}"""));
        using OvhClient client = Ovh.Ovh.Client(server, options: Options);
        await FailAsync(client, 4);
        _time.Pass(60);
        isDown = false;
        try
        {
            await client.GetAsync<Thing>("/x", new Heard(), default);
        }
        catch (PgCloudException failure)
        {
            Assert.NotEqual(Open, failure.ErrorId);
        }

        isDown = true;
        _time.Pass(60);
        await FailAsync(client, 4);
    }

    [Fact]
    public async Task A_call_that_was_sent_before_is_told_as_it_ended()
    {
        using ApiServer server = new(call => call.Path == "/1.0/warm" ? Reply.Json("""{"id":"a"}""") : new Reply(500, "{}"));
        using OvhClient client = Ovh.Ovh.Client(server, options: Options with { Retries = 5 });
        using OvhClient hasty = Ovh.Ovh.Client(server, options: Options);
        await client.GetAsync<Thing>("/warm", new Heard(), default);
        await FailAsync(hasty, 3);
        _time.Pass(16);

        // The second attempt opens the circuit; the rest is not made.
        await Failure.ExpectAsync(Down, () => client.GetAsync<Thing>("/y", new Heard(), default));
        Assert.Equal(2, server.Count("/y"));
    }

    private static async Task FailAsync(OvhClient client, int times)
    {
        for (int i = 0; i < times; i++)
        {
            await Failure.ExpectAsync(Down, () => client.GetAsync<Thing>("/x", new Heard(), default));
        }
    }

    private async Task OpenAsync(OvhClient client)
    {
        await FailAsync(client, 4);
        _time.Pass(16);
        await FailAsync(client, 1);
    }

    private sealed class ManualTime : TimeProvider
    {
        private TimeSpan _passed;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => new DateTimeOffset(2026, 11, 28, 6, 0, 0, TimeSpan.Zero) + _passed;

        public override long GetTimestamp() => _passed.Ticks;

        internal void Pass(int seconds) => _passed += TimeSpan.FromSeconds(seconds);
    }
}
