// SPDX-License-Identifier: MIT

using PgCloud.Contracts;
using PgCloud.Engine.Providers.Ovh.Api;
using PgCloud.Engine.Providers.Ovh.Configuration;
using PgCloud.Errors;
using Xunit;

namespace PgCloud.Engine.Tests.Ovh.Provider;

/// <summary>The advanced configuration: what is sent, and what becomes of it where calls go wrong.</summary>
public sealed class OvhConfigurationTests(EmulatedCloud cloud) : IClassFixture<EmulatedCloud>
{
    private readonly Heard _heard = new();

    private IInstanceConfiguration Configuration => cloud.Provider.Configuration;

    [Theory]
    [InlineData("500-done")]
    [InlineData("cut-body")]
    [InlineData("500")]
    public async Task What_is_set_is_set_although_an_answer_is_lost(string fault)
    {
        PgInstance instance = await NewAsync();
        await cloud.FailNextAsync(fault, "PUT", "*/advancedConfiguration");
        PgConfiguration set = Assert.Single(await SetAsync(instance, ("pg.deadlock_timeout", 2000)));
        Assert.Equal((PgChange.Updated, 2000L, null), (set.Change, set.Value, set.PreviousValue));
        Assert.Equal(["pg.deadlock_timeout=2000"], await PresentAsync(instance));
    }

    [Fact]
    public async Task Two_changes_follow_one_another_and_the_first_stays()
    {
        PgInstance instance = await NewAsync();
        await SetAsync(instance, ("pg.deadlock_timeout", 2000));
        await SetAsync(instance, ("pg.jit", false));
        Assert.Contains(_heard.Steps, s => s.Contains("Something is under way", StringComparison.Ordinal));
        Assert.Equal(["pg.deadlock_timeout=2000", "pg.jit=False"], await PresentAsync(instance));
    }

    [Fact]
    public async Task What_another_sets_between_comparing_and_writing_stays()
    {
        PgInstance instance = await NewAsync();
        IReadOnlyList<ConfigurationChange> ours = await Configuration.CompareAsync(
            instance, [new ConfigurationSetting("pg.jit", true)], _heard, CancellationToken.None);
        await SetAsync(instance, ("pg.deadlock_timeout", 3000));
        await Configuration.SetAsync(instance, ours, _heard, CancellationToken.None);
        Assert.Equal(["pg.deadlock_timeout=3000", "pg.jit=True"], await PresentAsync(instance));
    }

    [Fact]
    public async Task What_is_so_already_is_not_sent()
    {
        PgInstance instance = await NewAsync();
        await SetAsync(instance, ("pg.jit", true), ("pg.track_functions", "PL"));
        IReadOnlyList<PgConfiguration> again = [];
        int puts = await cloud.CallsAsync("PUT", async () => again = await SetAsync(instance, ("PG.JIT", "True"), ("pg.track_functions", "pl")));
        Assert.Equal(0, puts);
        Assert.All(again, c => Assert.Equal(PgChange.Unchanged, c.Change));
    }

    [Fact]
    public async Task A_wrong_name_and_a_wrong_value_are_told_apart()
    {
        PgInstance instance = await NewAsync();
        IReadOnlyList<ConfigurationChange> changes = await Configuration.CompareAsync(
            instance,
            [new("deadlock_timeout", 2000), new("pg.deadlock_timeout", 499), new("pg.deadlock_timeout", 500)],
            _heard,
            CancellationToken.None);
        Assert.Equal(
            ["PgCloud.Configuration.NameNotFound", "PgCloud.Configuration.ValueInvalid", null], changes.Select(c => c.Error?.ErrorId));
        Assert.Contains("pg.deadlock_timeout", changes[0].Error!.Message, StringComparison.Ordinal);
        Assert.Contains("500 to 1800000", changes[1].Error!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("boolean", true, "true")]
    [InlineData("boolean", "FALSE", "false")]
    [InlineData("long", 7, "7")]
    [InlineData("long", "7", "7")]
    [InlineData("long", 7.0, "7")]
    [InlineData("double", 0.5, "0.5")]
    [InlineData("double", 7, "7")]
    [InlineData("string", "b", "B")]
    [InlineData("duration", "7 days", "7 days")]
    public void A_value_that_is_allowed_is_written_as_the_api_does(string type, object value, string text) =>
        Assert.Equal(text, Parameter(type).Write(value));

    [Theory]
    [InlineData("boolean", 1)]
    [InlineData("long", 7.5)]
    [InlineData("long", true)]
    [InlineData("long", 11)]
    [InlineData("long", -1)]
    [InlineData("long", "")]
    [InlineData("double", 10.01)]
    [InlineData("double", double.NaN)]
    [InlineData("string", "C")]
    [InlineData("string", "")]
    public void A_value_that_is_not_allowed_is_refused(string type, object value) =>
        Assert.Equal("PgCloud.Configuration.ValueInvalid", Assert.Throws<PgCloudException>(() => Parameter(type).Write(value)).ErrorId);

    [Theory]
    [InlineData("deadlok_timeout", "pg.deadlock_timeout")]
    [InlineData("pg.timeout", "pg.deadlock_timeout pg.idle_timeout")]
    [InlineData("JIT", "pg.jit")]
    [InlineData("shared_buffers", "")]
    public void Near_names_are_those_somebody_may_have_meant(string name, string near) =>
        Assert.Equal(near, string.Join(' ', NearNames.Find(name, ["pg.deadlock_timeout", "pg.idle_timeout", "pg.jit", "pgbouncer.mode"])));

    private static OvhParameter Parameter(string type) => new()
    {
        Name = "p",
        Type = new OvhEnum<OvhParameterType>(type),
        Minimum = 0,
        Maximum = 10,
        Values = type == "string" ? ["A", "B"] : null,
    };

    private async Task<IReadOnlyList<PgConfiguration>> SetAsync(PgInstance instance, params (string Name, object Value)[] settings)
    {
        IReadOnlyList<ConfigurationChange> changes = await Configuration.CompareAsync(
            instance, [.. settings.Select(s => new ConfigurationSetting(s.Name, s.Value))], _heard, CancellationToken.None);
        Assert.All(changes, c => Assert.Null(c.Error));
        return await Configuration.SetAsync(instance, changes, _heard, CancellationToken.None);
    }

    private async Task<IEnumerable<string>> PresentAsync(PgInstance instance) =>
        (await Configuration.GetAsync(instance, _heard, CancellationToken.None)).Where(c => c.IsSet).Select(c => c.ToString());

    private async Task<PgInstance> NewAsync() =>
        (await cloud.Provider.FindInstanceAsync((await cloud.SeedAsync(1))[0], _heard, CancellationToken.None))!;
}
