// SPDX-License-Identifier: MIT

using PgCloud.Engine.Providers.Ovh.Logs;
using PgCloud.Errors;
using Xunit;

namespace PgCloud.Engine.Tests.Ovh.Provider;

/// <summary>Log subscriptions: the operation that makes one is waited for, and what goes wrong meanwhile.</summary>
public sealed class OvhLogSubscriptionTests(EmulatedCloud cloud) : IClassFixture<EmulatedCloud>
{
    private const string Kind = "customer_logs";
    private const string Stream = "8f3b0c5e-5d0c-4c1e-9a56-2f1d3f7b9a10";
    private const string Made = "2b89f993-e5a1-4b68-8199-199e44481e83";

    private readonly Heard _heard = new();

    [Fact]
    public async Task The_operation_is_asked_for_until_it_has_succeeded()
    {
        var states = new Queue<string>(["", "PENDING", "RECEIVED", "STARTED", "RETRY", "RUNNING", "SUCCESS"]);
        using ScriptedCloud scripted = Operation(states.Dequeue);
        PgLogSubscription made = await Subscriptions(scripted).CreateAsync(scripted.Instance, Stream.ToUpperInvariant(), Kind, _heard, CancellationToken.None);
        Assert.Equal((Made, Stream, Kind, "ldp-1", PgChange.Created), (made.SubscriptionId, made.StreamId, made.Kind, made.ServiceName, made.Change));
        Assert.Empty(states);
        Assert.Equal(1, scripted.Count("POST"));
    }

    [Theory]
    [InlineData("FAILURE")]
    [InlineData("REVOKED_BY_SOMEBODY")]
    public async Task An_operation_that_ends_otherwise_is_an_error_with_its_word(string state)
    {
        using ScriptedCloud scripted = Operation(() => state);
        PgCloudException failure = await Ovh.FailsAsync(
            "PgCloud.Log.OperationFailed",
            () => Subscriptions(scripted).CreateAsync(scripted.Instance, Stream, Kind, _heard, CancellationToken.None));
        Assert.Equal((PgErrorKind.InvalidState, (object)Stream), (failure.Kind, failure.Target));
        Assert.Contains($"ended as {state}; it is the operation op-1", failure.Message, StringComparison.Ordinal);
        Assert.Equal(1, scripted.Count("POST"));
    }

