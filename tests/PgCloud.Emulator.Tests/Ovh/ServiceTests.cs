// SPDX-License-Identifier: MIT

using System.Text.Json.Nodes;
using PgCloud.Emulator.Ovh.Schema;
using Xunit;

namespace PgCloud.Emulator.Tests.Ovh;

/// <summary>The life of a service: what is asked for, what it becomes, and what is refused.</summary>
[Collection(EmulatorTests.Name)]
public sealed class ServiceTests(EmulatorFixture emulator)
{
    private readonly ApiClient _api = emulator.Api;

    [Fact]
    public async Task It_is_created_changed_and_deleted_on_a_clock()
    {
        Answer made = await _api.CreateAsync();
        string path = $"{_api.Postgres}/{made.Id}";
        Assert.Equal(("CREATING", 0), ((string?)made.Ok["status"], made.Ok["endpoints"]!.AsArray().Count));
        Assert.Equal("Client::Conflict::ServiceNotReady", (await _api.PutAsync(path, new { description = "early" })).Class);
        Assert.Equal("Client::Conflict::ServiceNotReady", (await _api.PostAsync(path + "/user", new { name = "early" })).Class);
        Assert.Equal("Client::Conflict::ServiceNotReady", (await _api.DeleteAsync(path)).Class);

        JsonNode ready = (await _api.WaitReadyAsync(path)).Ok;
        Assert.Contains("<username>:<password>@127.0.0.1:", (string?)ready["endpoints"]![0]!["uri"], StringComparison.Ordinal);
        Assert.Equal("UPDATING", (string?)(await _api.PutAsync(path, new { flavor = "db1-7" })).Ok["status"]);
        Assert.Equal("Client::Conflict::ServiceNotReady", (await _api.PutAsync(path, new { description = "busy" })).Class);
        JsonNode changed = (await _api.WaitReadyAsync(path)).Ok;
        Assert.Equal(("db1-7", 160), ((string?)changed["flavor"], (int)changed["disk"]!["size"]!));

        Assert.Equal(200, (await _api.PutAsync(path, new { deletionProtection = true })).Status);
        Assert.Equal(403, (await _api.DeleteAsync(path)).Status);
        Assert.Equal(200, (await _api.PutAsync(path, new { deletionProtection = false })).Status);
        Assert.Equal((200, string.Empty), await _api.DeleteAsync(path) is var gone ? (gone.Status, gone.Text) : default);
        Assert.Equal("Client::NotFound::ServiceNotFound", (await _api.WaitAsync(path, a => a.Status == 404)).Class);
    }

