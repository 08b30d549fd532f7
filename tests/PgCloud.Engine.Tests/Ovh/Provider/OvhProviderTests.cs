// SPDX-License-Identifier: MIT

using PgCloud.Contracts;
using PgCloud.Engine.Providers.Ovh;
using PgCloud.Engine.Sql;
using PgCloud.Errors;
using Xunit;

namespace PgCloud.Engine.Tests.Ovh.Provider;

/// <summary>The provider against the emulator: what goes wrong on the wire, and what others do at the same time.</summary>
public sealed class OvhProviderTests(EmulatedCloud cloud) : IClassFixture<EmulatedCloud>
{
    // Where several write at once, none of them may be held up for longer than that.
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(3);

    private readonly Heard _heard = new();

    [Fact]
    public async Task Sixteen_writers_that_add_five_addresses_each_end_with_eighty()
    {
        PgInstance instance = await FindAsync((await cloud.SeedAsync(1))[0]);
        await Task.WhenAll(Enumerable.Range(0, 16).Select(writer => Task.Run(async () =>
        {
            OvhProvider provider = cloud.NewProvider(Settle);
            AuthorisedIpRequest[] ranges = [.. Enumerable.Range(1, 5).Select(n => new AuthorisedIpRequest($"10.0.{writer}.{n}/32", $"writer {writer}", null))];
            IReadOnlyList<PgAuthorisedIp> added = await provider.AddAuthorisedIpsAsync(instance, ranges, _heard, CancellationToken.None);
            Assert.All(added, a => Assert.Equal(PgChange.Created, a.Change));
        })));
        IReadOnlyList<PgAuthorisedIp> all = await cloud.Provider.GetAuthorisedIpsAsync(instance, _heard, CancellationToken.None);
        Assert.Equal(80, all.Select(a => a.Cidr).Distinct().Count());
    }

