// SPDX-License-Identifier: MIT

using Newtonsoft.Json.Linq;
using PgCloud.Contracts;
using PgCloud.Engine.Providers.Ovh;
using PgCloud.Engine.Providers.Ovh.Api;
using Xunit;

namespace PgCloud.Engine.Tests.Ovh.Provider;

/// <summary>Bodies that are sent, and answers that the emulator does not give.</summary>
public sealed class OvhWireTests
{
    private const string Id = "0d4c26b1-0b1f-4a0e-8f0f-0f6f4f0c4f11";

    private static readonly PgInstance Instance = Ovh.Instance(Id);

    private readonly Heard _heard = new();

    [Fact]
    public async Task The_whole_configuration_is_sent_with_what_is_set_already()
    {
        using var server = new ApiServer(call => call switch
        {
            { Method: "PUT" } => Reply.Json("{}"),
            { } when call.Path.EndsWith("/capabilities/advancedConfiguration", StringComparison.Ordinal) => Reply.Json(
                """[{"name":"pg.a","type":"long"},{"name":"pg.b","type":"double","minimum":0.5}]"""),
            _ => Reply.Json("""{"pg.a":"1","pg.gone":"x"}"""),
        });
        using OvhClient client = Ovh.Client(server);
        IInstanceConfiguration configuration = Provider(client).Configuration;
        IReadOnlyList<ConfigurationChange> changes = await configuration.CompareAsync(
            Instance, [new ConfigurationSetting("pg.b", 0.75)], _heard, CancellationToken.None);
        await configuration.SetAsync(Instance, changes, _heard, CancellationToken.None);
        string body = Assert.Single(server.Received, r => r.Method == "PUT").Body;
        Assert.True(JToken.DeepEquals(JObject.Parse("""{"pg.a":"1","pg.gone":"x","pg.b":"0.75"}"""), JObject.Parse(body)), body);
        IReadOnlyList<PgConfiguration> all = await configuration.GetAsync(Instance, _heard, CancellationToken.None);
        Assert.Equal(["pg.a=1", "pg.b=", "pg.gone=x"], all.Select(c => c.ToString()));
    }

    [Fact]
    public async Task A_maintenance_that_fails_while_it_is_waited_for_is_an_error()
    {
        int looks = 0;
        using var server = new ApiServer(call => Maintenance(
            call.Method == "POST" ? "APPLYING" : Interlocked.Increment(ref looks) > 2 ? "ERROR" : looks == 1 ? "SCHEDULED" : "APPLYING"));
        using OvhClient client = Ovh.Client(server);
        await Ovh.FailsAsync("PgCloud.Maintenance.Failed", () => Provider(client).Maintenances.ApplyAsync(
            Instance, Id, TimeSpan.FromMinutes(1), _heard, CancellationToken.None));
        Assert.Single(server.Received, r => r.Method == "POST");
    }

    [Fact]
    public async Task A_state_that_is_not_known_is_told_as_it_is()
    {
        using var server = new ApiServer(_ => Reply.Json($$"""[{"id":"{{Id}}","description":"d","status":"HELD_BACK","scheduledAt":null}]"""));
        using OvhClient client = Ovh.Client(server);
        Assert.Equal("HELD_BACK", Assert.Single(await Provider(client).Maintenances.GetAsync(Instance, _heard, CancellationToken.None)).Status);
    }

    [Fact]
    public async Task A_backup_of_an_older_schema_has_its_one_region_and_no_size()
    {
        using var server = new ApiServer(_ => Reply.Json(
            $$"""[{"id":"{{Id}}","createdAt":"2026-02-25T04:25:00+01:00","region":"GRA","status":"READY","type":"automatic"}]"""));
        using OvhClient client = Ovh.Client(server);
        PgBackup backup = Assert.Single(await Provider(client).Backups.GetAsync(Instance, _heard, CancellationToken.None));
        Assert.Equal(["GRA"], backup.Regions);
        Assert.Null(backup.SizeBytes);
        Assert.Equal(new DateTimeOffset(2026, 2, 25, 3, 25, 0, TimeSpan.Zero), backup.CreatedAt);
        Assert.Equal(TimeSpan.Zero, backup.CreatedAt!.Value.Offset);
    }

    private static Reply Maintenance(string status) => Reply.Json($$"""{"id":"{{Id}}","description":"d","status":"{{status}}"}""");

    private static OvhProvider Provider(OvhClient client) => new(Ovh.Project(client));
}
