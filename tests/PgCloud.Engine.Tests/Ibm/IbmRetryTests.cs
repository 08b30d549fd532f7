// SPDX-License-Identifier: MIT

using System.Collections.Concurrent;
using PgCloud.Engine.Providers.Ibm.Api;
using PgCloud.Errors;
using Xunit;

namespace PgCloud.Engine.Tests.Ibm;

public sealed class IbmRetryTests
{
    private static readonly Dictionary<string, Reply> Faults = new()
    {
        ["429"] = new Reply(429, """{"message":"Too many requests"}"""),
        ["502"] = new Reply(502, """{"message":"The service's broker returned error, [500, Internal Server Error] no luck","transaction_id":"bss-2"}""")
        {
            Headers = new() { ["Retry-After"] = "0" },
        },
        ["503"] = new Reply(503, "<html><title>503</title></html>") { ContentType = "text/html" },
        ["cut"] = Reply.Json("{}") with { IsCutBefore = true },
        ["cut within"] = Ibm.Instance with { IsCutWithin = true },
    };

    [Theory]
    [InlineData("429")]
    [InlineData("502")]
    [InlineData("503")]
    [InlineData("cut")]
    [InlineData("cut within")]
    public async Task What_may_be_repeated_is_with_the_same_transaction_id(string fault)
    {
        using ApiServer server = FailsTwice(fault);
        using IbmClient client = Ibm.Client(server);
        foreach (Func<Heard, Task> call in new Func<Heard, Task>[]
        {
            h => client.GetAsync<IbmInstance>(IbmService.ResourceController, "/get", h, default),
            h => client.PatchAsync<IbmInstance>(IbmService.ResourceController, "/patch", new { name = "x" }, h, default),
            h => client.PutAsync<IbmZone>(IbmService.ContextBasedRestrictions, "/put", new { name = "x" }, "\"1\"", h, default),
            h => client.DeleteAsync(IbmService.ResourceController, "/delete", h, default),
            h => client.PostAsync<IbmInstance>(IbmService.ResourceController, "/lock", null, h, default, isRepeatable: true),
        })
        {
            var heard = new Heard();
            await call(heard);
            string[] retries = [.. heard.Steps.Where(s => s.Contains("retry ", StringComparison.Ordinal))];
            Assert.Equal(2, retries.Length);
            Assert.All(heard.Steps, s => Assert.StartsWith("IBM Cloud, ", s, StringComparison.Ordinal));
        }

        Assert.All(server.Received.Where(r => r.Path != Ibm.TokenPath).GroupBy(r => r.Path), group =>
        {
            Assert.Equal(3, group.Count());
            Assert.Single(group.Select(r => r.Headers["Transaction-Id"]).Distinct());
        });
    }

    [Theory]
    [InlineData("502")]
    [InlineData("503")]
    [InlineData("cut")]
    [InlineData("cut within")]
    public async Task A_create_whose_end_was_not_seen_is_not_repeated(string fault)
    {
        using ApiServer server = FailsTwice(fault);
        using IbmClient client = Ibm.Client(server);
        var creation = new IbmInstanceCreation("orders", "ca-mon", "group", "databases-for-postgresql-gen2-standard");
        PgCloudException failure = await Failure.ExpectAsync(
            "PgCloud.Cloud.OutcomeUnknown", () => new IbmResources(client).CreateAsync(creation, new Heard(), default));
        await Failure.ExpectAsync(
            "PgCloud.Cloud.OutcomeUnknown", () => new IbmKeys(client).CreateAsync(new IbmKeyCreation("k", "g"), new Heard(), default));
        await Failure.ExpectAsync(
            "PgCloud.Cloud.OutcomeUnknown", () => new IbmRestrictions(client).CreateZoneAsync(new IbmZone { Name = "z" }, new Heard(), default));
        Assert.Equal([1, 1, 1], new[] { "/v2/resource_instances", "/v2/resource_keys", "/v1/zones" }.Select(server.CountAt));
        Assert.Equal(fault == "502" ? "bss-2" : server.Received[1].Headers["Transaction-Id"], failure.QueryId);
    }

    [Fact]
    public async Task A_create_that_is_told_429_is_repeated()
    {
        using ApiServer server = FailsTwice("429");
        using IbmClient client = Ibm.Client(server);
        await new IbmKeys(client).CreateAsync(new IbmKeyCreation("k", "g"), new Heard(), default);
        Assert.Equal(3, server.CountAt("/v2/resource_keys"));
    }

    [Fact]
    public async Task A_broker_that_goes_on_failing_is_an_error_in_its_words()
    {
        using ApiServer server = Ibm.Server(Faults["502"]);
        using IbmClient client = Ibm.Client(server);
        PgCloudException failure = await Failure.ExpectAsync(
            "PgCloud.Cloud.BrokerFailed", () => new IbmResources(client).UpdateAsync("g", new { name = "x" }, new Heard(), default));
        Assert.Contains("502: no luck (transaction id bss-2)", failure.Message, StringComparison.Ordinal);
        Assert.Equal(6, server.CountAt("/v2/resource_instances/g"));
    }

    [Theory]
    [InlineData(204)]
    [InlineData(202)]
    [InlineData(410)]
    public async Task A_removal_takes_the_keys_along_and_what_is_gone_already_is_fine(int status)
    {
        using ApiServer server = Ibm.Server(new Reply(status, string.Empty));
        using IbmClient client = Ibm.Client(server);
        await new IbmResources(client).DeleteAsync("crn:v1:bluemix:public:x:ca-mon:a/1:g::", isRecursive: true, new Heard(), default);
        Assert.EndsWith("/v2/resource_instances/crn:v1:bluemix:public:x:ca-mon:a%2F1:g::?recursive=true", server.Received[^1].Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_gone_when_a_removal_is_repeated_was_removed()
    {
        int calls = 0;
        using ApiServer server = Ibm.Server(_ => Interlocked.Increment(ref calls) == 1 ? Faults["cut"] : new Reply(404, """{"message":"no"}"""));
        using IbmClient client = Ibm.Client(server);
        await new IbmKeys(client).DeleteAsync("k", new Heard(), default);
        await Failure.ExpectAsync("PgCloud.User.NotFound", () => new IbmKeys(client).DeleteAsync("k", new Heard(), default));
    }

    // Each path fails twice, then answers.
    private static ApiServer FailsTwice(string fault)
    {
        var calls = new ConcurrentDictionary<string, int>();
        return Ibm.Server(call => calls.AddOrUpdate(call.Path, 1, (_, n) => n + 1) <= 2 ? Faults[fault] : Ibm.Instance);
    }
}
