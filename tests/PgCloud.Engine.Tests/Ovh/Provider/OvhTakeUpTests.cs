// SPDX-License-Identifier: MIT

using PgCloud.Contracts;
using Xunit;

namespace PgCloud.Engine.Tests.Ovh.Provider;

/// <summary>A creation that another process began and did not see the end of.</summary>
public sealed class OvhTakeUpTests(UnhurriedCloud cloud) : IClassFixture<UnhurriedCloud>
{
    private readonly Heard _heard = new();

    [Fact]
    public async Task An_instance_that_is_being_made_and_is_as_asked_is_taken_up()
    {
        string id = await cloud.SeedAsync("begun", "CREATING");
        PgInstance seen = (await cloud.Provider.FindInstanceAsync(id, _heard, CancellationToken.None))!;
        PgInstance? made = null;
        int orders = await cloud.CallsAsync("POST", async () => made = await cloud.NewProvider().CreateInstanceAsync(
            new NewInstanceRequest("begun") { Region = seen.Region, Plan = seen.Plan, Flavor = seen.Flavor, Version = seen.Version }, _heard, CancellationToken.None));
        Assert.Equal((0, id, PgChange.Unchanged), (orders, made!.Id, made.Change));
        Assert.Contains(_heard.Steps, s => s.Contains("it is taken up", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("READY", null, 0, false)]
    [InlineData("ERROR", null, 0, false)]
    [InlineData("CREATING", "business-of-another-kind", 0, false)]
    [InlineData("CREATING", null, 1, false)]
    [InlineData("CREATING", null, 0, true)]
    public async Task Any_other_of_that_name_is_an_error(string status, string? plan, int addresses, bool isRestore)
    {
        string name = $"taken-{status}-{plan}-{addresses}-{isRestore}";
        string id = await cloud.SeedAsync(name, status);
        PgInstance seen = (await cloud.Provider.FindInstanceAsync(id, _heard, CancellationToken.None))!;
        var request = new NewInstanceRequest(name)
        {
            Plan = plan,
            AuthorisedIps = [.. Enumerable.Range(1, addresses).Select(n => new AuthorisedIpRequest($"203.0.113.{n}/32", null, null))],
            FromInstance = isRestore ? seen : null,
        };
        await Failure.ExpectAsync("PgCloud.Instance.Exists", () => cloud.Provider.CreateInstanceAsync(request, _heard, CancellationToken.None));
    }

    [Theory]
    [InlineData("500-done")]
    [InlineData("cut-body")]
    [InlineData("empty")]
    public async Task A_removal_whose_answer_is_lost_and_that_is_under_way_when_it_is_repeated_is_a_removal(string fault)
    {
        PgInstance instance = await cloud.NewInstanceAsync();
        await cloud.FailNextAsync(fault, "DELETE", "*/postgresql/*");
        int removals = await cloud.CallsAsync("DELETE", () => cloud.Provider.RemoveInstanceAsync(instance, _heard, CancellationToken.None));
        Assert.Equal(fault == "empty" ? 1 : 2, removals);
        Assert.True(await cloud.Provider.FindInstanceAsync(instance.Id, _heard, CancellationToken.None) is null or { Status: PgInstanceStatus.Removing });
    }

    [Fact]
    public async Task Two_of_that_name_are_an_error()
    {
        await cloud.SeedAsync("twice", "CREATING");
        await cloud.SeedAsync("twice", "CREATING");
        await Failure.ExpectAsync("PgCloud.Instance.Exists", () => cloud.Provider.CreateInstanceAsync(
            new NewInstanceRequest("twice"), _heard, CancellationToken.None));
    }
}