    [Fact]
    public async Task An_operation_that_does_not_end_ends_the_waiting()
    {
        using ScriptedCloud scripted = Operation(() => "RUNNING");
        PgCloudException failure = await Ovh.FailsAsync(
            "PgCloud.Log.OperationTimeout",
            () => Subscriptions(scripted, TimeSpan.FromMilliseconds(50)).CreateAsync(scripted.Instance, Stream, Kind, _heard, CancellationToken.None));
        Assert.Contains("still RUNNING", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("500-done")]
    [InlineData("cut-body")]
    public async Task One_that_was_made_although_the_answer_says_otherwise_is_found(string fault)
    {
        string stream = Guid.NewGuid().ToString();
        await cloud.FailNextAsync(fault, "POST", "*/log/subscription");
        PgLogSubscription made = await CreateAsync(stream);
        Assert.Equal(PgChange.Created, made.Change);
        PgLogSubscription there = Assert.Single(await ListAsync(), s => s.StreamId == stream);
        Assert.Equal(made.SubscriptionId, there.SubscriptionId);
    }

    [Fact]
    public async Task One_whose_making_failed_says_that_its_outcome_is_unknown_and_is_not_made_twice()
    {
        int posts = 0;
        using var scripted = new ScriptedCloud(call => call switch
        {
            "GET /log/subscription" => Reply.Json("[]"),
            "POST /log/subscription" => new Reply(500, $"{{\"message\":\"{++posts}\"}}"),
            _ => Reply.Json($$"""{"name":"{{Kind}}"}"""),
        });
        await Ovh.FailsAsync(
            "PgCloud.Cloud.OutcomeUnknown",
            () => Subscriptions(scripted).CreateAsync(scripted.Instance, Stream, Kind, _heard, CancellationToken.None));
        Assert.Equal(1, posts);
    }

    [Fact]
    public async Task The_same_again_is_unchanged_and_only_looked_for()
    {
        string stream = Guid.NewGuid().ToString();
        PgLogSubscription first = await CreateAsync(stream);
        PgLogSubscription? again = null;
        Assert.Equal(1, await cloud.CallsAsync(async () => again = await CreateAsync(stream.ToUpperInvariant())));
        Assert.Equal((first.SubscriptionId, PgChange.Unchanged), (again!.SubscriptionId, again.Change));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("500-done")]
    [InlineData("cut-body")]
    public async Task One_is_removed_and_the_second_time_unchanged(string? fault)
    {
        PgLogSubscription made = await CreateAsync(Guid.NewGuid().ToString());
        if (fault is not null)
        {
            await cloud.FailNextAsync(fault, "DELETE", "*/log/subscription/*");
        }

        Assert.Equal(PgChange.Removed, (await RemoveAsync(made.SubscriptionId)).Change);
        Assert.DoesNotContain(await ListAsync(), s => s.SubscriptionId == made.SubscriptionId);
        Assert.Equal(PgChange.Unchanged, (await RemoveAsync(made.SubscriptionId)).Change);
    }

    [Fact]
    public async Task A_link_is_told_to_nobody_but_the_caller()
    {
        await cloud.FailNextAsync("503-html", "POST", "*/log/url");
        PgLogUrl link = await cloud.Provider.LogSubscriptions.CreateUrlAsync(cloud.Orders, Kind, _heard, CancellationToken.None);
        Assert.True(link.ExpiresAt > DateTimeOffset.UnixEpoch);
        Assert.StartsWith("https://", link.Url, StringComparison.Ordinal);
        Assert.NotEmpty(_heard.Steps);
        Assert.DoesNotContain(_heard.Steps.Append(link.ToString()), s => s.Contains("token", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_kind_that_is_not_there_is_named_with_those_that_are()
    {
        PgCloudException failure = await Ovh.FailsAsync(
            "PgCloud.Log.KindNotFound",
            () => cloud.Provider.LogSubscriptions.CreateAsync(cloud.Orders, Stream, "audit", _heard, CancellationToken.None));
        Assert.Equal("audit", failure.Target);
        Assert.Contains(Kind, failure.Message, StringComparison.Ordinal);
        await Ovh.FailsAsync(
            "PgCloud.Log.StreamInvalid",
            () => cloud.Provider.LogSubscriptions.CreateAsync(cloud.Orders, "stream", Kind, _heard, CancellationToken.None));
    }

    private static OvhLogSubscriptions Subscriptions(ScriptedCloud scripted, TimeSpan? timeout = null) =>
        new(scripted.Project, scripted.Patience, new OvhLogOperations(scripted.Project) { Timeout = timeout ?? TimeSpan.FromMinutes(1) })
        {
            AppearanceTimeout = TimeSpan.FromMilliseconds(50),
        };

    // An empty state is an operation that the API does not know yet.
    private static ScriptedCloud Operation(Func<string> state) => new(call => call switch
    {
        "GET /log/subscription" => Reply.Json("[]"),
        "POST /log/subscription" => Reply.Json("""{"operationId":"op-1","serviceName":"ldp-1"}"""),
        "GET //dbaas/logs/ldp-1/operation/op-1" when state() is { Length: > 0 } word =>
            Reply.Json($$"""{"operationId":"op-1","serviceName":"ldp-1","state":"{{word}}","subscriptionId":"{{Made}}"}"""),
        "GET //dbaas/logs/ldp-1/operation/op-1" => Reply.Error(404, "Client::NotFound", "not there"),
        $"GET /log/subscription/{Made}" => Reply.Json(
            $$"""{"subscriptionId":"{{Made}}","kind":"{{Kind}}","streamId":"{{Stream}}","serviceName":"ldp-1","createdAt":"2026-02-25T10:00:00+01:00"}"""),
        _ => Reply.Json($$"""{"name":"{{Kind}}"}"""),
    });

    private Task<PgLogSubscription> CreateAsync(string stream) =>
        cloud.Provider.LogSubscriptions.CreateAsync(cloud.Orders, stream, Kind, _heard, CancellationToken.None);

    private Task<PgLogSubscription> RemoveAsync(string id) =>
        cloud.Provider.LogSubscriptions.RemoveAsync(cloud.Orders, id, _heard, CancellationToken.None);

    private Task<IReadOnlyList<PgLogSubscription>> ListAsync() =>
        cloud.Provider.LogSubscriptions.GetAsync(cloud.Orders, _heard, CancellationToken.None);
}
