// SPDX-License-Identifier: MIT

using System.Text.Json.Nodes;
using Npgsql;
using Xunit;

namespace PgCloud.Emulator.Tests.Ibm;

/// <summary>What is deleted can be restored or reclaimed.</summary>
[Collection(EmulatorTests.Name)]
public sealed class ReclamationTests(EmulatorFixture emulator) : IDisposable
{
    private readonly IbmClient _api = new(emulator.Start);

    public void Dispose() => _api.Dispose();

    [Fact]
    public async Task It_appears_some_time_after_the_deletion()
    {
        // Twenty seconds are two here.
        await using EmulatorHost slow = await EmulatorHost.StartAsync(new EmulatorOptions { Speed = 10 });
        using var api = new IbmClient(slow.StartLine);
        string guid = await api.SeedAsync();
        Assert.Equal(204, (await api.DeleteAsync($"{api.Instances}/{guid}")).Status);
        Assert.Empty((await api.GetAsync(api.Reclamations)).Ok["resources"]!.AsArray());
        await api.WaitAsync($"{api.Reclamations}?resource_instance_id={guid}", a => a.Json!["resources"]!.AsArray().Count == 1);
    }

    [Fact]
    public async Task A_restored_instance_has_its_data()
    {
        string guid = await _api.CreateActiveAsync();
        string url = $"{_api.Instances}/{guid}";
        JsonNode key = await _api.CreateKeyAsync(guid);
        await using (NpgsqlConnection connection = await IbmClient.ConnectAsync(key))
        {
            await IbmClient.ScalarAsync<object>(connection, "CREATE TABLE kept AS SELECT 7 AS n; SELECT 1");
        }

        Assert.Equal(204, (await _api.DeleteAsync(url + "?recursive=true")).Status);
        JsonNode deleted = (await _api.GetAsync(url)).Ok;
        Assert.Equal(("pending_reclamation", null), ((string?)deleted["state"], deleted["extensions"]));
        Assert.NotNull(deleted["scheduled_reclaim_at"]);
        Answer again = await _api.DeleteAsync(url);
        Assert.Equal(
            (400, "Instance is pending reclamation. Please restore the instance and retry.", false),
            (again.Status, (string?)again.Json!["message"], again.Json.AsObject().ContainsKey("error_code")));
        Assert.Equal(400, (await _api.PatchAsync(url, new { name = "x" })).Status);

        JsonNode reclamation = await FindAsync(guid);
        Assert.Equal(
            [
                "id", "entity_id", "entity_type_id", "entity_crn", "resource_instance_id", "resource_group_id", "account_id", "policy_id", "state", "target_time",
                "custom_properties", "created_at", "created_by", "updated_at", "updated_by",
            ],
            reclamation.AsObject().Select(p => p.Key));
        Assert.Equal(("SCHEDULED", guid), ((string?)reclamation["state"], (string?)reclamation["resource_instance_id"]));
        Assert.NotEqual(guid, (string?)reclamation["id"]);

        string action = $"{_api.Reclamations}/{reclamation["id"]}/actions/";
        Assert.Equal(400, (await _api.PostAsync(action + "forget")).Status);
        Answer restoring = await _api.PostAsync(action + "restore", new { request_by = "bar", comment = "please" });
        Assert.Equal(("RESTORING", "bar"), ((string?)restoring.Ok["state"], (string?)restoring.Json!["updated_by"]));
        JsonNode restored = (await _api.WaitStateAsync(guid, "active")).Ok;
        Assert.Equal(("reclamation", "bar", null), ((string?)restored["last_operation"]!["type"], (string?)restored["restored_by"], restored["deleted_at"]));
        await Assert.ThrowsAsync<PostgresException>(() => IbmClient.ConnectAsync(key));
        await using (NpgsqlConnection connection = await IbmClient.ConnectAsync(await _api.CreateKeyAsync(guid)))
        {
            Assert.Equal(7, await IbmClient.ScalarAsync<int>(connection, "SELECT n FROM kept"));
        }

        await _api.DeleteAsync(url + "?recursive=true");
    }

    [Fact]
    public async Task A_reclaimed_instance_is_gone()
    {
        string guid = await _api.SeedAsync();
        await _api.DeleteAsync($"{_api.Instances}/{guid}");
        JsonNode reclamation = await FindAsync(guid);
        Assert.Equal("RECLAIMING", (string?)(await _api.PostAsync($"{_api.Reclamations}/{reclamation["id"]}/actions/reclaim")).Ok["state"]);
        await _api.WaitStateAsync(guid, "removed");
        Assert.Equal(410, (await _api.DeleteAsync($"{_api.Instances}/{guid}")).Status);
        Assert.Empty((await _api.GetAsync($"{_api.Reclamations}?resource_instance_id={guid}")).Ok["resources"]!.AsArray());
        Assert.Equal(404, (await _api.PostAsync($"{_api.Reclamations}/{reclamation["id"]}/actions/restore")).Status);
    }

    private async Task<JsonNode> FindAsync(string guid) => (await _api.WaitAsync(
        $"{_api.Reclamations}?resource_instance_id={guid}&account_id={emulator.Start.IbmAccountId}&resource_group_id={emulator.Start.IbmResourceGroup}",
        a => a.Json!["resources"]!.AsArray().Count == 1)).Ok["resources"]![0]!;
}
