// SPDX-License-Identifier: MIT

using PgCloud.Contracts;
using PgCloud.Engine.Providers.Ibm;
using PgCloud.Errors;
using Xunit;

namespace PgCloud.Engine.Tests.Ibm.Provider;

/// <summary>Instances: lost answers, removals that meet one another, and how many calls a list takes.</summary>
public sealed class IbmInstanceTests(EmulatedIbm cloud) : IClassFixture<EmulatedIbm>
{
    private static readonly InstanceRemoval Permanent = new(IsRecursive: true, IsPermanent: true);

    private readonly Heard _heard = new();

    [Theory]
    [InlineData("500-done")]
    [InlineData("cut-body")]
    public async Task An_order_whose_answer_is_lost_makes_one_instance(string fault)
    {
        string name = "lost-" + fault;
        await cloud.FailNextAsync(fault, "POST", "*/v2/resource_instances");
        PgInstance made = await cloud.Provider.CreateInstanceAsync(new NewInstanceRequest(name), _heard, CancellationToken.None);
        Assert.Equal(made.Id, Assert.Single(await cloud.Provider.GetInstancesAsync(_heard, CancellationToken.None), i => i.Name == name).Id);
        Assert.Contains(_heard.Steps, s => s.Contains("The end of the order was not seen", StringComparison.Ordinal));
        await cloud.Provider.RemoveInstanceAsync(made, Permanent, _heard, CancellationToken.None);
    }

    [Fact]
    public async Task One_that_was_removed_a_moment_ago_is_waited_for_and_one_that_never_was_is_not()
    {
        PgInstance instance = await cloud.NewInstanceAsync("hasty");
        await cloud.Provider.RemoveInstanceAsync(instance, new InstanceRemoval(IsRecursive: true, IsPermanent: false), _heard, CancellationToken.None);
        Assert.Equal(instance.Id, (await cloud.Provider.Reclaimed.FindAsync("hasty", _heard, CancellationToken.None))?.Id);
        int calls = await cloud.CallsAsync(
            async () => Assert.Null(await cloud.Provider.Reclaimed.FindAsync("never", _heard, CancellationToken.None)), "GET");
        Assert.InRange(calls, 1, 4);
    }

    [Fact]
    public async Task An_order_that_fails_before_it_is_made_says_that_its_outcome_is_unknown()
    {
        await cloud.FailNextAsync("500", "POST", "*/v2/resource_instances");
        PgCloudException failure = await Failure.ExpectAsync("PgCloud.Cloud.OutcomeUnknown", () => cloud.Provider.CreateInstanceAsync(
            new NewInstanceRequest("never"), _heard, CancellationToken.None));
        Assert.NotNull(failure.QueryId);
        Assert.DoesNotContain(await cloud.Provider.GetInstancesAsync(_heard, CancellationToken.None), i => i.Name == "never");
    }

