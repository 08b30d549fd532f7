// SPDX-License-Identifier: MIT

using System.Text.Json.Nodes;
using Npgsql;
using Xunit;

namespace PgCloud.Emulator.Tests.Ibm;

/// <summary>Backups: instances of a service of their own, and those that only the console makes.</summary>
[Collection(EmulatorTests.Name)]
public sealed class BackupTests(EmulatorFixture emulator) : IDisposable
{
    private const string Plan = "databases-independent-backups-gen2-standard";

    private readonly IbmClient _api = new(emulator.Start);

    public void Dispose() => _api.Dispose();

    [Fact]
    public async Task A_backup_has_the_data_of_its_time()
    {
        string source = await _api.CreateActiveAsync();
        string crn = (string)(await _api.GetAsync($"{_api.Instances}/{source}")).Ok["crn"]!;
        JsonNode key = await _api.CreateKeyAsync(source);
        await using (NpgsqlConnection connection = await IbmClient.ConnectAsync(key))
        {
            await IbmClient.ScalarAsync<object>(connection, "CREATE TABLE kept AS SELECT 1 AS n; SELECT 1");
            string coupled = (string)(await _api.ControlAsync(HttpMethod.Post, $"/instances/{source}/backups", new { })).Ok["crn"]!;
            Assert.StartsWith(crn[..^1] + "backup:", coupled, StringComparison.Ordinal);
            await IbmClient.ScalarAsync<object>(connection, "INSERT INTO kept VALUES (2); SELECT 1");
            Assert.Equal(1L, await RestoredRowsAsync(new { dataservices = new { restore_backup_id = coupled } }));
        }

        Answer made = await _api.CreateAsync(new { dataservices = new { source_dataservice_crn = crn } }, Plan);
        Assert.True(made.Status == 201, made.Text);
        JsonNode backup = (await _api.WaitStateAsync((string)made.Json!["guid"]!, "active")).Ok;
        Assert.Equal("databases-independent-backups", (string?)backup["resource_id"]);
        JsonNode its = backup["extensions"]!["dataservices"]!["backup"]!;
        Assert.Equal(["can_be_deleted_after", "size_gb", "source_data_service_crn", "type", "version"], its.AsObject().Select(p => p.Key));
        Assert.Equal((crn, "on_demand"), ((string?)its["source_data_service_crn"], (string?)its["type"]));
        Assert.Contains((string)backup["guid"]!, (await _api.GetAsync($"{_api.Instances}?resource_id=databases-independent-backups")).Text, StringComparison.Ordinal);

        // It outlives its source.
        await _api.DeleteAsync($"{_api.Instances}/{source}?recursive=true");
        Assert.Equal(2L, await RestoredRowsAsync(new { restore_backup_id = (string?)backup["crn"] }));
    }

    [Fact]
    public async Task A_backup_is_of_a_database()
    {
        Assert.Equal(400, (await _api.CreateAsync(new { dataservices = new { source_dataservice_crn = "crn:none" } }, Plan)).Status);
        Assert.Equal(400, (await _api.CreateAsync(null, Plan)).Status);
    }

    private async Task<long> RestoredRowsAsync(object parameters)
    {
        string guid = await _api.CreateActiveAsync(parameters);
        JsonNode key = await _api.CreateKeyAsync(guid);
        await using NpgsqlConnection connection = await IbmClient.ConnectAsync(key);
        Assert.Equal(1L, await IbmClient.ScalarAsync<long>(connection, "SELECT count(*) FROM pg_roles WHERE rolname ~ '^ibmcloud_'"));
        long rows = await IbmClient.ScalarAsync<long>(connection, "SELECT count(*) FROM kept");
        await _api.DeleteAsync($"{_api.Instances}/{guid}?recursive=true");
        return rows;
    }
}
