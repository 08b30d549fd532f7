// SPDX-License-Identifier: MIT

using PgCloud.Engine.Providers.Ovh;
using PgCloud.Errors;
using Xunit;

namespace PgCloud.Engine.Tests.Ovh.Provider;

/// <summary>Calls that are refused while something is under way.</summary>
public sealed class OvhPatienceTests
{
    private readonly Heard _heard = new();
    private int _calls;
    private int _looks;

    [Theory]
    [InlineData("ServiceNotReady")]
    [InlineData("ServiceOnlyOneModification")]
    public async Task A_call_is_made_again_when_the_instance_has_settled(string refusal)
    {
        using ScriptedCloud cloud = Cloud(() => _calls == 1 ? refusal : null, () => _looks < 3 ? "UPDATING" : "READY");
        Assert.Equal("done", await RunAsync(cloud));
        Assert.Equal((2, 3), (_calls, _looks));
        Assert.Contains("Something is under way at 'orders': wait for its end", _heard.Steps);
    }

    [Fact]
    public async Task A_call_that_is_refused_although_the_instance_is_ready_is_made_again_all_the_same()
    {
        using ScriptedCloud cloud = Cloud(() => _calls < 4 ? "ServiceNotReady" : null, () => "READY");
        Assert.Equal("done", await RunAsync(cloud));
        Assert.Equal(4, _calls);
    }

    [Fact]
    public async Task An_instance_that_does_not_settle_in_time_is_an_error_that_says_that_nothing_was_done()
    {
        using ScriptedCloud cloud = Cloud(() => "ServiceNotReady", () => "UPDATING");
        PgCloudException failure = await Ovh.FailsAsync("PgCloud.Instance.WaitTimeout", () => RunAsync(cloud, TimeSpan.FromMilliseconds(50)));
        Assert.Equal("Client::Conflict::ServiceNotReady", failure.ApiClass);
        Assert.StartsWith("Nothing was done", failure.Message, StringComparison.Ordinal);
        Assert.Equal("orders", Assert.IsType<PgInstance>(failure.Target).Name);
        Assert.Equal(1, _calls);
    }

    [Fact]
    public async Task A_call_that_is_refused_all_the_time_ends_with_the_refusal()
    {
        using ScriptedCloud cloud = Cloud(() => "ServiceNotReady", () => "READY");
        await Ovh.FailsAsync("PgCloud.Instance.NotReady", () => RunAsync(cloud, TimeSpan.FromSeconds(2)));
        Assert.True(_calls > 2);
    }

    [Fact]
    public async Task Without_time_a_call_is_made_once()
    {
        using ScriptedCloud cloud = Cloud(() => "ServiceNotReady", () => "UPDATING");
        await Ovh.FailsAsync("PgCloud.Instance.NotReady", () => RunAsync(cloud, TimeSpan.Zero));
        Assert.Equal((1, 0), (_calls, _looks));
    }

    [Fact]
    public async Task An_instance_that_settles_in_a_state_in_which_nothing_can_be_done_is_an_error_at_once()
    {
        using ScriptedCloud cloud = Cloud(() => "ServiceNotReady", () => "ERROR");
        PgCloudException failure = await Ovh.FailsAsync("PgCloud.Instance.NotReady", () => RunAsync(cloud));
        Assert.Equal(PgInstanceStatus.Failed, Assert.IsType<PgInstance>(failure.Target).Status);
        Assert.Equal(1, _calls);
    }

    [Fact]
    public async Task Another_error_is_none_to_wait_for()
    {
        using ScriptedCloud cloud = Cloud(() => "Other", () => "READY");
        await Ovh.FailsAsync("PgCloud.Cloud.Conflict", () => RunAsync(cloud));
        Assert.Equal((1, 0), (_calls, _looks));
    }

    [Fact]
    public async Task A_user_is_removed_after_a_change_that_began_since_the_instance_was_read()
    {
        int deletes = 0;
        using var cloud = new ScriptedCloud(call => call switch
        {
            "GET " => Reply.Json($$"""{"id":"{{ScriptedCloud.Id}}","status":"READY"}"""),
            "GET /certificates" => Reply.Json("""{"ca":"-"}"""),
            "GET /user" => Reply.Json("""[{"id":"u","username":"app","status":"READY"}]"""),
            "DELETE /user/u" when ++deletes == 1 => Reply.Error(409, "Client::Conflict::ServiceOnlyOneModification", "busy"),
            "DELETE /user/u" => Reply.Json("{}"),
            _ => Reply.Error(404, "Client::NotFound::UserNotFound", "gone"),
        });
        PgCloudUser removed = await new OvhProvider(cloud.Project).RemoveUserAsync(cloud.Instance, "app", _heard, default);
        Assert.Equal((PgChange.Removed, 2), (removed.Change, deletes));
    }

    private ScriptedCloud Cloud(Func<string?> refusal, Func<string> status) => new(call =>
    {
        if (call == "GET ")
        {
            _looks++;
            return Reply.Json($$"""{"id":"{{ScriptedCloud.Id}}","description":"orders","status":"{{status()}}"}""");
        }

        _calls++;
        return refusal() is { } word ? Reply.Error(409, "Client::Conflict::" + word, "not now") : Reply.Json("\"done\"");
    });

    private Task<string> RunAsync(ScriptedCloud cloud, TimeSpan? timeout = null) => cloud.Patience.RunAsync(
        cloud.Instance,
        () => cloud.Project.Client.PostAsync<string>(cloud.Project.PathOf(cloud.Instance, "/thing"), null, _heard, default),
        _heard,
        default,
        timeout);
}