    [Fact]
    public async Task A_change_that_another_writer_undoes_is_made_again_and_said()
    {
        PgInstance instance = await FindAsync((await cloud.SeedAsync(1))[0]);
        Task<IReadOnlyList<PgAuthorisedIp>> ours = cloud.NewProvider(Settle).AddAuthorisedIpsAsync(
            instance, [new AuthorisedIpRequest("203.0.113.7/32", "ours", null)], _heard, CancellationToken.None);
        while ((await cloud.Provider.GetAuthorisedIpsAsync(instance, _heard, CancellationToken.None)).Count == 0)
        {
            await Task.Delay(10);
        }

        await OverwriteAsync(instance, "198.51.100.1/32");
        await ours;
        IReadOnlyList<PgAuthorisedIp> all = await cloud.Provider.GetAuthorisedIpsAsync(instance, _heard, CancellationToken.None);
        Assert.Equal(["198.51.100.1/32", "203.0.113.7/32"], all.Select(a => a.Cidr).Order());
        Assert.Contains(_heard.Steps, s => s.Contains("undid this one", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Five_hundred_instances_are_listed_in_one_call()
    {
        await cloud.SeedAsync(500);
        IReadOnlyList<PgInstance> all = [];
        Assert.Equal(1, await cloud.CallsAsync(async () => all = await cloud.Provider.GetInstancesAsync(_heard, CancellationToken.None)));
        Assert.True(all.Count >= 501);
    }

    [Theory]
    [InlineData("500-done")]
    [InlineData("cut-body")]
    public async Task A_user_that_was_made_although_the_answer_says_otherwise_gets_a_password_that_works(string fault)
    {
        string name = "made_" + fault.Replace('-', '_');
        await cloud.FailNextAsync(fault, "POST", "*/user");
        UserWithPassword made = await cloud.Provider.CreateUserAsync(
            cloud.Orders, new NewUserRequest(name, PgCloudUserKind.Writer, null), _heard, CancellationToken.None);
        Assert.Equal(PgChange.Created, made.User.Change);
        Assert.Single(await cloud.Provider.GetUsersAsync(cloud.Orders, _heard, CancellationToken.None), u => u.Name == name);
        PgInstance instance = made.User.Instance!;
        var target = new SqlTarget(
            instance.HostName, instance.Port, instance.Database, name, made.Password, PgTlsMode.VerifyFull, instance.CaCertificate, instance.Name);
        await using ISqlSession session = await NpgsqlSqlSession.OpenAsync(target, _heard, CancellationToken.None);
        Assert.Contains(_heard.Steps, s => s.Contains("gets another password", StringComparison.Ordinal));
        Assert.DoesNotContain(_heard.Steps, s => s.Contains(new System.Net.NetworkCredential(string.Empty, made.Password).Password, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_user_that_was_made_and_gets_no_password_is_told_with_the_way_to_one()
    {
        await cloud.FailNextAsync("500-done", "POST", "*/user");
        await cloud.FailNextAsync("500", "POST", "*/credentials/reset", count: 100);
        PgCloudException failure = await Failure.ExpectAsync("PgCloud.User.RightsIncomplete", () => cloud.Provider.CreateUserAsync(
            cloud.Orders, new NewUserRequest("half_made", PgCloudUserKind.Writer, null), _heard, CancellationToken.None));
        await cloud.FailNoMoreAsync();
        Assert.Equal("half_made", failure.Target);
        Assert.Contains("Reset-PgUserPassword", failure.RecommendedAction, StringComparison.Ordinal);
        Assert.Single(await cloud.Provider.GetUsersAsync(cloud.Orders, _heard, CancellationToken.None), u => u.Name == "half_made");
    }

    [Fact]
    public async Task A_user_that_does_not_show_after_a_lost_answer_is_named_with_the_way_to_find_out()
    {
        await cloud.FailNextAsync("500", "POST", "*/user");
        PgCloudException failure = await Failure.ExpectAsync("PgCloud.Cloud.OutcomeUnknown", () => cloud.Provider.CreateUserAsync(
            cloud.Orders, new NewUserRequest("never_made", PgCloudUserKind.Writer, null), _heard, CancellationToken.None));
        Assert.Equal("never_made", failure.Target);
        Assert.Contains("The user 'never_made' of 'orders'", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Get-PgCloudUser -Instance 'orders' -Name 'never_made'", failure.RecommendedAction, StringComparison.Ordinal);
        Assert.Contains("Reset-PgUserPassword -Instance 'orders' -Name 'never_made'", failure.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_user_that_two_make_at_once_has_the_password_of_the_one_who_made_it()
    {
        var request = new NewUserRequest("made_by_two", PgCloudUserKind.Writer, null) { ResetAdmin = true };
        OvhProvider provider = cloud.NewProvider();
        await provider.CreateUserAsync(cloud.Orders, request with { Name = "made_before" }, _heard, CancellationToken.None);
        await cloud.FailNextAsync("delay=1000", "POST", "*/user");
        await cloud.FailNextAsync("delay=1000", "POST", "*/user");
        UserWithPassword[] both = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => provider.CreateUserAsync(
            cloud.Orders, request with { ResetAdmin = false }, _heard, CancellationToken.None)));
        UserWithPassword made = Assert.Single(both, b => b.User.Change == PgChange.Created);
        Assert.Null(Assert.Single(both, b => b != made).Password);
        PgInstance instance = made.User.Instance!;
        var target = new SqlTarget(
            instance.HostName, instance.Port, instance.Database, "made_by_two", made.Password, PgTlsMode.VerifyFull, instance.CaCertificate, instance.Name);
        await using ISqlSession session = await NpgsqlSqlSession.OpenAsync(target, _heard, CancellationToken.None);
    }

    [Fact]
    public async Task An_order_whose_answer_is_lost_makes_one_instance()
    {
        await cloud.FailNextAsync("cut-body", "POST", "*/postgresql");
        PgInstance made = await cloud.Provider.CreateInstanceAsync(
            new NewInstanceRequest("lost") { Region = "GRA" }, _heard, CancellationToken.None);
        Assert.Single(await cloud.Provider.GetInstancesAsync(_heard, CancellationToken.None), i => i.Name == "lost");
        await cloud.Provider.RemoveInstanceAsync(await cloud.ReadyAsync(made), _heard, CancellationToken.None);
    }

    [Fact]
    public async Task An_order_that_fails_before_it_is_made_says_that_its_outcome_is_unknown()
    {
        await cloud.FailNextAsync("500", "POST", "*/postgresql");
        await Ovh.FailsAsync("PgCloud.Cloud.OutcomeUnknown", () => cloud.Provider.CreateInstanceAsync(
            new NewInstanceRequest("never") { Region = "GRA" }, _heard, CancellationToken.None));
    }

    [Fact]
    public async Task Changes_that_the_api_takes_one_at_a_time_follow_one_another()
    {
        PgInstance instance = await FindAsync((await cloud.SeedAsync(1, "grows"))[0]);
        PgInstance changed = await cloud.Provider.SetInstanceAsync(
            instance,
            new InstanceChangeRequest { Flavor = "db1-7", Plan = "business", NewName = "grown", DiskSizeGB = 200 },
            _heard,
            CancellationToken.None);
        Assert.Equal(PgChange.Updated, changed.Change);
        Assert.Equal(("grown", "db1-7", "business", 200), (changed.Name, changed.Flavor, changed.Plan, changed.DiskSizeGB));
        await cloud.ReadyAsync(changed);
        PgInstance again = await cloud.Provider.SetInstanceAsync(
            changed, new InstanceChangeRequest { Flavor = "db1-7", Plan = "business", NewName = "grown" }, _heard, CancellationToken.None);
        Assert.Equal(PgChange.Unchanged, again.Change);
    }

    [Fact]
    public async Task The_plan_comes_first_as_nodes_and_flavor_must_fit_it()
    {
        PgInstance instance = await FindAsync((await cloud.SeedAsync(1, "climbs"))[0]);
        PgInstance changed = await cloud.Provider.SetInstanceAsync(
            instance,
            new InstanceChangeRequest { Plan = "business", NodeCount = 2, Flavor = "db1-60", Version = "18", DiskSizeGB = 2000 },
            _heard,
            CancellationToken.None);
        changed = await cloud.ReadyAsync(changed);
        Assert.Equal(
            ("business", 2, "db1-60", "18", 2000), (changed.Plan, changed.NodeCount, changed.Flavor, changed.Version, changed.DiskSizeGB));
    }

    [Fact]
    public async Task Users_made_at_once_share_one_admin()
    {
        OvhProvider provider = cloud.NewProvider();
        string[] names = ["first_of_all", "second_of_all", "third_of_all"];
        UserWithPassword[] made = await Task.WhenAll(names.Select(n => provider.CreateUserAsync(
            cloud.Orders, new NewUserRequest(n, PgCloudUserKind.Writer, null) { ResetAdmin = true }, _heard, CancellationToken.None)));
        Assert.All(made, m => Assert.NotNull(m.Password));
        Assert.Single(_heard.Steps, s => s.StartsWith("Set a new password for avnadmin", StringComparison.Ordinal));
    }

    private async Task<PgInstance> FindAsync(string id) => (await cloud.Provider.FindInstanceAsync(id, _heard, CancellationToken.None))!;

    // What a writer does that read the list before ours was written: it knows nothing of it.
    private async Task OverwriteAsync(PgInstance instance, string range)
    {
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                await cloud.WriteAddressesAsync(instance, range);
                return;
            }
            catch (PgCloudException exception) when (exception.ErrorId == "PgCloud.Instance.NotReady" && attempt < 100)
            {
                await Task.Delay(10);
            }
        }
    }
}
