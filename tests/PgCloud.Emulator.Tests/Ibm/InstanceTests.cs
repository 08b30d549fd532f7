// SPDX-License-Identifier: MIT

using System.Text.Json.Nodes;
using Xunit;

namespace PgCloud.Emulator.Tests.Ibm;

/// <summary>Instances of the resource controller.</summary>
[Collection(EmulatorTests.Name)]
public sealed class InstanceTests(EmulatorFixture emulator) : IDisposable
{
    // The members of the API page's sample, in its order.
    private static readonly string[] Sample =
    [
        "id", "guid", "url", "created_at", "updated_at", "deleted_at", "created_by", "updated_by", "deleted_by", "scheduled_reclaim_at", "restored_at",
        "scheduled_reclaim_by", "restored_by", "name", "region_id", "account_id", "reseller_channel_id", "resource_plan_id", "resource_group_id",
        "resource_group_crn", "target_crn", "parameters", "allow_cleanup", "crn", "state", "type", "sub_type", "resource_id", "dashboard_url", "last_operation",
        "resource_keys_url", "plan_history", "migrated", "extensions", "controlled_by", "locked", "onetime_credentials",
    ];

    private readonly IbmClient _api = new(emulator.Start);

    public void Dispose() => _api.Dispose();

    [Fact]
    public async Task It_is_provisioned_and_then_active_as_in_the_samples()
    {
        Answer made = await _api.CreateAsync(new { dataservices = new { postgresql = new { members = 3, storage_gb = 12, host_flavor = "bx3d.8x40", version = "18" } } });
        Assert.Equal(201, made.Status);
        JsonNode view = made.Json!;
        Assert.Equal(Sample.Where(n => n != "extensions").Order(), view.AsObject().Select(p => p.Key).Order());
        Assert.Equal("provisioning", (string?)view["state"]);
        Assert.Equal(
            """{"type":"create","state":"in progress","async":true,"description":"Started create instance operation","cancelable":true,"poll":true}""",
            view["last_operation"]!.ToJsonString());
        string guid = (string)view["guid"]!;
        Assert.Equal($"crn:v1:bluemix:public:databases-for-postgresql:ca-mon:a/{emulator.Start.IbmAccountId}:{guid}::", (string?)view["id"]);
        Assert.Equal("crn:v1:bluemix:public:globalcatalog::::deployment:databases-for-postgresql-standard-gen2%3Aca-mon", (string?)view["target_crn"]);
        Assert.Equal(
            $"crn:v1:bluemix:public:resource-controller::a/{emulator.Start.IbmAccountId}::resource-group:{emulator.Start.IbmResourceGroup}", (string?)view["resource_group_crn"]);

        JsonNode active = (await _api.WaitStateAsync(guid, "active")).Ok;
        Assert.Equal(Sample.Order(), active.AsObject().Select(p => p.Key).Order());
        Assert.Equal(("succeeded", "Provision completed successfully"), ((string?)active["last_operation"]!["state"], (string?)active["last_operation"]!["description"]));
        Assert.Matches(@"\A\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z\z", (string)active["created_at"]!);
        JsonNode services = active["extensions"]!["dataservices"]!;
        Assert.Equal(["$schema", "connection", "postgresql"], services.AsObject().Select(p => p.Key));
        Assert.Equal(
            """{"configuration":{"max_connections":115},"cpu_count":8,"host_flavor":"bx3d.8x40","members":3,"memory_gb":40,"storage_gb":12,"version":"18"}""",
            services["postgresql"]!.ToJsonString());
        Assert.Equal(["arguments", "bin", "composed", "environment", "type"], services["connection"]!["cli"]!.AsObject().Select(p => p.Key));
        Assert.Equal(
            ["authentication", "composed", "database", "hosts", "path", "port", "query_options", "scheme", "type"],
            services["connection"]!["postgres"]!.AsObject().Select(p => p.Key));
        Assert.Equal("""{"method":"direct","password":"$PGPASSWORD","username":"$PGUSER"}""", services["connection"]!["postgres"]!["authentication"]!.ToJsonString());
        Assert.Equal(
            ["dns_domain", "dns_hosts", "endpoints", "origin_type", "ports"],
            active["extensions"]!["virtual_private_endpoints"]!.AsObject().Select(p => p.Key));
        await _api.DeleteAsync($"{_api.Instances}/{guid}");
    }

