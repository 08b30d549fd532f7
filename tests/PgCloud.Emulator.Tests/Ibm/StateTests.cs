// SPDX-License-Identifier: MIT

using System.Text.Json.Nodes;
using Npgsql;
using Xunit;

namespace PgCloud.Emulator.Tests.Ibm;

/// <summary>What the control routes tell of the instances and their servers, and what befalls them.</summary>
[Collection(EmulatorTests.Name)]
public sealed class StateTests(EmulatorFixture emulator) : IDisposable
{
    private readonly IbmClient _api = new(emulator.Start);

    public void Dispose() => _api.Dispose();

    [Fact]
    public async Task What_was_committed_outlives_a_crash_and_is_told()
    {
        string guid = await _api.CreateActiveAsync();
        JsonNode key = await _api.CreateKeyAsync(guid);
        string user = (string)key["credentials"]!["connection"]!["postgres"]!["authentication"]!["username"]!;
        await using (NpgsqlConnection connection = await IbmClient.ConnectAsync(key))
        {
            await RunAsync(connection, "CREATE DATABASE shop");
            await RunAsync(connection, "CREATE TABLE orders ()");
            await RunAsync(connection, "CREATE ROLE reader");
            await RunAsync(connection, "GRANT SELECT ON orders TO reader; GRANT pg_monitor TO reader");
        }

        Assert.Equal(200, (await _api.ControlAsync(HttpMethod.Post, $"/instances/{guid}/crash")).Status);
        JsonNode its = (await _api.ControlAsync(HttpMethod.Get, "/instances")).Ok.AsArray().Single(i => (string)i!["id"]! == guid)!;
        Assert.Equal(["key"], Texts(its["users"]));
        Assert.Equal([user], Texts(its["userRoles"]));
        Assert.Equal("active", (string)its["state"]!);
        Assert.Equal(Texts(its["ips"]).Order(), Texts(its["server"]!["letIn"]).Order());
        Assert.Contains("shop", Texts(its["server"]!["databases"]));
        Assert.Contains(user, Texts(its["server"]!["roles"]));
        Assert.Contains("reader in pg_monitor", Texts(its["server"]!["members"]));
        Assert.Equal(["SELECT on Table public.orders to reader"], Texts(its["server"]!["privileges"]));
    }

    private static IEnumerable<string> Texts(JsonNode? list) => list!.AsArray().Select(n => (string)n!);

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
