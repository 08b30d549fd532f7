// SPDX-License-Identifier: MIT

using PgCloud.Engine.Providers.Ovh.Api;
using PgCloud.Errors;
using Xunit;

namespace PgCloud.Engine.Tests.Ovh;

public sealed class OvhListTests
{
    [Fact]
    public async Task A_list_of_objects_is_one_call()
    {
        using var server = new ApiServer(_ => Reply.Json("""[{"id":"a","number":1},{"id":"b","number":2}]"""));
        using OvhClient client = Ovh.Client(server);
        IReadOnlyList<Thing> things = await client.ListAsync<Thing>("/list", new Heard(), default);
        Assert.Equal(["a", "b"], things.Select(t => t.Id));
        Received call = Assert.Single(server.Received, r => r.Path == "/1.0/list");
        Assert.Equal("CachedObjectList-Pages", call.Headers["X-Pagination-Mode"]);
        Assert.Equal("50000", call.Headers["X-Pagination-Size"]);
        Assert.Equal("no-cache", call.Headers["Pragma"]);
    }

    [Fact]
    public async Task Where_the_header_is_not_known_the_objects_are_read_by_their_ids_in_order_and_at_once()
    {
        string[] ids = [.. Enumerable.Range(0, 100).Select(i => $"id/{i}")];
        int now = 0, most = 0;
        using var server = new ApiServer(call =>
        {
            if (call.Path == "/1.0/list")
            {
                return Reply.Json($"[{string.Join(',', ids.Select(i => $"\"{i}\""))}]");
            }

            int running = Interlocked.Increment(ref now);
            lock (ids)
            {
                most = Math.Max(most, running);
            }

            // Until a second is there.
            SpinWait.SpinUntil(() => Volatile.Read(ref most) > 1, TimeSpan.FromSeconds(60));
            Interlocked.Decrement(ref now);
            string id = Uri.UnescapeDataString(call.Path.Split('/')[^1]);
            return id == "id/7" ? Reply.Error(404, "Client::NotFound::ServiceNotFound", "gone") : Reply.Json($$"""{"id":"{{id}}"}""");
        });
        using OvhClient client = Ovh.Client(server);
        IReadOnlyList<Thing> things = await client.ListAsync<Thing>("/list?category=all", new Heard(), default);
        Assert.Equal(ids.Where(i => i != "id/7"), things.Select(t => t.Id));
        Assert.InRange(most, 2, 16);
    }

    [Fact]
    public async Task Five_hundred_objects_are_read_by_their_ids()
    {
        using var server = new ApiServer(call => (call.Path == "/1.0/list"
            ? Reply.Json($"[{string.Join(',', Enumerable.Range(0, 500).Select(i => $"\"{i}\""))}]")
            : Reply.Json("""{"id":"a"}""")));
        using OvhClient client = Ovh.Client(server);
        Assert.Equal(500, (await client.ListAsync<Thing>("/list", new Heard(), default)).Count);
    }

    [Fact]
    public async Task An_empty_list_is_empty()
    {
        using var server = new ApiServer(_ => Reply.Json("[]"));
        using OvhClient client = Ovh.Client(server);
        Assert.Empty(await client.ListAsync<Thing>("/list", new Heard(), default));
    }

    [Fact]
    public async Task Fields_and_words_nobody_knows_pass()
    {
        using var server = new ApiServer(call => Reply.Json(call.Path.EndsWith("known", StringComparison.Ordinal)
            ? """{"id":"a","status":"READY","createdAt":"2026-11-24T10:00:00+01:00"}"""
            : """{"id":"a","new":{"deep":[1]},"status":"LOCKED_SOMEHOW","createdAt":null,"number":null}"""));
        using OvhClient client = Ovh.Client(server);
        Thing unknown = await client.GetAsync<Thing>("/x", new Heard(), default);
        Assert.Equal(("LOCKED_SOMEHOW", null, null), (unknown.Status.Text, unknown.Status.Known, unknown.CreatedAt));
        Thing known = await client.GetAsync<Thing>("/known", new Heard(), default);
        Assert.Equal(PgInstanceStatus.Ready, known.Status.Known);
        Assert.Equal(new DateTimeOffset(2026, 11, 24, 9, 0, 0, TimeSpan.Zero), known.CreatedAt);
        Assert.Equal("\"READY\"", System.Text.Encoding.UTF8.GetString(OvhJson.Write(known.Status)));
    }

    [Theory]
    [InlineData("""{"id":"a","number":"hunter2"}""")]
    [InlineData("\"hunter2\"")]
    [InlineData("[\"hunter2\"]")]
    [InlineData("null")]
    [InlineData("")]
    public async Task An_answer_of_another_shape_is_an_error_without_its_values(string body)
    {
        using var server = new ApiServer(_ => Reply.Json(body));
        using OvhClient client = Ovh.Client(server);
        PgCloudException failure = await Ovh.FailsAsync("PgCloud.Cloud.AnswerInvalid", () => client.GetAsync<Thing>("/x", new Heard(), default));
        Assert.DoesNotContain("hunter2", failure.ToString(), StringComparison.Ordinal);
        await Ovh.FailsAsync("PgCloud.Cloud.OutcomeUnknown", () => client.PostAsync<Thing>("/x", new { }, new Heard(), default));
    }

    [Fact]
    public async Task Nothing_answered_to_a_change_is_fine()
    {
        using var server = new ApiServer(_ => Reply.Json(string.Empty));
        using OvhClient client = Ovh.Client(server);
        await client.PutAsync("/x", new { a = 1 }, new Heard(), default);
        await client.PostAsync("/x", null, new Heard(), default);
        await client.DeleteAsync("/x", new Heard(), default);
    }
}
