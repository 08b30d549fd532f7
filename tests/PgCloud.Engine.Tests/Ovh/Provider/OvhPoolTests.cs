// SPDX-License-Identifier: MIT

using PgCloud.Contracts;
using PgCloud.Errors;
using Xunit;

namespace PgCloud.Engine.Tests.Ovh.Provider;

/// <summary>The connection pools of the API, which know a database later than the API shows it.</summary>
public sealed class OvhPoolTests(UnhurriedCloud cloud) : IClassFixture<UnhurriedCloud>
{
    private readonly Heard _heard = new();

    [Fact]
    public async Task One_is_made_right_after_its_database_though_the_api_refuses_it_at_first()
    {
        PgInstance instance = await cloud.NewInstanceAsync();
        await cloud.Provider.Databases.CreateAsync(instance, "shop", _heard, CancellationToken.None);
        int posts = await cloud.CallsAsync(
            async () =>
            {
                PgConnectionPool made = await CreateAsync(instance, new NewPoolRequest("web", "shop", PgPoolMode.Transaction, 7) { UserName = "avnadmin" });
                Assert.Equal(
                    ("web", "shop", "avnadmin", "Transaction", 7L, PgChange.Created),
                    (made.Name, made.Database, made.UserName, made.Mode, made.Size, made.Change));
            },
            "POST");
        Assert.True(posts > 1, $"{posts} calls: the quirk was not met");
        Assert.Single(await GetAsync(instance));
    }

    [Theory]
    [InlineData("500-done")]
    [InlineData("cut-body")]
    public async Task One_that_was_made_although_the_answer_says_otherwise_is_found_and_not_doubled(string fault)
    {
        PgInstance instance = await cloud.NewInstanceAsync();
        await cloud.FailNextAsync(fault, "POST", $"*/{instance.Id}/connectionPool");
        int posts = await cloud.CallsAsync(
            async () => Assert.Equal(PgChange.Created, (await CreateAsync(instance, ToDefault)).Change), "POST");
        Assert.Equal(1, posts);
        Assert.Single(await GetAsync(instance));
    }

    [Fact]
    public async Task One_that_was_not_made_is_an_error_and_is_not_asked_for_again()
    {
        PgInstance instance = await cloud.NewInstanceAsync();
        await cloud.FailNextAsync("500", "POST", $"*/{instance.Id}/connectionPool");
        int posts = await cloud.CallsAsync(
            () => Ovh.FailsAsync("PgCloud.Cloud.OutcomeUnknown", () => CreateAsync(instance, ToDefault)), "POST");
        Assert.Equal(1, posts);
    }

