// SPDX-License-Identifier: MIT

using System.Text.Json.Nodes;
using Npgsql;
using Xunit;

namespace PgCloud.Emulator.Tests.Ibm;

/// <summary>Context-based restrictions: zones, rules, and who gets in.</summary>
[Collection(EmulatorTests.Name)]
public sealed class RestrictionTests(EmulatorFixture emulator) : IDisposable
{
    private const string DataPlane = "crn:v1:bluemix:public:context-based-restrictions::::api-type:data-plane";

    private readonly IbmClient _api = new(emulator.Start);

    public void Dispose() => _api.Dispose();

    [Fact]
    public async Task A_zone_is_told_as_in_the_samples()
    {
        (string url, Answer made) = await ZoneAsync("192.0.2.0/24", "198.51.100.7");
        Assert.Equal(
            Sorted("id", "crn", "address_count", "excluded_count", "name", "account_id", "description", "addresses", "excluded", "href", "created_at", "created_by_id", "last_modified_at", "last_modified_by_id"),
            Sorted(made.Json!));
        Assert.Equal((2, 0), ((int)made.Json!["address_count"]!, (int)made.Json["excluded_count"]!));
        Assert.Matches(@"\A[0-9a-f]{32}\z", (string)made.Json["id"]!);
        Assert.Equal($"crn:v1:bluemix:public:cbr:global:a/{emulator.Start.IbmAccountId}::zone:{made.Json["id"]}", (string?)made.Json["crn"]);
        Answer got = await _api.GetAsync(url);
        Assert.Equal(made.Json.ToJsonString(), got.Ok.ToJsonString());
        Assert.NotNull(got.Headers.ETag);

        JsonNode list = (await _api.GetAsync($"{_api.Zones}?account_id={emulator.Start.IbmAccountId}&name={made.Json["name"]}")).Ok;
        Assert.Equal(1, (int)list["count"]!);
        Assert.Equal(
            Sorted("id", "crn", "name", "description", "addresses_preview", "address_count", "excluded_count", "href", "created_at", "created_by_id", "last_modified_at", "last_modified_by_id"),
            Sorted(list["zones"]![0]!));
        Assert.Equal(204, (await _api.DeleteAsync(url)).Status);
        Answer gone = await _api.GetAsync(url);
        string id = (string)made.Json["id"]!;
        Assert.Equal(404, gone.Status);
        Assert.Equal(
            $$$"""{"trace":"{{{gone.Headers.GetValues("X-Correlation-Id").Single()}}}","errors":[{"code":"zone_not_found_in_store","message":"The zone '{{{id}}}' is not found in store.","target":{"type":"parameter","name":"zone_id","value":"{{{id}}}"}}],"status_code":404}""",
            gone.Text.Replace("\\u0027", "'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_zone_that_cannot_be_is_refused()
    {
        (string url, Answer made) = await ZoneAsync("192.0.2.1");
        Assert.Equal(409, (await _api.PostAsync(_api.Zones, Zone((string)made.Json!["name"]!, "192.0.2.1"))).Status);
        foreach (string address in new[] { "192.0.2.256", "192.0.2.9-192.0.2.1", "192.0.2.0/33", "1.2.3" })
        {
            Assert.Equal(400, (await _api.PostAsync(_api.Zones, Zone("bad", address))).Status);
        }

        foreach (string name in new[] { "a/b", string.Empty, new('a', 129) })
        {
            Assert.Equal(400, (await _api.PostAsync(_api.Zones, Zone(name, "192.0.2.1"))).Status);
        }

        Assert.Equal(400, (await _api.PostAsync(_api.Zones, Zone("many", [.. Enumerable.Range(0, 1001).Select(n => $"10.0.{n / 256}.{n % 256}")]))).Status);
        Assert.Equal(400, (await _api.GetAsync(_api.Zones + "?account_id=other")).Status);
        await _api.DeleteAsync(url);
    }

    [Fact]
    public async Task A_change_needs_the_etag()
    {
        (string url, Answer made) = await ZoneAsync("192.0.2.1");
        JsonObject zone = Zone((string)made.Json!["name"]!, "192.0.2.2");
        string etag = (await _api.GetAsync(url)).Headers.ETag!.ToString();
        Assert.Equal(400, (await _api.PutAsync(url, zone)).Status);
        Assert.Equal(412, (await _api.PutAsync(url, zone, ("If-Match", "\"other\""))).Status);
        Answer changed = await _api.PutAsync(url, zone, ("If-Match", etag));
        Assert.Equal("192.0.2.2", (string?)changed.Ok["addresses"]![0]!["value"]);
        Assert.Equal(412, (await _api.PutAsync(url, zone, ("If-Match", etag))).Status);
        Assert.Equal(404, (await _api.PutAsync(_api.Zones + "/none", zone, ("If-Match", etag))).Status);

        // Another client is a moment faster.
        await _api.ControlAsync(HttpMethod.Post, $"/zones/{made.Json["id"]}/race", Zone((string)made.Json["name"]!, "203.0.113.7"));
        etag = (await _api.GetAsync(url)).Headers.ETag!.ToString();
        Assert.Equal(412, (await _api.PutAsync(url, zone, ("If-Match", etag))).Status);
        Assert.Equal("203.0.113.7", (string?)(await _api.GetAsync(url)).Ok["addresses"]![0]!["value"]);
        await _api.DeleteAsync(url);
    }

    [Fact]
    public async Task Sixteen_writers_lose_nothing()
    {
        (string url, Answer made) = await ZoneAsync("192.0.2.0");
        await Parallel.ForEachAsync(Enumerable.Range(1, 16), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (n, _) =>
        {
            for (int status = 412; status == 412;)
            {
                Answer now = await _api.GetAsync(url);
                JsonObject zone = Zone((string)made.Json!["name"]!, [.. now.Ok["addresses"]!.AsArray().Select(a => (string)a!["value"]!), $"192.0.2.{n}"]);
                Answer put = await _api.PutAsync(url, zone, ("If-Match", now.Headers.ETag!.ToString()));
                status = put.Status;
                Assert.True(status is 200 or 412, put.Text);
            }
        });
        Assert.Equal(17, (int)(await _api.GetAsync(url)).Ok["address_count"]!);
        await _api.DeleteAsync(url);
    }

    [Fact]
    public async Task A_rule_is_told_as_in_the_samples()
    {
        (string zone, Answer madeZone) = await ZoneAsync("192.0.2.0/24");
        string zoneId = (string)madeZone.Json!["id"]!;
        string guid = Guid.NewGuid().ToString();
        Answer made = await _api.PostAsync(_api.Rules, Rule(guid, zoneId));
        Assert.True(made.Status == 201, made.Text);
        Assert.Equal(
            Sorted("id", "crn", "description", "contexts", "resources", "operations", "enforcement_mode", "href", "created_at", "created_by_id", "last_modified_at", "last_modified_by_id"),
            Sorted(made.Json!));
        string url = $"{_api.Rules}/{made.Json!["id"]}";
        Answer got = await _api.GetAsync(url);
        Assert.Equal("enabled", (string?)got.Ok["enforcement_mode"]);
        string list = $"{_api.Rules}?account_id={emulator.Start.IbmAccountId}";
        foreach (string query in new[] { $"service_instance={guid}", $"service_instance={guid}&zone_id={zoneId}", $"service_instance={guid}&service_name=databases-for-postgresql&enforcement_mode=enabled" })
        {
            Assert.Equal(1, (int)(await _api.GetAsync($"{list}&{query}")).Ok["count"]!);
        }

        Assert.Equal(0, (int)(await _api.GetAsync($"{list}&service_instance={guid}&enforcement_mode=disabled")).Ok["count"]!);
        Assert.Equal(400, (await _api.GetAsync(_api.Rules)).Status);
        Answer disabled = await _api.PutAsync(url, Rule(guid, zoneId, mode: "disabled"), ("If-Match", got.Headers.ETag!.ToString()));
        Assert.Equal("disabled", (string?)disabled.Ok["enforcement_mode"]);
        Assert.Equal(204, (await _api.DeleteAsync(url)).Status);
        Answer gone = await _api.DeleteAsync(url);
        Assert.Equal(
            ("rule_not_found_in_store", $"The rule '{made.Json["id"]}' is not found in store."),
            ((string?)gone.Json!["errors"]![0]!["code"], (string?)gone.Json["errors"]![0]!["message"]));
        await _api.DeleteAsync(zone);
    }

    [Fact]
    public async Task A_rule_about_a_database_has_limits()
    {
        (string zone, Answer madeZone) = await ZoneAsync("192.0.2.0/24");
        string zoneId = (string)madeZone.Json!["id"]!;
        JsonObject service = Rule("x", zoneId);
        service["resources"]![0]!["attributes"]![2]!["value"] = "bakery";
        await RefusedAsync(service, "service not cbr enabled");
        await RefusedAsync(Rule("x", zoneId, mode: "report"), "Report-only is not available for Databases for PostgreSQL");
        JsonObject operations = Rule("x", zoneId);
        operations["operations"]!["api_types"]![0]!["api_type_id"] = DataPlane.Replace("data", "control", StringComparison.Ordinal);
        await RefusedAsync(operations, "api_types");
        operations.Remove("operations");
        await RefusedAsync(operations, "api_types");
        await RefusedAsync(Rule("x", "none"), "networkZoneId");
        JsonObject resources = Rule("x", zoneId);
        resources["resources"]!.AsArray().Add(resources["resources"]![0]!.DeepClone());
        await RefusedAsync(resources, "resources");

        JsonObject reference = Zone("reference");
        reference["addresses"] = new JsonArray(JsonNode.Parse($$$"""{"type":"serviceRef","ref":{"account_id":"{{{emulator.Start.IbmAccountId}}}","service_name":"cloud-object-storage"}}"""));
        JsonNode other = (await _api.PostAsync(_api.Zones, reference)).Json!;
        await RefusedAsync(Rule("x", (string)other["id"]!), "service reference");
        await _api.DeleteAsync($"{_api.Zones}/{other["id"]}");
        await _api.DeleteAsync(zone);
    }

    [Fact]
    public async Task What_can_be_said_is_told()
    {
        string url = emulator.Start.IbmContextBasedRestrictions;
        JsonNode operations = (await _api.GetAsync(url + "/v1/operations?service_name=databases-for-postgresql")).Ok["api_types"]!;
        Assert.Equal((DataPlane, "[]", """["enabled","disabled"]"""), ((string?)operations[0]!["api_type_id"], operations[0]!["actions"]!.ToJsonString(), operations[0]!["enforcement_modes"]!.ToJsonString()));
        Assert.Equal(400, (await _api.GetAsync(url + "/v1/operations?service_name=bakery")).Status);
        JsonNode targets = (await _api.GetAsync(_api.Zones + "/serviceref_targets")).Ok;
        Assert.Equal((int)targets["count"]!, targets["targets"]!.AsArray().Count);
        Assert.Equal(1, (int)(await _api.GetAsync(_api.Zones + "/serviceref_targets/cloud-object-storage")).Ok["count"]!);
        Assert.Equal(404, (await _api.GetAsync(_api.Zones + "/serviceref_targets/bakery")).Status);
        Assert.Equal(400, (await _api.GetAsync(_api.Zones + "/serviceref_targets?type=bakery")).Status);
        JsonNode settings = (await _api.GetAsync($"{url}/v1/account_settings/{emulator.Start.IbmAccountId}")).Ok;
        Assert.Equal(
            Sorted("id", "crn", "rule_count_limit", "zone_count_limit", "tags_rule_count_limit", "current_rule_count", "current_zone_count", "current_tags_rule_count", "href", "created_at", "created_by_id", "last_modified_at", "last_modified_by_id"),
            Sorted(settings));
        Assert.Equal(400, (await _api.GetAsync(url + "/v1/account_settings/other")).Status);
    }

    [Fact]
    public async Task A_new_rule_can_take_its_time()
    {
        await _api.ControlAsync(HttpMethod.Put, "/quirks", new { restrictionAppearanceSeconds = 3_000_000 });
        JsonNode zone = (await _api.PostAsync(_api.Zones, Zone("late", "192.0.2.1"))).Json!;
        await _api.ControlAsync(HttpMethod.Put, "/quirks", new { restrictionAppearanceSeconds = 0 });
        Assert.Equal(404, (await _api.GetAsync($"{_api.Zones}/{zone["id"]}")).Status);
    }

    [Fact]
    public async Task The_server_lets_in_whom_the_rules_let_in()
    {
        string guid = await _api.CreateActiveAsync();
        JsonNode key = await _api.CreateKeyAsync(guid);
        Assert.True(await GetsInAsync(key));

        (string zone, Answer madeZone) = await ZoneAsync("203.0.113.0/24");
        string zoneId = (string)madeZone.Json!["id"]!;
        Answer rule = await _api.PostAsync(_api.Rules, Rule(guid, zoneId));
        Assert.True(rule.Status == 201, rule.Text);
        await WaitAsync(key, getsIn: false);

        string url = $"{_api.Rules}/{rule.Json!["id"]}";
        await ReplaceAsync(zone, Zone((string)madeZone.Json["name"]!, "203.0.113.0/24", "127.0.0.0-127.0.0.9"));
        await WaitAsync(key, getsIn: true);
        JsonObject excluded = Zone((string)madeZone.Json["name"]!, "127.0.0.0/8");
        excluded["excluded"] = new JsonArray(new JsonObject { ["type"] = "ipAddress", ["value"] = "127.0.0.1" });
        await ReplaceAsync(zone, excluded);
        await WaitAsync(key, getsIn: false);
        await ReplaceAsync(url, Rule(guid, zoneId, mode: "disabled"));
        await WaitAsync(key, getsIn: true);
        await ReplaceAsync(url, Rule(guid, zoneId));
        await WaitAsync(key, getsIn: false);
        await _api.DeleteAsync(url);
        await WaitAsync(key, getsIn: true);

        // An endpoint of another kind is not this one's.
        JsonObject other = Rule(guid, zoneId);
        other["contexts"]![0]!["attributes"]![1]!["value"] = "public";
        await ReplaceAsync(zone, Zone((string)madeZone.Json["name"]!, "127.0.0.1"));
        JsonNode made = (await _api.PostAsync(_api.Rules, other)).Json!;
        await WaitAsync(key, getsIn: false);
        await _api.DeleteAsync($"{_api.Rules}/{made["id"]}");
        await _api.DeleteAsync(zone);
        await _api.DeleteAsync($"{_api.Instances}/{guid}?recursive=true");
    }

    private async Task ReplaceAsync(string url, JsonObject body) =>
        Assert.Equal(200, (await _api.PutAsync(url, body, ("If-Match", (await _api.GetAsync(url)).Headers.ETag!.ToString()))).Status);

    private async Task RefusedAsync(JsonObject rule, string part)
    {
        Answer answer = await _api.PostAsync(_api.Rules, rule);
        Assert.Equal(400, answer.Status);
        Assert.Contains(part, (string?)answer.Json!["errors"]![0]!["message"], StringComparison.Ordinal);
    }

    private async Task<(string Url, Answer Made)> ZoneAsync(params string[] addresses)
    {
        Answer made = await _api.PostAsync(_api.Zones, Zone("zone " + Guid.NewGuid().ToString("N"), addresses));
        Assert.True(made.Status == 201, made.Text);
        return ($"{_api.Zones}/{made.Json!["id"]}", made);
    }

    private JsonObject Zone(string name, params string[] addresses) => new()
    {
        ["name"] = name,
        ["account_id"] = emulator.Start.IbmAccountId,
        ["addresses"] = new JsonArray([.. addresses.Select(a => new JsonObject { ["type"] = a.Contains('/') ? "subnet" : a.Contains('-') ? "ipRange" : "ipAddress", ["value"] = a })]),
    };

    private JsonObject Rule(string instance, string zone, string mode = "enabled") => JsonNode.Parse(
        $$"""
        {
          "contexts": [ { "attributes": [ { "name": "networkZoneId", "value": "{{zone}}" }, { "name": "endpointType", "value": "private" } ] } ],
          "resources": [ { "attributes": [
            { "name": "accountId", "value": "{{emulator.Start.IbmAccountId}}", "operator": "stringEquals" },
            { "name": "serviceInstance", "value": "{{instance}}", "operator": "stringEquals" },
            { "name": "serviceName", "value": "databases-for-postgresql", "operator": "stringEquals" } ] } ],
          "operations": { "api_types": [ { "api_type_id": "{{DataPlane}}" } ] },
          "enforcement_mode": "{{mode}}"
        }
        """)!.AsObject();

    private static string[] Sorted(params string[] names) => [.. names.Order(StringComparer.Ordinal)];

    private static string[] Sorted(JsonNode view) => Sorted([.. view.AsObject().Select(p => p.Key)]);

    private static async Task WaitAsync(JsonNode key, bool getsIn)
    {
        for (DateTime until = DateTime.UtcNow.AddSeconds(180); await GetsInAsync(key) != getsIn;)
        {
            Assert.True(DateTime.UtcNow < until, $"It should {(getsIn ? "get in" : "be kept out")}.");
            await Task.Delay(10);
        }
    }

    private static async Task<bool> GetsInAsync(JsonNode key)
    {
        try
        {
            await using NpgsqlConnection connection = await IbmClient.ConnectAsync(key);
            return true;
        }
        catch (PostgresException exception) when (exception.SqlState == "28000")
        {
            return false;
        }
    }
}