    [Fact]
    public async Task It_is_found_by_its_crn()
    {
        string guid = await _api.SeedAsync();
        JsonNode byGuid = (await _api.GetAsync($"{_api.Instances}/{guid}")).Ok;
        Assert.Equal(guid, (string?)(await _api.GetAsync($"{_api.Instances}/{Uri.EscapeDataString((string)byGuid["crn"]!)}")).Ok["guid"]);
        Answer missing = await _api.GetAsync($"{_api.Instances}/{Guid.NewGuid()}");
        Assert.Equal((404, "RC-DatabaseErrorResponse"), (missing.Status, (string?)missing.Json!["error_code"]));
    }

    [Theory]
    [InlineData("us-east")]
    [InlineData("databases-for-postgresql-standard-gen2:us-east")]
    [InlineData("crn:v1:bluemix:public:globalcatalog::::deployment:databases-for-postgresql-standard-gen2%3Aus-east")]
    public async Task A_target_is_a_region_or_a_deployment(string target)
    {
        JsonObject request = IbmClient.Request(emulator.Start);
        request["target"] = target;
        Answer made = await _api.PostAsync(_api.Instances, request);
        Assert.Equal((201, "us-east"), (made.Status, (string?)made.Json!["region_id"]));
        await _api.DeleteAsync($"{_api.Instances}/{made.Json["guid"]}");
    }

    [Theory]
    [InlineData("name", "a/b")]
    [InlineData("target", "blue-us-south")]
    [InlineData("resource_group", "none")]
    [InlineData("resource_plan_id", "none")]
    [InlineData("resource_plan_id", "databases-for-postgresql-standard")]
    [InlineData("name", null)]
    public async Task What_is_asked_for_must_be_there(string member, string? value)
    {
        JsonObject request = IbmClient.Request(emulator.Start);
        request[member] = value;
        Assert.Equal(400, (await _api.PostAsync(_api.Instances, request)).Status);
    }

