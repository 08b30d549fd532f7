// SPDX-License-Identifier: MIT

using PgCloud.Contracts;
using PgCloud.Engine.Providers.Ovh.Api;
using PgCloud.Engine.Providers.Ovh.Backups;
using PgCloud.Errors;
using Xunit;

namespace PgCloud.Engine.Tests.Ovh.Provider;

/// <summary>What a restore asks for, and what it refuses before it asks.</summary>
public sealed class OvhRestoreTests(EmulatedCloud cloud) : IClassFixture<EmulatedCloud>
{
    private readonly Heard _heard = new();

    [Fact]
    public async Task A_moment_within_the_time_that_is_kept_is_ordered()
    {
        PgInstance source = await NewAsync();
        PgInstance made = await cloud.Provider.CreateInstanceAsync(
            new NewInstanceRequest($"at-{source.Id[..8]}") { FromInstance = source, PointInTime = DateTimeOffset.UtcNow.AddHours(-1) },
            _heard,
            CancellationToken.None);
        Assert.Equal((source.Region, source.Plan, source.Flavor), (made.Region, made.Plan, made.Flavor));
    }

    [Theory]
    [InlineData(-3)]
    [InlineData(1)]
    public async Task A_moment_outside_of_it_is_refused_before_any_call(int days)
    {
        PgInstance source = await NewAsync();
        var request = new NewInstanceRequest("outside") { FromInstance = source, PointInTime = DateTimeOffset.UtcNow.AddDays(days) };
        PgCloudException? failure = null;
        Assert.Equal(0, await cloud.CallsAsync(async () => failure = await Ovh.FailsAsync(
            "PgCloud.Instance.PointInTimeInvalid", () => cloud.Provider.CreateInstanceAsync(request, _heard, CancellationToken.None))));
        Assert.Equal(request.PointInTime, failure!.Target);
        var oldest = (DateTimeOffset)source.Detail["PointInTimeFrom"];
        Assert.Contains($"{oldest.AddSeconds(1):u} until now", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_instance_that_names_no_time_is_not_restored_to_one()
    {
        PgInstance source = (await cloud.Provider.FindInstanceAsync((await cloud.SeedAsync(1))[0], _heard, CancellationToken.None))!;
        await cloud.BefallAsync(source, string.Empty, new { status = "CREATING" });
        source = (await cloud.Provider.FindInstanceAsync(source.Id, _heard, CancellationToken.None))!;
        await Ovh.FailsAsync("PgCloud.Instance.PointInTimeUnavailable", () => cloud.Provider.CreateInstanceAsync(
            new NewInstanceRequest("none") { FromInstance = source, PointInTime = DateTimeOffset.UtcNow }, _heard, CancellationToken.None));
    }

    [Fact]
    public async Task A_backup_of_another_instance_is_refused_and_the_newest_are_named()
    {
        PgInstance source = await NewAsync();
        PgInstance other = await NewAsync();
        IReadOnlyList<PgBackup> its = await cloud.Provider.Backups.GetAsync(source, _heard, CancellationToken.None);
        string foreign = (await cloud.Provider.Backups.GetAsync(other, _heard, CancellationToken.None))[0].Id;
        PgCloudException? failure = null;
        int posts = await cloud.CallsAsync("POST", async () => failure = await Ovh.FailsAsync(
            "PgCloud.Cloud.BackupNotFound",
            () => cloud.Provider.CreateInstanceAsync(
                new NewInstanceRequest("foreign") { FromInstance = source, FromBackup = foreign }, _heard, CancellationToken.None)));
        Assert.Equal(0, posts);
        Assert.Equal(foreign, failure!.Target);
        Assert.All(its.Take(3), b => Assert.Contains(b.Id, failure.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Backups_are_read_in_one_call_the_newest_first()
    {
        PgInstance source = await NewAsync();
        await cloud.BefallAsync(source, "/backups", new { createdAt = DateTimeOffset.UtcNow.AddHours(-30), type = "pitr" });
        IReadOnlyList<PgBackup> all = [];
        Assert.Equal(1, await cloud.CallsAsync(async () => all = await cloud.Provider.Backups.GetAsync(source, _heard, CancellationToken.None)));
        Assert.Equal(all.OrderByDescending(b => b.CreatedAt), all);
        Assert.Equal(4, all.Count);
        Assert.Equal((7_864_320L, "Ready"), (all[0].SizeBytes, all[0].Status));
        Assert.Equal(["GRA", "SBG"], all[0].Regions);
    }

    [Fact]
    public void What_was_private_stays_in_its_network()
    {
        PgInstance source = Private();
        NewInstanceRequest same = OvhRestore.WithNetwork(new NewInstanceRequest("copy") { FromInstance = source });
        Assert.Equal(("net", "sub"), (same.NetworkId, same.SubnetId));
        var named = new NewInstanceRequest("copy") { FromInstance = source, NetworkId = "mine", SubnetId = "its", Region = "SBG" };
        Assert.Equal(("mine", "its"), (OvhRestore.WithNetwork(named).NetworkId, OvhRestore.WithNetwork(named).SubnetId));
        PgCloudException failure = Assert.Throws<PgCloudException>(
            () => OvhRestore.WithNetwork(new NewInstanceRequest("copy") { FromInstance = source, Region = "SBG" }));
        Assert.Equal("PgCloud.Instance.NetworkMissing", failure.ErrorId);
    }

    [Theory]
    [InlineData("GRA", "GRA")]
    [InlineData("gra,sbg", "GRA,SBG")]
    [InlineData("SBG,GRA,SBG", "SBG,GRA")]
    public void Backup_regions_are_one_or_two_with_the_instance_s_own(string wanted, string written) =>
        Assert.Equal(written, string.Join(',', BackupRegions.Check(wanted.Split(','), "GRA", ["GRA", "SBG", "DE"])));

    [Theory]
    [InlineData("SBG", "SBG")]
    [InlineData("SBG,DE", "SBG, DE")]
    [InlineData("GRA,SBG,DE", "GRA, SBG, DE")]
    [InlineData("GRA,XYZ", "XYZ")]
    public void Other_backup_regions_are_refused(string wanted, string target)
    {
        PgCloudException failure = Assert.Throws<PgCloudException>(() => BackupRegions.Check(wanted.Split(','), "GRA", ["GRA", "SBG", "DE"]));
        Assert.Equal(("PgCloud.Backup.RegionInvalid", target), (failure.ErrorId, failure.Target));
    }

    [Theory]
    [InlineData("B", 5, 5L)]
    [InlineData("GB", 2, 2_000_000_000L)]
    [InlineData("MiB", 3, 3_145_728L)]
    [InlineData("parsec", 1, null)]
    [InlineData(null, 1, null)]
    public void A_size_is_told_in_bytes(string? unit, long value, long? bytes) => Assert.Equal(bytes, new OvhSize(unit, value).Bytes);

    private static PgInstance Private() => new()
    {
        Name = "orders",
        Id = "id",
        Provider = PgProviderName.Ovh,
        Status = PgInstanceStatus.Ready,
        Region = "GRA",
        Detail = new Dictionary<string, object> { ["NetworkId"] = "net", ["SubnetId"] = "sub" },
    };

    private async Task<PgInstance> NewAsync() =>
        (await cloud.Provider.FindInstanceAsync((await cloud.SeedAsync(1))[0], _heard, CancellationToken.None))!;
}
