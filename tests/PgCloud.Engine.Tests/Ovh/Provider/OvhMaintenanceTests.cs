// SPDX-License-Identifier: MIT

using PgCloud.Contracts;
using PgCloud.Errors;
using Xunit;

namespace PgCloud.Engine.Tests.Ovh.Provider;

/// <summary>Maintenance, nodes and the time to write, where calls go wrong or the instance is busy.</summary>
public sealed class OvhMaintenanceTests(EmulatedCloud cloud) : IClassFixture<EmulatedCloud>
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    private readonly Heard _heard = new();

    private IMaintenances Maintenances => cloud.Provider.Maintenances;

    [Theory]
    [InlineData("500-done")]
    [InlineData("cut-body")]
    public async Task A_maintenance_whose_answer_is_lost_is_begun_once(string fault)
    {
        (PgInstance instance, PgMaintenance maintenance) = await NewAsync();
        await cloud.FailNextAsync(fault, "POST", "*/apply");
        PgMaintenance? applied = null;
        int posts = await cloud.CallsAsync(
            "POST", async () => applied = await Maintenances.ApplyAsync(instance, maintenance.Id, Long, _heard, CancellationToken.None));
        Assert.Equal(1, posts);
        Assert.Equal(("Applied", PgChange.Updated), (applied!.Status, applied.Change));
        Assert.NotNull(applied.AppliedAt);
    }

    [Fact]
    public async Task A_maintenance_that_was_not_begun_says_that_its_outcome_is_unknown()
    {
        (PgInstance instance, PgMaintenance maintenance) = await NewAsync();
        await cloud.FailNextAsync("500", "POST", "*/apply");
        await Ovh.FailsAsync(
            "PgCloud.Cloud.OutcomeUnknown", () => Maintenances.ApplyAsync(instance, maintenance.Id, null, _heard, CancellationToken.None));
    }

    [Fact]
    public async Task Another_change_is_waited_for()
    {
        (PgInstance instance, PgMaintenance maintenance) = await NewAsync();
        await cloud.BefallAsync(instance, "/maintenances", new { description = "second" });
        IReadOnlyList<PgMaintenance> both = await Maintenances.GetAsync(instance, _heard, CancellationToken.None);
        Assert.Equal(2, both.Count);
        await Maintenances.ApplyAsync(instance, maintenance.Id, null, _heard, CancellationToken.None);
        PgMaintenance second = await Maintenances.ApplyAsync(
            instance, both.Single(m => m.Description == "second").Id, Long, _heard, CancellationToken.None);
        Assert.Equal("Applied", second.Status);
        Assert.Contains(_heard.Steps, s => s.Contains("Something is under way", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_applied_is_unchanged_and_not_asked_for_again()
    {
        (PgInstance instance, PgMaintenance maintenance) = await NewAsync();
        await Maintenances.ApplyAsync(instance, maintenance.Id, Long, _heard, CancellationToken.None);
        PgMaintenance? again = null;
        int posts = await cloud.CallsAsync(
            "POST", async () => again = await Maintenances.ApplyAsync(instance, maintenance.Id, Long, _heard, CancellationToken.None));
        Assert.Equal((0, PgChange.Unchanged), (posts, again!.Change));
    }

    [Fact]
    public async Task A_locked_instance_is_not_waited_for()
    {
        (PgInstance instance, PgMaintenance maintenance) = await NewAsync();
        await cloud.BefallAsync(instance, string.Empty, new { status = "LOCKED" });
        await Ovh.FailsAsync(
            "PgCloud.Instance.Locked", () => Maintenances.ApplyAsync(instance, maintenance.Id, null, _heard, CancellationToken.None));
    }

    [Fact]
    public async Task A_wait_ends_in_time_and_carries_what_was_seen()
    {
        (PgInstance instance, _) = await NewAsync();
        await cloud.BefallAsync(instance, "/maintenances", new { description = "stuck", status = "APPLYING" });
        PgMaintenance stuck = (await Maintenances.GetAsync(instance, _heard, CancellationToken.None)).Single(m => m.Description == "stuck");
        PgCloudException failure = await Ovh.FailsAsync(
            "PgCloud.Maintenance.WaitTimeout",
            () => Maintenances.ApplyAsync(instance, stuck.Id, TimeSpan.Zero, _heard, CancellationToken.None));
        Assert.Equal(stuck.Id, Assert.IsType<PgMaintenance>(failure.Target).Id);
    }

    [Fact]
    public async Task Nodes_are_read_in_one_call()
    {
        IReadOnlyList<PgNode> nodes = [];
        Assert.Equal(1, await cloud.CallsAsync(async () => nodes = await cloud.Provider.Nodes.GetAsync(cloud.Orders, _heard, CancellationToken.None)));
        Assert.Equal(cloud.Orders.NodeCount, nodes.Count);
        Assert.All(nodes, n => Assert.Equal(("GRA", "Ready", string.Empty), (n.Region, n.Status, n.Role)));
    }

    [Fact]
    public async Task A_time_to_write_is_asked_for_again_where_the_answer_is_lost()
    {
        (PgInstance instance, _) = await NewAsync();
        await cloud.FailNextAsync("500-done", "POST", "*/enableWrites");
        PgWriteWindow? window = null;
        Assert.Equal(2, await cloud.CallsAsync(
            "POST", async () => window = await cloud.Provider.EnableWritesAsync(instance, _heard, CancellationToken.None)));
        Assert.InRange(window!.Until - DateTimeOffset.UtcNow, TimeSpan.FromMinutes(14), TimeSpan.FromMinutes(15));
        Assert.Equal(TimeSpan.Zero, window.Until.Offset);
    }

    private async Task<(PgInstance Instance, PgMaintenance Maintenance)> NewAsync()
    {
        string id = (await cloud.SeedAsync(1))[0];
        PgInstance instance = (await cloud.Provider.FindInstanceAsync(id, _heard, CancellationToken.None))!;
        return (instance, (await Maintenances.GetAsync(instance, _heard, CancellationToken.None)).Single());
    }
}
