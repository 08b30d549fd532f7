// SPDX-License-Identifier: MIT

using PgCloud.Errors;
using Xunit;

namespace PgCloud.Engine.Tests.Ovh.Provider;

/// <summary>The databases of the API: they come and go with a delay, and answers are lost.</summary>
public sealed class OvhDatabaseTests(UnhurriedCloud cloud) : IClassFixture<UnhurriedCloud>
{
    private readonly Heard _heard = new();

    [Fact]
    public async Task One_is_there_when_it_is_reported_as_made_and_gone_when_removed()
    {
        PgInstance instance = await cloud.NewInstanceAsync();
        PgCloudDatabase made = await CreateAsync(instance, "Shop 'n' \"more\"");
        Assert.Equal((PgChange.Created, false), (made.Change, made.IsDefault));
        Assert.Equal(["Shop 'n' \"more\"", "defaultdb"], await NamesAsync(instance));
        Assert.Equal(made.Id, (await CreateAsync(instance, made.Name)).Id);
        Assert.Equal(0, await cloud.CallsAsync(async () => Assert.Equal(PgChange.Unchanged, (await CreateAsync(instance, made.Name)).Change), "POST"));

        Assert.Equal(PgChange.Removed, (await RemoveAsync(instance, made.Name)).Change);
        Assert.Equal(["defaultdb"], await NamesAsync(instance));
        PgCloudException failure = await Ovh.FailsAsync("PgCloud.Database.NotFound", () => RemoveAsync(instance, made.Name));
        Assert.Contains("There is: defaultdb.", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("500-done")]
    [InlineData("cut-body")]
    [InlineData("broken-json")]
    public async Task One_that_was_made_although_the_answer_says_otherwise_is_found_and_not_doubled(string fault)
    {
        PgInstance instance = await cloud.NewInstanceAsync();
        await cloud.FailNextAsync(fault, "POST", $"*/{instance.Id}/database");
        int posts = await cloud.CallsAsync(
            async () => Assert.Equal(PgChange.Created, (await CreateAsync(instance, "shop")).Change), "POST");
        Assert.Equal(1, posts);
        Assert.Equal(["defaultdb", "shop"], await NamesAsync(instance));
    }

    [Fact]
    public async Task One_that_was_not_made_is_an_error_and_is_not_asked_for_again()
    {
        PgInstance instance = await cloud.NewInstanceAsync();
        await cloud.FailNextAsync("500", "POST", $"*/{instance.Id}/database");
        int posts = await cloud.CallsAsync("POST", async () => Assert.Equal(
            "shop", (await Failure.ExpectAsync("PgCloud.Cloud.OutcomeUnknown", () => CreateAsync(instance, "shop"))).Target));
        Assert.Equal(1, posts);
        Assert.Equal(["defaultdb"], await NamesAsync(instance));
    }

    [Fact]
    public async Task One_that_another_client_makes_at_the_same_time_is_one()
    {
        PgInstance instance = await cloud.NewInstanceAsync();
        PgCloudDatabase[] made = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => cloud.NewProvider().Databases.CreateAsync(instance, "shop", _heard, CancellationToken.None)));
        Assert.Single(made.Select(d => d.Id).Distinct());
        Assert.Single(made, d => d.Change == PgChange.Created);
        Assert.Equal(3, made.Count(d => d.Change == PgChange.Unchanged));
    }

    [Fact]
    public async Task One_is_made_after_a_change_that_is_under_way()
    {
        PgInstance instance = await cloud.NewInstanceAsync();
        await cloud.WriteAddressesAsync(instance, "198.51.100.7/32");
        PgInstance busy = (await cloud.Provider.FindInstanceAsync(instance.Id, _heard, CancellationToken.None))!;
        Assert.Equal(PgInstanceStatus.Updating, busy.Status);
        Assert.Equal(PgChange.Created, (await CreateAsync(busy, "shop")).Change);
        Assert.Equal(PgChange.Removed, (await RemoveAsync(busy, "shop")).Change);
    }

    [Theory]
    [InlineData("ERROR", "PgCloud.Instance.NotReady")]
    [InlineData("LOCKED", "PgCloud.Instance.")]
    public async Task An_instance_that_will_not_be_ready_is_an_error_at_once(string status, string id)
    {
        PgInstance instance = await cloud.NewInstanceAsync();
        await cloud.SetStatusAsync(instance, status);
        PgCloudException failure = await Assert.ThrowsAsync<PgCloudException>(() => CreateAsync(instance, "shop"));
        Assert.StartsWith(id, failure.ErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_removal_whose_answer_is_lost_is_a_removal()
    {
        PgInstance instance = await cloud.NewInstanceAsync();
        await CreateAsync(instance, "shop");
        await cloud.FailNextAsync("500-done", "DELETE", $"*/{instance.Id}/database/*");
        Assert.Equal(PgChange.Removed, (await RemoveAsync(instance, "shop")).Change);
        Assert.Equal(["defaultdb"], await NamesAsync(instance));
    }

    [Fact]
    public async Task The_default_one_stays_and_the_api_is_not_even_asked()
    {
        PgInstance instance = await cloud.NewInstanceAsync();
        int deletes = await cloud.CallsAsync(
            () => Ovh.FailsAsync("PgCloud.Database.Protected", () => RemoveAsync(instance, "defaultdb")), "DELETE");
        Assert.Equal(0, deletes);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\0b")]
    [InlineData("ÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄ")]
    public async Task A_name_that_PostgreSQL_would_not_keep_is_refused_before_any_call(string name)
    {
        PgInstance instance = await cloud.NewInstanceAsync();
        Assert.Equal(0, await cloud.CallsAsync(() => Ovh.FailsAsync("PgCloud.Database.NameInvalid", () => CreateAsync(instance, name))));
    }

    private Task<PgCloudDatabase> CreateAsync(PgInstance instance, string name) =>
        cloud.Provider.Databases.CreateAsync(instance, name, _heard, CancellationToken.None);

    private Task<PgCloudDatabase> RemoveAsync(PgInstance instance, string name) =>
        cloud.Provider.Databases.RemoveAsync(instance, name, _heard, CancellationToken.None);

    private async Task<string[]> NamesAsync(PgInstance instance) =>
        [.. (await cloud.Provider.Databases.GetAsync(instance, _heard, CancellationToken.None)).Select(d => d.Name)];
}
