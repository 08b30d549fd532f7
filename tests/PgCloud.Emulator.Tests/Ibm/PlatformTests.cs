// SPDX-License-Identifier: MIT

using System.Text.Json.Nodes;
using Xunit;

namespace PgCloud.Emulator.Tests.Ibm;

/// <summary>Resource groups, catalogue, tags and roles.</summary>
[Collection(EmulatorTests.Name)]
public sealed class PlatformTests(EmulatorFixture emulator) : IDisposable
{
    private readonly IbmClient _api = new(emulator.Start);

    public void Dispose() => _api.Dispose();

    [Fact]
    public async Task Resource_groups_come_and_go()
    {
        JsonNode all = (await _api.GetAsync($"{_api.Groups}?account_id={emulator.Start.IbmAccountId}&default=true")).Ok["resources"]!;
        JsonNode group = Assert.Single(all.AsArray())!;
        Assert.Equal(
            [
                "id", "crn", "account_id", "name", "state", "default", "quota_id", "quota_url", "payment_methods_url", "resource_linkages", "teams_url",
                "created_at", "updated_at",
            ],
            group.AsObject().Select(p => p.Key));
        Assert.Equal((emulator.Start.IbmResourceGroup, emulator.Start.IbmResourceGroupName), ((string?)group["id"], (string?)group["name"]));

        Answer made = await _api.PostAsync(_api.Groups, new { name = "new", account_id = emulator.Start.IbmAccountId });
        Assert.Equal((201, "id crn"), (made.Status, string.Join(' ', made.Json!.AsObject().Select(p => p.Key))));
        string url = $"{_api.Groups}/{made.Json["id"]}";
        Assert.Equal("newer", (string?)(await _api.PatchAsync(url, new { name = "newer" })).Ok["name"]);
        Assert.Equal(204, (await _api.DeleteAsync(url)).Status);
        Assert.Equal(404, (await _api.GetAsync(url)).Status);
        Assert.Equal(400, (await _api.DeleteAsync($"{_api.Groups}/{emulator.Start.IbmResourceGroup}")).Status);
    }

    [Fact]
    public async Task The_catalogue_leads_from_the_service_to_a_deployment()
    {
        string catalog = emulator.Start.IbmGlobalCatalog;
        JsonNode found = (await _api.GetAsync(catalog + "/?q=databases-for-postgresql&include=*")).Ok;
        Assert.Equal(["offset", "limit", "count", "resource_count", "first", "last"], found.AsObject().Select(p => p.Key).Where(n => n is not ("next" or "prev" or "resources")));
        JsonNode service = found["resources"]!.AsArray().Single(r => (string?)r!["kind"] == "service" && (string?)r["name"] == "databases-for-postgresql")!;
        Assert.True((bool)service["active"]!);
        JsonNode plans = (await _api.GetAsync($"{catalog}/{service["id"]}/plan")).Ok["resources"]!;
        JsonNode plan = plans.AsArray().Single(p => (string?)p!["name"] == "standard-gen2")!;
        Assert.Equal("databases-for-postgresql-gen2-standard", (string?)plan["id"]);
        JsonNode deployments = (await _api.GetAsync($"{catalog}/{plan["id"]}/deployment?include=*")).Ok["resources"]!;
        JsonNode deployment = deployments.AsArray().Single(d => (string?)d!["metadata"]!["deployment"]!["location"] == "us-east")!;
        Assert.True((bool)deployment["metadata"]!["rc_compatible"]!);
        Assert.Equal("crn:v1:bluemix:public:globalcatalog::::deployment:databases-for-postgresql-standard-gen2%3Aus-east", (string?)deployment["catalog_crn"]);
        Assert.Equal("""[{"id":"member","count":2}]""", deployment["metadata"]!["other"]!["resources"]!.ToJsonString());
        Assert.Equal(200, (await _api.GetAsync($"{catalog}/{Uri.EscapeDataString((string)deployment["id"]!)}")).Status);
        Assert.Equal("public", (string?)(await _api.GetAsync($"{catalog}/{plan["id"]}/visibility")).Ok["restrictions"]);
        Assert.Equal(404, (await _api.GetAsync(catalog + "/none")).Status);
    }

    [Fact]
    public async Task The_catalogue_has_pages()
    {
        JsonNode page = (await _api.GetAsync(emulator.Start.IbmGlobalCatalog + "/?_limit=5")).Ok;
        var ids = new HashSet<string>();
        for (int pages = 1; ; pages++)
        {
            ids.UnionWith(page["resources"]!.AsArray().Select(r => (string)r!["id"]!));
            if (page["next"] is not { } next)
            {
                Assert.Equal(((int)page["count"]!, true), (ids.Count, pages > 2));
                break;
            }

            page = (await _api.GetAsync((string)next!)).Ok;
        }
    }

    [Fact]
    public async Task Tags_are_attached_and_detached()
    {
        JsonObject request = IbmClient.Request(emulator.Start);
        request["tags"] = new JsonArray("env:test");
        JsonNode made = (await _api.PostAsync(_api.Instances, request)).Json!;
        string crn = (string)made["crn"]!;
        string tags = emulator.Start.IbmTagging + "/v3/tags";
        string mine = $"{tags}?attached_to={Uri.EscapeDataString(crn)}";
        Assert.Equal("""{"total_count":1,"offset":0,"limit":100,"items":[{"name":"env:test"}]}""", (await _api.GetAsync(mine)).Ok.ToJsonString());
        Answer attached = await _api.PostAsync(tags + "/attach", new { resources = new[] { new { resource_id = crn }, new { resource_id = "crn:none" } }, tag_names = new[] { "App:Shop" } });
        Assert.Equal((crn, false), ((string?)attached.Ok["results"]![0]!["resource_id"], (bool)attached.Json!["results"]![0]!["is_error"]!));
        Assert.True((bool)attached.Json["results"]![1]!["is_error"]!);
        Assert.Equal("app:shop", (string?)(await _api.GetAsync(mine + "&limit=1")).Ok["items"]![0]!["name"]);
        await _api.PostAsync(tags + "/detach", new { resources = new[] { new { resource_id = crn } }, tag_name = "app:shop" });
        Assert.Equal(1, (int)(await _api.GetAsync(mine)).Ok["total_count"]!);
        Assert.Equal(400, (await _api.PostAsync(tags + "/attach", new { tag_name = "x" })).Status);
        await _api.DeleteAsync($"{_api.Instances}/{made["guid"]}");
    }

    [Fact]
    public async Task The_service_has_two_roles()
    {
        JsonNode roles = (await _api.GetAsync($"{emulator.Start.IbmIam}/v2/roles?account_id={emulator.Start.IbmAccountId}&service_name=databases-for-postgresql")).Ok;
        Assert.Equal(["custom_roles", "service_roles", "system_roles"], roles.AsObject().Select(p => p.Key));
        Assert.Equal(
            ["crn:v1:bluemix:public:iam::::serviceRole:Manager", "crn:v1:bluemix:public:iam::::serviceRole:Writer"],
            roles["service_roles"]!.AsArray().Select(r => (string?)r!["crn"]));
    }
}