    [Fact]
    public async Task Lists_show_what_is_active_and_have_pages()
    {
        await _api.ControlAsync(HttpMethod.Post, "/instances", new { count = 7, name = "paged" });
        JsonNode seeded = (await _api.ControlAsync(HttpMethod.Post, "/instances", new { count = 2, name = "paged", state = "inactive" })).Ok;
        Assert.Equal(7, (int)(await _api.GetAsync(_api.Instances + "?name=paged")).Ok["rows_count"]!);
        Assert.Equal(2, (int)(await _api.GetAsync(_api.Instances + "?name=paged&state=inactive")).Ok["rows_count"]!);
        Assert.Equal(0, (int)(await _api.GetAsync($"{_api.Instances}?guid={seeded[0]}")).Ok["rows_count"]!);

        var sizes = new List<int>();
        var ids = new HashSet<string>();
        for (string? next = "/v2/resource_instances?name=paged&limit=3"; next is not null;)
        {
            JsonNode page = (await _api.GetAsync(emulator.Start.IbmResourceController + next)).Ok;
            Assert.Equal(["rows_count", "next_url", "resources"], page.AsObject().Select(p => p.Key));
            sizes.Add((int)page["rows_count"]!);
            ids.UnionWith(page["resources"]!.AsArray().Select(r => (string)r!["guid"]!));
            next = (string?)page["next_url"];
            Assert.True(next?.StartsWith("/v2/resource_instances?start=", StringComparison.Ordinal) ?? true);
        }

        Assert.Equal(("3 3 1", 7), (string.Join(' ', sizes), ids.Count));
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=101")]
    [InlineData("start=nothing")]
    [InlineData("updated_from=yesterday")]
    public async Task A_wrong_filter_is_refused(string query)
    {
        await _api.SeedAsync();
        Assert.Equal(400, (await _api.GetAsync($"{_api.Instances}?{query}")).Status);
    }

    [Fact]
    public async Task Lists_are_filtered()
    {
        JsonNode made = (await _api.ControlAsync(HttpMethod.Post, "/instances", new { count = 1, name = "filtered", resourceGroup = emulator.Start.IbmOtherResourceGroup })).Ok;
        string[] good =
        [
            $"guid={made[0]}", $"resource_group_id={emulator.Start.IbmOtherResourceGroup}", "resource_id=databases-for-postgresql",
            $"resource_plan_id={IbmClient.Plan}", "type=service_instance", "sub_type=Public", "updated_from=2020-01-01T00:00:00Z",
        ];
        foreach (string query in good)
        {
            Assert.Contains((string)made[0]!, (await _api.GetAsync($"{_api.Instances}?name=filtered&{query}")).Text, StringComparison.Ordinal);
        }

        foreach (string query in new[] { "guid=x", "resource_group_id=x", "resource_id=x", "resource_plan_id=x", "type=x", "sub_type=x", "updated_to=2020-01-01T00:00:00Z" })
        {
            Assert.Equal(0, (int)(await _api.GetAsync($"{_api.Instances}?name=filtered&{query}")).Ok["rows_count"]!);
        }
    }

    [Fact]
    public async Task A_part_of_the_parameters_changes_it()
    {
        string url = $"{_api.Instances}/{await _api.SeedAsync()}";
        Answer changed = await _api.PatchAsync(url, new { name = "renamed", parameters = new { dataservices = new { postgresql = new { members = 3, storage_gb = 12 } } } });
        Assert.Equal(
            ("renamed", "active", "update", "in progress"),
            ((string?)changed.Ok["name"], (string?)changed.Json!["state"], (string?)changed.Json["last_operation"]!["type"], (string?)changed.Json["last_operation"]!["state"]));
        Assert.Equal(422, (await _api.PatchAsync(url, new { name = "again" })).Status);
        JsonNode done = (await _api.WaitAsync(url, a => (string?)a.Json?["last_operation"]!["state"] == "succeeded")).Ok;
        Assert.Equal("""{"host_flavor":"bx3d.4x20","members":3,"storage_gb":12,"version":"18"}""", done["parameters"]!["dataservices"]!["postgresql"]!.ToJsonString());
        Assert.Equal((3, 12), ((int)done["extensions"]!["dataservices"]!["postgresql"]!["members"]!, (int)done["extensions"]!["dataservices"]!["postgresql"]!["storage_gb"]!));
        Assert.Equal(400, (await _api.PatchAsync(url, new { resource_plan_id = "other" })).Status);
    }

    [Fact]
    public async Task A_lock_protects_it()
    {
        string url = $"{_api.Instances}/{await _api.SeedAsync()}";
        Answer locked = await _api.PostAsync(url + "/lock");
        Assert.Equal((true, "lock", false), ((bool)locked.Ok["locked"]!, (string?)locked.Json!["last_operation"]!["type"], (bool)locked.Json["last_operation"]!["async"]!));
        Assert.Equal(422, (await _api.PatchAsync(url, new { name = "x" })).Status);
        Assert.Equal(422, (await _api.DeleteAsync(url)).Status);
        Assert.Equal("unlock", (string?)(await _api.DeleteAsync(url + "/lock")).Ok["last_operation"]!["type"]);
        Assert.Equal(204, (await _api.DeleteAsync(url)).Status);
    }

    [Fact]
    public async Task It_can_be_made_locked_and_its_making_be_cancelled()
    {
        Answer made = await _api.PostAsync(_api.Instances, IbmClient.Request(emulator.Start), ("Entity-Lock", "true"));
        string url = $"{_api.Instances}/{made.Json!["guid"]}";
        Assert.True((bool)made.Json["locked"]!);
        Assert.Equal(422, (await _api.DeleteAsync(url + "/lock")).Status);
        Assert.Equal("failed", (string?)(await _api.DeleteAsync(url + "/last_operation")).Ok["state"]);
        Answer again = await _api.DeleteAsync(url + "/last_operation");
        Assert.Equal((422, "The instance is not cancelable."), (again.Status, (string?)again.Json!["message"]));
        await _api.DeleteAsync(url + "/lock");
        await _api.DeleteAsync(url);
        Assert.Equal("removed", (string?)(await _api.GetAsync(url)).Ok["state"]);
    }

    [Fact]
    public async Task What_has_keys_is_deleted_with_them_only()
    {
        string guid = await _api.SeedAsync();
        string url = $"{_api.Instances}/{guid}";
        JsonNode key = await _api.CreateKeyAsync(guid);
        Assert.Equal(400, (await _api.DeleteAsync(url)).Status);
        Assert.Equal(400, (await _api.DeleteAsync(url + "?recursive=false")).Status);
        Assert.Equal(204, (await _api.DeleteAsync(url + "?recursive=true")).Status);
        Assert.Equal("removed", (string?)(await _api.GetAsync($"{_api.Keys}/{key["guid"]}")).Ok["state"]);
    }

    [Fact]
    public async Task A_transaction_keeps_the_callers_id()
    {
        Answer answer = await _api.GetAsync($"{_api.Instances}/none", ("Transaction-ID", "test-1"));
        Assert.Equal(("test-1", "test-1"), ((string?)answer.Json!["transaction_id"], answer.Headers.GetValues("Transaction-Id").Single()));
    }

    [Fact]
    public async Task A_viewer_changes_nothing()
    {
        using var viewer = new IbmClient(emulator.Start, emulator.Start.IbmViewerApiKey);
        Assert.Equal(200, (await viewer.GetAsync(viewer.Instances)).Status);
        Assert.Equal(403, (await viewer.CreateAsync()).Status);
    }
}
