// SPDX-License-Identifier: MIT

using System.Text.Json.Nodes;
using Npgsql;
using Xunit;

namespace PgCloud.Emulator.Tests.Ibm;

/// <summary>Keys of the resource controller, and the users they are.</summary>
[Collection(EmulatorTests.Name)]
public sealed class KeyTests(EmulatorFixture emulator) : IDisposable
{
    // The members of the SDK's sample.
    private static readonly string[] Sample =
    [
        "id", "guid", "url", "created_at", "updated_at", "deleted_at", "created_by", "updated_by", "deleted_by", "source_crn", "name", "crn", "state", "account_id",
        "resource_group_id", "resource_id", "onetime_credentials", "credentials", "iam_compatible", "migrated", "resource_instance_url", "resource_alias_url",
    ];

    private readonly IbmClient _api = new(emulator.Start);

    public void Dispose() => _api.Dispose();

    [Fact]
    public async Task It_is_not_found_for_a_while()
    {
        string guid = await _api.SeedAsync();
        await QuirkAsync(new { keyAppearanceSeconds = 3_000_000 });
        try
        {
            JsonNode key = await _api.CreateKeyAsync(guid);
            Answer missing = await _api.GetAsync($"{_api.Keys}/{Uri.EscapeDataString((string)key["id"]!)}");
            Assert.Equal(404, missing.Status);
            Assert.Equal(["details", "error_code", "message", "status_code", "transaction_id"], missing.Json!.AsObject().Select(p => p.Key));
            Assert.Equal(
                ("status_code=404 error=not_found reason=missing", "RC-DatabaseErrorResponse", $"The resource key cannot be found: {key["id"]}"),
                ((string?)missing.Json["details"], (string?)missing.Json["error_code"], (string?)missing.Json["message"]));
            Assert.Equal(0, (int)(await _api.GetAsync($"{_api.Instances}/{guid}/resource_keys")).Ok["rows_count"]!);
        }
        finally
        {
            await QuirkAsync(new { keyAppearanceSeconds = 5 });
        }

        JsonNode other = await _api.CreateKeyAsync(guid);
        await _api.WaitAsync($"{_api.Keys}/{other["guid"]}", a => a.Status == 200);
    }

    [Fact]
    public async Task It_is_told_as_in_the_samples()
    {
        string guid = await _api.SeedAsync();
        JsonNode made = await _api.CreateKeyAsync(guid, "Writer");
        JsonNode key = (await _api.WaitAsync($"{_api.Keys}/{made["guid"]}", a => a.Status == 200)).Ok;
        Assert.Equal(Sample, key.AsObject().Select(p => p.Key));
        Assert.Equal($"{((string)key["source_crn"]!)[..^2]}:resource-key:{key["guid"]}", (string?)key["crn"]);
        JsonNode credentials = key["credentials"]!;
        Assert.Equal(["connection", "username", "password"], credentials.AsObject().Select(p => p.Key));
        Assert.Matches(@"\Aibmcloud_[0-9a-f]{32}\z", (string)credentials["username"]!);
        string password = (string)credentials["password"]!;
        Assert.Equal((32, true), (password.Length, "-)%,".All(password.Contains)));
        var uri = new Uri((string)credentials["connection"]!["postgres"]!["composed"]![0]!);
        Assert.Equal(password, Uri.UnescapeDataString(uri.UserInfo.Split(':')[1]));
        Assert.Contains("%25", uri.OriginalString, StringComparison.Ordinal);
        Assert.Equal(made["credentials"]!.ToJsonString(), credentials.ToJsonString());

        JsonNode list = (await _api.GetAsync($"{_api.Instances}/{guid}/resource_keys")).Ok;
        Assert.Equal((1, password), ((int)list["rows_count"]!, (string?)list["resources"]![0]!["credentials"]!["password"]));
        Assert.Equal(1, (int)(await _api.GetAsync($"{_api.Keys}?guid={key["guid"]}&name=key&resource_id=databases-for-postgresql")).Ok["rows_count"]!);
        Assert.Equal("renamed", (string?)(await _api.PatchAsync($"{_api.Keys}/{key["guid"]}", new { name = "renamed" })).Ok["name"]);
    }

    [Fact]
    public async Task Its_credentials_can_be_of_the_first_generation()
    {
        string guid = await _api.SeedAsync();
        await QuirkAsync(new { gen1Credentials = true });
        try
        {
            JsonNode credentials = (await _api.CreateKeyAsync(guid))["credentials"]!;
            Assert.Equal(["connection", "instance_administration_api"], credentials.AsObject().Select(p => p.Key));
            Assert.Equal(["arguments", "bin", "certificate", "composed", "environment", "type"], credentials["connection"]!["cli"]!.AsObject().Select(p => p.Key));
            Assert.IsType<JsonArray>(credentials["connection"]!["cli"]!["arguments"]![0]);
            Assert.Equal(System.Text.Json.JsonValueKind.String, credentials["connection"]!["postgres"]!["hosts"]![0]!["port"]!.GetValueKind());
            Assert.Equal(["deployment_id", "instance_id", "root"], credentials["instance_administration_api"]!.AsObject().Select(p => p.Key));
        }
        finally
        {
            await QuirkAsync(new { gen1Credentials = false });
        }
    }