    [Theory]
    [InlineData("""{"plan":"huge"}""", 404, "PlanNotFound")]
    [InlineData("""{"version":"9"}""", 404, "VersionNotFound")]
    [InlineData("""{"nodesPattern":{"flavor":"db9","number":1,"region":"GRA"}}""", 404, "FlavorNameNotFound")]
    [InlineData("""{"nodesPattern":{"flavor":"db1-4","number":1,"region":"MARS"}}""", 404, "RegionNotFound")]
    [InlineData("""{"nodesPattern":{"flavor":"db1-60","number":1,"region":"GRA"}}""", 404, "NoMatchingCompute")]
    [InlineData("""{"version":"18","nodesPattern":{"flavor":"db1-4","number":1,"region":"WAW"}}""", 404, "NoMatchingCompute")]
    [InlineData("""{"disk":{"size":85}}""", 404, "NoMatchingCompute")]
    [InlineData("""{"nodesPattern":{"flavor":"db1-4","number":2,"region":"GRA"}}""", 400, "TooManyNodes")]
    [InlineData("""{"plan":"business"}""", 400, "NotEnoughNodes")]
    [InlineData("""{"nodesPattern":{"flavor":"db1-4","number":0,"region":"GRA"}}""", 400, "AtLeastOneNode")]
    [InlineData("""{"nodesList":[{"flavor":"db1-4","region":"GRA"}]}""", 400, "OnlyNodeListOrPattern")]
    [InlineData("""{"nodesPattern":null,"nodesList":[{"flavor":"db1-4","region":"GRA"},{"flavor":"db1-7","region":"GRA"}]}""", 400, "NodesFlavorMismatch")]
    [InlineData("""{"nodesPattern":null,"nodesList":[{"flavor":"db1-4","region":"GRA"},{"flavor":"db1-4","region":"SBG"}]}""", 400, "NodesRegionMismatch")]
    [InlineData("""{"ipRestrictions":[{"ip":"1.2.3"}]}""", 404, "IpRestrictionInvalidFormat")]
    [InlineData("""{"ipRestrictions":[{"ip":"1.2.3.4"},{"ip":"1.2.3.4/32"}]}""", 404, "IpRestrictionAlreadyExists")]
    [InlineData("""{"forkFrom":{"serviceId":"11111111-2222-3333-4444-555555555555","backupId":"11111111-2222-3333-4444-555555555555"}}""", 404, "ServiceNotFound")]
    public async Task What_cannot_be_is_refused(string changes, int status, string reason)
    {
        Answer answer = await _api.CreateAsync(JsonNode.Parse(changes));
        Assert.Equal(status, answer.Status);
        Assert.EndsWith("::" + reason, answer.Class, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_put_changes_what_it_names_and_one_thing_at_a_time()
    {
        string path = await SeedAsync("business");
        Assert.Equal("Client::BadRequest::NoUpdate", (await _api.PutAsync(path, new { description = "seeded-1", version = "17" })).Class);
        Assert.Equal("Client::Conflict::ServiceOnlyOneModification", (await _api.PutAsync(path, new { flavor = "db1-7", version = "18" })).Class);
        Assert.Equal("Client::NotFound::PlanInvalidUpgrade", (await _api.PutAsync(path, new { plan = "essential" })).Class);
        Assert.Equal("Client::NotFound::InvalidNodeNumber", (await _api.PutAsync(path, new { nodeNumber = 5 })).Class);
        Assert.Equal("Client::NotFound::NoMatchingCompute", (await _api.PutAsync(path, new { version = "16" })).Class);
        Assert.Equal("Client::NotFound::NoMatchingCompute", (await _api.PutAsync(path, new { disk = new { size = 1000 } })).Class);

        // The whole object as it was read, without what is read-only in it, is no change: so OVHcloud's own CLI sends it.
        JsonNode whole = (await _api.GetAsync(path)).Ok;
        RemoveReadOnly(ApiSchema.Load(), whole, "cloud.project.database.Service");
        Assert.Equal("Client::BadRequest::NoUpdate", (await _api.PutAsync(path, whole)).Class);
        whole["backupTime"] = "04:05:06";
        whole["maintenanceTime"] = "05:00:00";
        JsonNode changed = (await _api.PutAsync(path, whole)).Ok;
        Assert.Equal(("04:05:06", "05:00:00", "READY"), ((string?)changed["backups"]!["time"], (string?)changed["maintenanceTime"], (string?)changed["status"]));

        await _api.PutAsync(path, new { flavor = "db1-7" });
        await _api.WaitReadyAsync(path);
        await _api.PutAsync(path, new { plan = "enterprise" });
        Assert.Equal(3, (await _api.WaitReadyAsync(path)).Ok["nodes"]!.AsArray().Count);
    }

    private static void RemoveReadOnly(ApiSchema schema, JsonNode? node, string type)
    {
        if (node is JsonArray all)
        {
            all.ToList().ForEach(one => RemoveReadOnly(schema, one, type[..^2]));
        }
        else if (node is JsonObject whole && schema.Models.TryGetValue(type, out IReadOnlyDictionary<string, Property>? properties))
        {
            foreach ((string name, Property property) in properties)
            {
                if (property.IsReadOnly)
                {
                    whole.Remove(name);
                }
                else
                {
                    RemoveReadOnly(schema, whole[name], property.Type);
                }
            }
        }
    }

    [Fact]
    public async Task A_locked_service_can_be_deleted_only()
    {
        string path = await SeedAsync("essential");
        await _api.ControlAsync(HttpMethod.Put, "/services/" + path.Split('/')[^1], new { status = "LOCKED" });
        Assert.Equal("Client::Conflict::ServiceLocked", (await _api.PutAsync(path, new { description = "locked" })).Class);
        Assert.Equal(200, (await _api.DeleteAsync(path)).Status);
    }

    [Fact]
    public async Task The_list_of_ips_is_replaced_as_a_whole()
    {
        string path = await SeedAsync("essential");
        await _api.PutAsync(path, new { ipRestrictions = new[] { new { ip = "10.1.2.3/8", description = "a" }, new { ip = "192.0.2.1", description = "b" } } });
        Assert.Equal(["10.0.0.0/8", "192.0.2.1/32"], await IpsAsync(path));
        await _api.PutAsync(path, new { ipRestrictions = new[] { new { ip = "192.0.2.2" } } });
        Assert.Equal(["192.0.2.2/32"], await IpsAsync(path));

        // Another client that read before this change writes after it.
        await _api.ControlAsync(HttpMethod.Post, $"/services/{path.Split('/')[^1]}/race", new { ip = "203.0.113.7" });
        await _api.PutAsync(path, new { ipRestrictions = new[] { new { ip = "192.0.2.2" }, new { ip = "192.0.2.3" } } });
        Assert.Equal(["192.0.2.2/32", "203.0.113.7/32"], await IpsAsync(path));
        await _api.PutAsync(path, new { ipRestrictions = Array.Empty<object>() });
        Assert.Empty(await IpsAsync(path));
    }

    [Fact]
    public async Task It_may_become_private_and_public_again()
    {
        string path = await SeedAsync("essential");
        string project = $"/cloud/project/{emulator.Start.Project}/network/private";
        JsonNode network = (await _api.GetAsync(project)).Ok[0]!;
        string subnet = (string)(await _api.GetAsync($"{project}/{network["id"]}/subnet")).Ok[0]!["id"]!;
        await _api.PutAsync(path, new { networkId = (string?)network["regions"]![0]!["openstackId"], subnetId = subnet });
        Assert.Equal("private", (string?)(await _api.WaitReadyAsync(path)).Ok["networkType"]);
        await _api.PutAsync(path, new { networkId = (string?)null, subnetId = (string?)null });
        Assert.Equal("public", (string?)(await _api.WaitReadyAsync(path)).Ok["networkType"]);
    }

    [Fact]
    public async Task Availability_says_what_a_service_may_become()
    {
        string path = await SeedAsync("essential");
        string id = path.Split('/')[^1];
        JsonArray versions = (await _api.GetAsync($"{_api.Database}/availability?clusterId={id}&action=update&target=version")).Ok.AsArray();
        Assert.Equal(["17", "18"], versions.Select(v => (string)v!["version"]!));
        Assert.All(versions, v => Assert.Equal(("GRA", "essential", "db1-4"), ((string?)v!["region"], (string?)v["plan"], (string?)v["specifications"]!["flavor"])));
    }

    [Fact]
    public async Task A_project_has_a_quota()
    {
        await using EmulatorHost small = await EmulatorHost.StartAsync(new EmulatorOptions { Quota = 1 });
        using var api = new ApiClient(small.StartLine);
        await api.ControlAsync(HttpMethod.Post, "/services", new { count = 1 });
        Assert.Equal(403, (await api.CreateAsync()).Status);
    }

    [Fact]
    public async Task Ips_may_change_without_a_word()
    {
        await using EmulatorHost quiet = await EmulatorHost.StartAsync(new EmulatorOptions { IpChange = TimeSpan.Zero });
        using var api = new ApiClient(quiet.StartLine);
        string path = $"{api.Postgres}/{(await api.ControlAsync(HttpMethod.Post, "/services", new { count = 1 })).Ids[0]}";
        JsonNode answer = (await api.PutAsync(path, new { ipRestrictions = new[] { new { ip = "192.0.2.2" } } })).Ok;
        Assert.Equal(("READY", "READY"), ((string?)answer["status"], (string?)answer["ipRestrictions"]![0]!["status"]));
    }

    private async Task<string> SeedAsync(string plan) =>
        $"{_api.Postgres}/{(await _api.ControlAsync(HttpMethod.Post, "/services", new { count = 1, plan })).Ids[0]}";

    private async Task<IEnumerable<string>> IpsAsync(string path)
    {
        await _api.WaitReadyAsync(path);
        Answer settled = await _api.WaitAsync(path, a => a.Ok["ipRestrictions"]!.AsArray().All(i => (string?)i!["status"] == "READY"));
        return settled.Ok["ipRestrictions"]!.AsArray().Select(i => (string)i!["ip"]!);
    }
}
