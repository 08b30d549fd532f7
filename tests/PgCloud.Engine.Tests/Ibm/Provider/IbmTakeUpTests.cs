// SPDX-License-Identifier: MIT

using PgCloud.Contracts;
using Xunit;

namespace PgCloud.Engine.Tests.Ibm.Provider;

/// <summary>A creation that another process began and did not see the end of.</summary>
public sealed class IbmTakeUpTests(EmulatedIbm cloud) : IClassFixture<EmulatedIbm>
{
    private readonly Heard _heard = new();

    [Fact]
    public async Task An_instance_that_is_being_made_is_taken_up_and_what_was_left_is_done()
    {
        string id = await cloud.SeedAsync("begun", "provisioning");
        PgInstance? made = null;
        int orders = await cloud.CallsAsync(
            async () => made = await cloud.NewProvider().CreateInstanceAsync(
                new NewInstanceRequest("begun") { AuthorisedIps = [new AuthorisedIpRequest("203.0.113.7/32", null, null)] }, _heard, CancellationToken.None),
            "POST",
            "/v2/resource_instances");
        Assert.Equal((0, id, PgChange.Unchanged), (orders, made!.Id, made.Change));
        Assert.Equal("203.0.113.7/32", Assert.Single(await cloud.Provider.GetAuthorisedIpsAsync(made, _heard, CancellationToken.None)).ToString());
    }

    [Theory]
    [InlineData("active", null)]
    [InlineData("failed", null)]
    [InlineData("provisioning", "16")]
    public async Task Any_other_of_that_name_is_an_error(string state, string? version)
    {
        string name = $"taken-{state}-{version}";
        await cloud.SeedAsync(name, state);
        await Failure.ExpectAsync("PgCloud.Instance.Exists", () => cloud.Provider.CreateInstanceAsync(
            new NewInstanceRequest(name) { Version = version }, _heard, CancellationToken.None));
    }
}