    [Fact]
    public async Task Its_credentials_are_told_to_who_may_read_them()
    {
        string guid = await _api.SeedAsync();
        string url = $"{_api.Keys}/{(await _api.CreateKeyAsync(guid))["guid"]}";
        await _api.WaitAsync(url, a => a.Status == 200);
        using var viewer = new IbmClient(emulator.Start, emulator.Start.IbmViewerApiKey);
        Assert.Equal("""{"REDACTED":"REDACTED"}""", (await viewer.GetAsync(url)).Ok["credentials"]!.ToJsonString());
        await QuirkAsync(new { redactCredentials = true });
        Assert.Equal("""{"REDACTED":"REDACTED"}""", (await _api.GetAsync(url)).Ok["credentials"]!.ToJsonString());
        await QuirkAsync(new { redactCredentials = false });
        await _api.PatchAsync($"{_api.Instances}/{guid}", new { parameters = new { onetime_credentials = true } });
        Assert.Equal("""{"REDACTED":"REDACTED_EXPLICIT"}""", (await _api.GetAsync(url)).Ok["credentials"]!.ToJsonString());
        Assert.NotNull((await _api.CreateKeyAsync(guid))["credentials"]!["password"]);
    }

    [Fact]
    public async Task Its_role_must_be_one_of_the_service()
    {
        string guid = await _api.SeedAsync();
        foreach (string role in new[] { "Viewer", "crn:v1:bluemix:public:iam::::role:Editor", "Baker" })
        {
            Assert.Equal(400, (await _api.PostAsync(_api.Keys, new { name = "key", source = guid, role })).Status);
        }

        Assert.Equal(404, (await _api.PostAsync(_api.Keys, new { name = "key", source = Guid.NewGuid() })).Status);
        await QuirkAsync(new { refuseKeysWithoutParameters = true });
        Answer refused = await _api.PostAsync(_api.Keys, new { name = "key", source = guid });
        await QuirkAsync(new { refuseKeysWithoutParameters = false });
        Assert.Contains("error parsing request, JSON is malformed", (string?)refused.Json!["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_too_early_while_the_instance_is_provisioned()
    {
        Answer made = await _api.CreateAsync();
        Assert.Equal(400, (await _api.PostAsync(_api.Keys, new { name = "key", source = (string?)made.Json!["guid"] })).Status);
        await _api.DeleteAsync($"{_api.Instances}/{made.Json["guid"]}");
    }

    [Fact]
    public async Task It_is_a_user_until_it_is_deleted()
    {
        string guid = await _api.CreateActiveAsync();
        JsonNode manager = await _api.CreateKeyAsync(guid, role: null, new { role_crn = "crn:v1:bluemix:public:iam::::serviceRole:Manager" });
        JsonNode writer = await _api.CreateKeyAsync(guid, "Writer");
        string name = (string)writer["credentials"]!["username"]!;
        await using NpgsqlConnection connection = await IbmClient.ConnectAsync(manager);
        Assert.True(await IbmClient.ScalarAsync<bool>(connection, "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"));
        await using (NpgsqlConnection session = await IbmClient.ConnectAsync(writer))
        {
            PostgresException refused = await Assert.ThrowsAsync<PostgresException>(() => IbmClient.ScalarAsync<object>(session, "CREATE ROLE nobody"));
            Assert.Equal("42501", refused.SqlState);
            await IbmClient.ScalarAsync<object>(connection, "CREATE TABLE stock (id int); SELECT 1");
            Assert.Equal(0L, await IbmClient.ScalarAsync<long>(session, "SELECT count(*) FROM stock"));
        }

        Assert.Equal(204, (await _api.DeleteAsync($"{_api.Keys}/{writer["guid"]}")).Status);
        Assert.Equal(0L, await IbmClient.ScalarAsync<long>(connection, $"SELECT count(*) FROM pg_roles WHERE rolname = '{name}'"));
        JsonNode gone = (await _api.GetAsync($"{_api.Keys}/{writer["guid"]}")).Ok;
        Assert.Equal(("removed", null), ((string?)gone["state"], gone["credentials"]));
        Assert.Equal(410, (await _api.DeleteAsync($"{_api.Keys}/{writer["guid"]}")).Status);

        // The user of a key that names one is not the service's.
        JsonNode existing = await _api.CreateKeyAsync(guid, "Manager", new { existing_credentials = new { username = "Robert", password = "supersecure" } });
        Assert.Equal(("Robert", "supersecure"), ((string?)existing["credentials"]!["username"], (string?)existing["credentials"]!["password"]));
        Assert.Equal(0L, await IbmClient.ScalarAsync<long>(connection, "SELECT count(*) FROM pg_roles WHERE rolname = 'Robert'"));
        Assert.Equal(204, (await _api.DeleteAsync($"{_api.Keys}/{existing["guid"]}")).Status);

        // What a user made outlives it.
        await _api.DeleteAsync($"{_api.Keys}/{manager["guid"]}");
        await using NpgsqlConnection other = await IbmClient.ConnectAsync(await _api.CreateKeyAsync(guid));
        Assert.Equal("ibm_admin", await IbmClient.ScalarAsync<string>(other, "SELECT tableowner::text FROM pg_tables WHERE tablename = 'stock'"));
        await _api.DeleteAsync($"{_api.Instances}/{guid}?recursive=true");
    }

    private Task<Answer> QuirkAsync(object quirks) => _api.ControlAsync(HttpMethod.Put, "/quirks", quirks);
}