    [Fact]
    public async Task One_that_is_there_is_unchanged_or_differs()
    {
        PgInstance instance = await cloud.NewInstanceAsync();
        await CreateAsync(instance, ToDefault);
        Assert.Equal(PgChange.Unchanged, (await CreateAsync(instance, ToDefault)).Change);
        foreach (NewPoolRequest other in new[]
        {
            ToDefault with { Mode = PgPoolMode.Statement }, ToDefault with { Size = 6 }, ToDefault with { UserName = "avnadmin" },
        })
        {
            PgCloudException failure = await Ovh.FailsAsync("PgCloud.Pool.Differs", () => CreateAsync(instance, other));
            Assert.Contains("mode Session and size 5, leads to the database 'defaultdb' and is for all users", failure.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task One_that_another_client_makes_otherwise_at_the_same_time_differs()
    {
        PgInstance instance = await cloud.NewInstanceAsync();
        Task<PgConnectionPool>[] both =
        [
            cloud.NewProvider().ConnectionPools.CreateAsync(instance, ToDefault, _heard, CancellationToken.None),
            cloud.NewProvider().ConnectionPools.CreateAsync(instance, ToDefault with { Size = 6 }, _heard, CancellationToken.None),
        ];
        await Task.WhenAll(both).ContinueWith(_ => { }, TaskScheduler.Default);
        Assert.Equal(1, both.Count(t => t.IsCompletedSuccessfully));
        await Ovh.FailsAsync("PgCloud.Pool.Differs", () => both.Single(t => t.IsFaulted));
        Assert.Single(await GetAsync(instance));
    }

    [Fact]
    public async Task One_is_changed_after_a_change_that_is_under_way()
    {
        PgInstance instance = await cloud.NewInstanceAsync();
        await CreateAsync(instance, ToDefault);
        await cloud.WriteAddressesAsync(instance, "198.51.100.7/32");
        PgConnectionPool changed = await SetAsync(instance, new PoolChangeRequest { Size = 9, UserName = "avnadmin" });
        Assert.Equal((PgChange.Updated, 9L, "avnadmin"), (changed.Change, changed.Size, changed.UserName));
        PgConnectionPool opened = await SetAsync(instance, new PoolChangeRequest { AnyUser = true });
        Assert.Equal((PgChange.Updated, 9L, null), (opened.Change, opened.Size, opened.UserName));
        int puts = await cloud.CallsAsync(
            async () => Assert.Equal(PgChange.Unchanged, (await SetAsync(instance, new PoolChangeRequest { Size = 9, AnyUser = true })).Change), "PUT");
        Assert.Equal(0, puts);
    }

    [Fact]
    public async Task One_is_gone_when_it_is_reported_as_removed_and_can_be_made_again()
    {
        PgInstance instance = await cloud.NewInstanceAsync();
        await CreateAsync(instance, ToDefault);
        await cloud.FailNextAsync("cut-before", "DELETE", $"*/{instance.Id}/connectionPool/*");
        Assert.Equal(PgChange.Removed, (await RemoveAsync(instance)).Change);
        Assert.Empty(await GetAsync(instance));
        await Ovh.FailsAsync("PgCloud.Pool.NotFound", () => RemoveAsync(instance));
        Assert.Equal(PgChange.Created, (await CreateAsync(instance, ToDefault with { Size = 6 })).Change);
    }

    [Fact]
    public async Task Databases_and_users_that_are_not_there_are_told_with_those_that_are_and_nothing_is_sent()
    {
        PgInstance instance = await cloud.NewInstanceAsync();
        int posts = await cloud.CallsAsync(
            async () =>
            {
                PgCloudException database = await Ovh.FailsAsync(
                    "PgCloud.Database.NotFound", () => CreateAsync(instance, ToDefault with { Database = "Defaultdb" }));
                Assert.Contains("There is: defaultdb.", database.Message, StringComparison.Ordinal);
                PgCloudException user = await Ovh.FailsAsync("PgCloud.User.NotFound", () => CreateAsync(instance, ToDefault with { UserName = "app" }));
                Assert.Contains("There is: avnadmin.", user.Message, StringComparison.Ordinal);
            },
            "POST");
        Assert.Equal(0, posts);
    }

    [Fact]
    public async Task A_database_with_a_pool_stays()
    {
        PgInstance instance = await cloud.NewInstanceAsync();
        await cloud.Provider.Databases.CreateAsync(instance, "shop", _heard, CancellationToken.None);
        await CreateAsync(instance, ToDefault with { Database = "shop" });
        PgCloudException failure = await Ovh.FailsAsync(
            "PgCloud.Database.InUse", () => cloud.Provider.Databases.RemoveAsync(instance, "shop", _heard, CancellationToken.None));
        Assert.Contains("'web'", failure.Message, StringComparison.Ordinal);
    }

    private static NewPoolRequest ToDefault { get; } = new("web", "defaultdb", PgPoolMode.Session, 5);

    private Task<IReadOnlyList<PgConnectionPool>> GetAsync(PgInstance instance) =>
        cloud.Provider.ConnectionPools.GetAsync(instance, _heard, CancellationToken.None);

    private Task<PgConnectionPool> CreateAsync(PgInstance instance, NewPoolRequest request) =>
        cloud.Provider.ConnectionPools.CreateAsync(instance, request, _heard, CancellationToken.None);

    private Task<PgConnectionPool> SetAsync(PgInstance instance, PoolChangeRequest request) =>
        cloud.Provider.ConnectionPools.SetAsync(instance, "web", request, _heard, CancellationToken.None);

    private Task<PgConnectionPool> RemoveAsync(PgInstance instance) =>
        cloud.Provider.ConnectionPools.RemoveAsync(instance, "web", _heard, CancellationToken.None);
}
