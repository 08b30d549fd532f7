// SPDX-License-Identifier: MIT

using PgCloud.Contracts;
using Xunit;

namespace PgCloud.Engine.Tests.Ovh.Provider;

/// <summary>Integrations against the emulator: lost answers, and an instance that is busy.</summary>
public sealed class OvhIntegrationTests(EmulatedCloud cloud) : IClassFixture<EmulatedCloud>
{
    private readonly Heard _heard = new();

    private IIntegrations Integrations => cloud.Provider.Integrations;

    [Theory]
    [InlineData("500-done")]
    [InlineData("cut-body")]
    public async Task One_that_was_made_although_the_answer_says_otherwise_is_made_once(string fault)
    {
        PgInstance instance = await NewAsync();
        string logs = (await cloud.SeedAsync(1))[0];
        await cloud.FailNextAsync(fault, "POST", "*/integration");
        PgIntegration made = await CreateAsync(instance, logs);
        Assert.Equal((PgChange.Created, PgInstanceStatus.Ready), (made.Change, made.Status));
        Assert.Equal(made.Id, Assert.Single(await Integrations.GetAsync(instance, _heard, default)).Id);
        Assert.Contains(_heard.Steps, s => s.Contains("the integration opensearchLogs is there", StringComparison.Ordinal));
        Assert.Equal(PgChange.Unchanged, (await CreateAsync(instance, logs)).Change);
    }

    [Fact]
    public async Task One_that_was_not_made_is_said_to_be_unknown()
    {
        PgInstance instance = await NewAsync();
        string logs = (await cloud.SeedAsync(1))[0];
        await cloud.FailNextAsync("500", "POST", "*/integration");
        await Ovh.FailsAsync("PgCloud.Cloud.OutcomeUnknown", () => CreateAsync(instance, logs));
        Assert.Empty(await Integrations.GetAsync(instance, _heard, default));
    }

    [Fact]
    public async Task An_instance_that_changes_is_waited_for_and_a_locked_one_is_not()
    {
        PgInstance instance = await NewAsync();
        string logs = (await cloud.SeedAsync(1))[0];
        await cloud.Provider.SetInstanceAsync(instance, new InstanceChangeRequest { Flavor = "db1-7" }, _heard, default);
        PgIntegration made = await CreateAsync(instance, logs);
        Assert.Equal(PgChange.Created, made.Change);
        Assert.Contains(_heard.Steps, s => s.Contains("Something is under way", StringComparison.Ordinal));
        await cloud.SetStatusAsync(instance, "LOCKED");
        await Ovh.FailsAsync("PgCloud.Instance.Locked", () => Integrations.RemoveAsync(instance, made.Id, _heard, default));
        await cloud.SetStatusAsync(instance, "READY");
        Assert.Equal(PgChange.Removed, (await Integrations.RemoveAsync(instance, made.Id, _heard, default)).Change);
        Assert.Equal(PgChange.Unchanged, (await Integrations.RemoveAsync(instance, made.Id, _heard, default)).Change);
    }

    private Task<PgIntegration> CreateAsync(PgInstance instance, string destination) => Integrations.CreateAsync(
        instance, new NewIntegrationRequest("opensearchLogs", null, destination, null), _heard, CancellationToken.None);

    private async Task<PgInstance> NewAsync() =>
        (await cloud.Provider.FindInstanceAsync((await cloud.SeedAsync(1, Guid.NewGuid().ToString("N")))[0], _heard, CancellationToken.None))!;
}