    [Fact]
    public async Task Sixty_four_callers_share_one_token_request()
    {
        IbmProvider provider = cloud.NewProvider();
        int tokens = await cloud.CallsAsync(
            () => Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(() => provider.GetInstancesAsync(_heard, CancellationToken.None)))),
            "POST",
            "/identity/token");
        Assert.Equal(1, tokens);
    }

    [Fact]
    public async Task Two_hundred_instances_are_listed_in_a_few_calls()
    {
        await cloud.SeedAsync(200);
        await cloud.Provider.GetInstancesAsync(_heard, CancellationToken.None);
        IReadOnlyList<PgInstance> all = [];
        int calls = await cloud.CallsAsync(async () => all = await cloud.Provider.GetInstancesAsync(_heard, CancellationToken.None));
        Assert.True(all.Count >= 200);

        // Pages of 100 of those that are active, one each of the failed, the inactive and those on their way out, and the resource groups.
        Assert.InRange(calls, 6, 7);
    }

    [Theory]
    [InlineData("500-done")]
    [InlineData("cut-before")]
    [InlineData("cut-body")]
    public async Task A_removal_whose_answer_is_lost_is_a_removal(string fault)
    {
        PgInstance instance = await cloud.NewInstanceAsync();
        await cloud.FailNextAsync(fault, "DELETE", "*/v2/resource_instances/*");
        await cloud.Provider.RemoveInstanceAsync(instance, _heard, CancellationToken.None);
        Assert.Null(await cloud.Provider.FindInstanceAsync(instance.Id, _heard, CancellationToken.None));
    }

    [Theory]
    [InlineData("500-done")]
    [InlineData("cut-body")]
    public async Task An_end_whose_answer_is_lost_is_an_end(string fault)
    {
        PgInstance instance = await cloud.NewInstanceAsync();
        await cloud.FailNextAsync(fault, "POST", "*/actions/reclaim");
        await cloud.Provider.RemoveInstanceAsync(instance, Permanent, _heard, CancellationToken.None);
    }

    [Fact]
    public async Task One_that_was_removed_before_is_ended_with_its_restrictions()
    {
        PgInstance instance = await cloud.NewInstanceAsync("restricted");
        await AuthoriseAsync(instance);
        await cloud.Provider.RemoveInstanceAsync(instance, _heard, CancellationToken.None);
        PgReclaimedInstance kept = (await cloud.Provider.Reclaimed.FindAsync("restricted", _heard, CancellationToken.None))!;
        Assert.Contains(instance.Id, await cloud.RestrictionsAsync(), StringComparison.Ordinal);
        await cloud.Provider.Reclaimed.PurgeAsync(kept, _heard, CancellationToken.None);
        Assert.DoesNotContain(instance.Id, await cloud.RestrictionsAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_failed_to_be_made_is_removed_with_its_restrictions()
    {
        string id = await cloud.SeedAsync("hopeless", "failed");
        PgInstance instance = (await cloud.Provider.FindInstanceAsync(id, _heard, CancellationToken.None))!;
        await AuthoriseAsync(instance);
        await cloud.Provider.RemoveInstanceAsync(instance, _heard, CancellationToken.None);
        Assert.DoesNotContain(id, await cloud.RestrictionsAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_is_being_ended_is_ended_again_without_an_error_and_not_restored()
    {
        PgReclaimedInstance reclaimed = await RemovedAsync();
        await cloud.Provider.Reclaimed.PurgeAsync(reclaimed, _heard, CancellationToken.None);
        await cloud.Provider.Reclaimed.PurgeAsync(reclaimed, _heard, CancellationToken.None);
        PgCloudException failure = await Assert.ThrowsAsync<PgCloudException>(
            () => cloud.Provider.Reclaimed.RestoreAsync(reclaimed, TimeSpan.FromSeconds(120), _heard, CancellationToken.None));
        Assert.Contains(failure.ErrorId, new[] { "PgCloud.Cloud.Conflict", "PgCloud.Instance.NotFound" });
    }

    [Fact]
    public async Task One_that_was_ended_is_not_told_as_restored()
    {
        PgReclaimedInstance reclaimed = await RemovedAsync();
        await cloud.Provider.Reclaimed.PurgeAsync(reclaimed, _heard, CancellationToken.None);
        while (await ReclaimedAsync(reclaimed.Id) is not null)
        {
            await Task.Delay(20);
        }

        await Failure.ExpectAsync(
            "PgCloud.Instance.NotFound",
            () => cloud.Provider.Reclaimed.RestoreAsync(reclaimed, TimeSpan.FromSeconds(120), _heard, CancellationToken.None));
    }

    [Fact]
    public async Task One_that_is_being_restored_is_restored_again_without_an_error_and_not_ended()
    {
        PgReclaimedInstance reclaimed = await RemovedAsync();
        await cloud.FailNextAsync("500-done", "POST", "*/actions/restore");
        Task<PgInstance> first = cloud.Provider.Reclaimed.RestoreAsync(reclaimed, TimeSpan.FromSeconds(120), _heard, CancellationToken.None);
        PgReclaimedInstance? restoring = reclaimed;
        while (restoring?.State == "SCHEDULED")
        {
            restoring = await ReclaimedAsync(reclaimed.Id);
        }

        await Failure.ExpectAsync(
            "PgCloud.Cloud.Conflict", () => cloud.Provider.Reclaimed.PurgeAsync(reclaimed, _heard, CancellationToken.None));
        PgInstance again = await cloud.Provider.Reclaimed.RestoreAsync(reclaimed, TimeSpan.FromSeconds(120), _heard, CancellationToken.None);
        Assert.Equal((reclaimed.Id, PgInstanceStatus.Ready), ((await first).Id, again.Status));
    }

    [Fact]
    public async Task Changes_follow_one_another_and_are_sent_once()
    {
        PgInstance instance = await cloud.NewInstanceAsync("grows");
        var change = new InstanceChangeRequest { DiskSizeGB = 20, NodeCount = 3, Flavor = "bx3d.8x40", NewName = "grown" };
        int calls = await cloud.CallsAsync("PATCH", async () =>
        {
            Assert.Equal(PgChange.Updated, (await cloud.Provider.SetInstanceAsync(instance, change, _heard, CancellationToken.None)).Change);
            PgInstance again = await cloud.Provider.SetInstanceAsync(instance, change, _heard, CancellationToken.None);
            Assert.Equal((PgChange.Unchanged, "grown", 3, 20), (again.Change, again.Name, again.NodeCount, again.DiskSizeGB));
        });
        Assert.Equal(1, calls);
    }

    [Theory]
    [InlineData("""{"storage_gb":10,"members":2}""")]
    [InlineData("""{"dataservices":{"postgresql":{"members":2}},"version":"18"}""")]
    public async Task Parameters_that_are_so_already_are_not_sent(string json)
    {
        PgInstance instance = await cloud.NewInstanceAsync();
        var change = new InstanceChangeRequest { ParametersJson = json };
        Assert.Equal(0, await cloud.CallsAsync("PATCH", async () =>
            Assert.Equal(PgChange.Unchanged, (await cloud.Provider.SetInstanceAsync(instance, change, _heard, CancellationToken.None)).Change)));
    }

    [Theory]
    [InlineData("""{"storage_gb":5}""", "PgCloud.Cloud.DiskTooSmall")]
    [InlineData("""{"dataservices":{"postgresql":{"storage_gb":5}}}""", "PgCloud.Cloud.DiskTooSmall")]
    [InlineData("""{"storage_gb":9601}""", "PgCloud.Cloud.DiskInvalid")]
    [InlineData("""{"members":5}""", "PgCloud.Cloud.NodesInvalid")]
    [InlineData("""{"version":"17"}""", "PgCloud.Cloud.VersionFixed")]
    public async Task Parameters_that_cannot_be_are_refused_before_anything_is_sent(string json, string errorId)
    {
        PgInstance instance = await cloud.NewInstanceAsync();
        var change = new InstanceChangeRequest { ParametersJson = json };
        Assert.Equal(0, await cloud.CallsAsync("PATCH", () => Failure.ExpectAsync(
            errorId, () => cloud.Provider.SetInstanceAsync(instance, change, _heard, CancellationToken.None))));
    }

    [Fact]
    public async Task A_version_that_is_not_offered_is_not_ordered()
    {
        Assert.Equal(0, await cloud.CallsAsync("POST", async () =>
        {
            PgCloudException failure = await Failure.ExpectAsync("PgCloud.Cloud.VersionNotFound", () => cloud.Provider.CreateInstanceAsync(
                new NewInstanceRequest("older") { Version = "17" }, _heard, CancellationToken.None));
            Assert.Contains("there are: 18", failure.Message, StringComparison.Ordinal);
        }));
    }

    [Fact]
    public async Task One_that_is_pending_removal_is_shown_is_removed_once_and_is_restored_when_it_can_be()
    {
        PgInstance instance = await cloud.NewInstanceAsync("going");
        await cloud.SetQuirksAsync(new { removalSeconds = 900 });
        try
        {
            int deletions = await cloud.CallsAsync("DELETE", async () =>
            {
                await cloud.Provider.RemoveInstanceAsync(instance, _heard, CancellationToken.None);
                PgInstance going = (await cloud.Provider.FindInstanceAsync("going", _heard, CancellationToken.None))!;
                Assert.Equal((PgInstanceStatus.Removing, "delete in progress: Deprovision in progress"), (going.Status, going.StatusDetail));
                Assert.Equal(PgInstanceStatus.Removing, (await cloud.Provider.FindInstanceAsync(instance.Id, _heard, CancellationToken.None))?.Status);
                Assert.Single(await cloud.Provider.GetInstancesAsync(_heard, CancellationToken.None), i => i.Id == instance.Id);
                await cloud.Provider.RemoveInstanceAsync(going, _heard, CancellationToken.None);
            });
            Assert.Equal(1, deletions);

            // As one who read it before it was removed.
            await cloud.Provider.RemoveInstanceAsync(await AsReadyAsync(), _heard, CancellationToken.None);
            PgReclaimedInstance? reclaimed = await cloud.Provider.Reclaimed.FindAsync("going", _heard, CancellationToken.None);
            Assert.Equal(instance.Id, reclaimed?.Id);
            Assert.Null(await cloud.Provider.FindInstanceAsync("going", _heard, CancellationToken.None));
            PgInstance back = await cloud.Provider.Reclaimed.RestoreAsync(reclaimed!, TimeSpan.FromSeconds(120), _heard, CancellationToken.None);
            Assert.Equal((instance.Id, PgInstanceStatus.Ready), (back.Id, back.Status));
        }
        finally
        {
            await cloud.SetQuirksAsync(new { removalSeconds = 0 });
        }

        Task<PgInstance> AsReadyAsync() => Task.FromResult(new PgInstance
        {
            Name = instance.Name, Id = instance.Id, Provider = instance.Provider, Status = PgInstanceStatus.Ready, Detail = instance.Detail,
        });
    }

    [Fact]
    public async Task One_that_is_pending_removal_and_cannot_be_had_back_is_not_restored()
    {
        string id = await cloud.SeedAsync("gone-soon", "pending_removal");
        Task<PgReclaimedInstance?> look = cloud.Provider.Reclaimed.FindAsync("gone-soon", _heard, CancellationToken.None);
        await Task.Delay(200);
        Assert.False(look.IsCompleted, "it may be kept yet");
        await cloud.SetStateAsync(id, "removed");
        Assert.Null(await look);
    }

    [Theory]
    [InlineData("""{"storag_gb":40}""", "storag_gb", "is storage_gb meant?")]
    [InlineData("""{"Members":3}""", "Members", "is members meant?")]
    [InlineData("""{"dataservices":{"postgres":{"members":3}}}""", "postgres", "in dataservices; is postgresql meant?")]
    [InlineData("""{"dataservices":{"postgresql":{"host_flavour":"bx3d.4x20"}}}""", "host_flavour", "is host_flavor meant?")]
    [InlineData("""{"dataservices":{"encryption":{"disc":"crn:v1:key"}}}""", "disc", "is disk meant?")]
    [InlineData("""{"configuration":{"max_conections":200}}""", "max_conections", "in dataservices.postgresql.configuration; is max_connections")]
    public async Task A_slip_in_the_name_of_a_parameter_is_refused_with_the_names_there_are(string json, string name, string says)
    {
        PgInstance instance = await cloud.NewInstanceAsync();
        Func<Task>[] uses =
        [
            () => cloud.Provider.CreateInstanceAsync(new NewInstanceRequest("mistyped") { ParametersJson = json }, _heard, CancellationToken.None),
            () => cloud.Provider.SetInstanceAsync(instance, new InstanceChangeRequest { ParametersJson = json }, _heard, CancellationToken.None),
        ];
        foreach (Func<Task> use in uses)
        {
            PgCloudException failure = await Failure.ExpectAsync("PgCloud.Cloud.ParameterUnknown", use);
            Assert.Equal(name, failure.Target);
            Assert.Contains(says, failure.Message, StringComparison.Ordinal);
        }

        Assert.DoesNotContain(await cloud.Provider.GetInstancesAsync(_heard, CancellationToken.None), i => i.Name == "mistyped");
    }

    [Fact]
    public async Task A_parameter_like_none_that_is_known_is_sent_with_a_warning()
    {
        PgCloudException failure = await Failure.ExpectAsync("PgCloud.Cloud.BrokerRefused", () => cloud.Provider.CreateInstanceAsync(
            new NewInstanceRequest("novel") { ParametersJson = """{"dataservices":{"colour":"red"}}""" }, _heard, CancellationToken.None));
        Assert.Contains("colour", failure.Message, StringComparison.Ordinal);
        Assert.Contains(_heard.Steps, w => w.StartsWith("The parameter colour is sent as it is", StringComparison.Ordinal));
    }

    private Task AuthoriseAsync(PgInstance instance) => cloud.Provider.AddAuthorisedIpsAsync(
        instance, [new AuthorisedIpRequest("203.0.113.1/32", null, null)], null, _heard, CancellationToken.None);

    private async Task<PgReclaimedInstance> RemovedAsync()
    {
        PgInstance instance = await cloud.NewInstanceAsync();
        await cloud.Provider.RemoveInstanceAsync(instance, _heard, CancellationToken.None);
        for (int look = 0; look < 3000; look++)
        {
            if (await ReclaimedAsync(instance.Id) is { } found)
            {
                return found;
            }

            await Task.Delay(20);
        }

        throw new TimeoutException("There is no reclamation.");
    }

    private async Task<PgReclaimedInstance?> ReclaimedAsync(string id) =>
        (await cloud.Provider.Reclaimed.GetAsync(_heard, CancellationToken.None)).FirstOrDefault(r => r.Id == id);
}
