// SPDX-License-Identifier: MIT

using PgCloud.Contracts;
using PgCloud.Engine.Providers.Ovh.Instances;
using PgCloud.Errors;
using Xunit;

namespace PgCloud.Engine.Tests.Ovh.Provider;

/// <summary>What an instance may become is asked for before anything of it is changed.</summary>
public sealed class OvhMoveTests(EmulatedCloud cloud) : IClassFixture<EmulatedCloud>
{
    private readonly Heard _heard = new();

    [Fact]
    public async Task A_smaller_plan_is_refused_with_those_that_can_be_had()
    {
        PgInstance instance = await NewAsync(new InstanceChangeRequest { Plan = "business" });
        PgCloudException failure = await RefusedAsync(
            "PgCloud.Cloud.PlanChangeRefused", instance, new InstanceChangeRequest { Plan = "essential", NewName = "renamed" });
        Assert.Equal("essential", failure.Target);
        Assert.Contains("is business and cannot become 'essential'; it can become: enterprise.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_of_another_generation_is_refused() =>
        await RefusedAsync("PgCloud.Cloud.PlanChangeRefused", await NewAsync(), new InstanceChangeRequest { Plan = "production", Flavor = "b3-8" });

    [Fact]
    public async Task A_plan_without_the_present_flavor_asks_for_one_of_its_own()
    {
        PgInstance instance = await NewAsync();
        PgCloudException failure = await RefusedAsync("PgCloud.Cloud.FlavorNeeded", instance, new InstanceChangeRequest { Plan = "enterprise" });
        Assert.Equal("enterprise", failure.Target);
        Assert.Contains("it has: db1-7, db1-15", failure.Message, StringComparison.Ordinal);
        Assert.Contains("-Plan enterprise -Flavor db1-7", failure.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_and_a_flavor_of_it_go_together_in_the_offer_s_spelling_also_where_the_api_takes_one_change_at_a_time()
    {
        PgInstance instance = await NewAsync();
        PgInstance changed = await cloud.Provider.SetInstanceAsync(
            instance, new InstanceChangeRequest { Plan = "ENTERPRISE", Flavor = "DB1-15", Version = "18" }, _heard, CancellationToken.None);
        changed = await cloud.ReadyAsync(changed);
        Assert.Equal(("enterprise", "db1-15", "18", 3), (changed.Plan, changed.Flavor, changed.Version, changed.NodeCount));
    }

    [Fact]
    public async Task A_flavor_that_the_plan_does_not_have_is_refused_with_those_it_has()
    {
        PgInstance instance = await NewAsync(new InstanceChangeRequest { Plan = "enterprise", Flavor = "db1-7" });
        PgCloudException failure = await RefusedAsync("PgCloud.Cloud.FlavorChangeRefused", instance, new InstanceChangeRequest { Flavor = "db1-4" });
        Assert.Equal("db1-4", failure.Target);
        Assert.Contains("db1-15, db1-30, db1-60", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_flavor_whose_disk_is_too_small_for_the_present_one_is_refused()
    {
        PgInstance instance = await NewAsync(new InstanceChangeRequest { Flavor = "db1-7", DiskSizeGB = 480 });
        PgCloudException failure = await RefusedAsync("PgCloud.Cloud.DiskTooSmall", instance, new InstanceChangeRequest { Flavor = "db1-4" });
        Assert.Equal("db1-4", failure.Target);
        Assert.Contains("at most 240 GB, and the instance has 480 GB", failure.Message, StringComparison.Ordinal);
        Assert.Contains("large enough: db1-7, db1-15.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_there_is_not_at_all_is_named_as_that()
    {
        PgInstance instance = await NewAsync();
        await RefusedAsync("PgCloud.Cloud.PlanNotFound", instance, new InstanceChangeRequest { Plan = "nonsense" });
        await RefusedAsync("PgCloud.Cloud.FlavorNotFound", instance, new InstanceChangeRequest { Flavor = "nonsense" });
    }

    [Theory]
    [InlineData("17", true)]
    [InlineData("", false)]
    public async Task Only_where_the_api_tells_something_of_this_instance_is_a_version_refused_by_it(string told, bool isRefused)
    {
        const string Row = """{"engine":"postgresql","region":"GRA","version":"VERSION","plan":"essential","flavor":"db1-4","network":"public","maxDiskSize":240,"minDiskSize":80}""";
        string rows = $"[{Row.Replace("VERSION", "17", StringComparison.Ordinal)},{Row.Replace("VERSION", "18", StringComparison.Ordinal)}]";
        string ofThisInstance = isRefused ? $"[{Row.Replace("VERSION", told, StringComparison.Ordinal)}]" : "[]";
        int calls = 0;
        using var script = new ScriptedCloud(_ => Reply.Json(Interlocked.Increment(ref calls) == 1 ? rows : ofThisInstance));
        var present = new OvhService { Id = ScriptedCloud.Id, Region = "GRA", Version = "17", Plan = "essential", Flavor = "db1-4", NetworkType = "public", NodeNumber = 1 };
        Task<(InstanceChangeRequest, bool PlanLacksFlavor)> check =
            new OvhMove(script.Project, present, _heard).CheckAsync(new InstanceChangeRequest { Version = "18" }, CancellationToken.None);
        if (isRefused)
        {
            Assert.Equal("18", (await Failure.ExpectAsync("PgCloud.Cloud.VersionChangeRefused", () => check)).Target);
        }
        else
        {
            Assert.False((await check).PlanLacksFlavor);
        }
    }

    private async Task<PgInstance> NewAsync(InstanceChangeRequest? change = null)
    {
        string id = (await cloud.SeedAsync(1))[0];
        PgInstance instance = (await cloud.Provider.FindInstanceAsync(id, _heard, CancellationToken.None))!;
        return change is null
            ? instance
            : await cloud.ReadyAsync(await cloud.Provider.SetInstanceAsync(instance, change, _heard, CancellationToken.None));
    }

    private async Task<PgCloudException> RefusedAsync(string id, PgInstance instance, InstanceChangeRequest change)
    {
        PgCloudException? failure = null;
        int puts = await cloud.CallsAsync("PUT", async () => failure = await Failure.ExpectAsync(
            id, () => cloud.Provider.SetInstanceAsync(instance, change, _heard, CancellationToken.None)));
        Assert.Equal(0, puts);
        return failure!;
    }
}
