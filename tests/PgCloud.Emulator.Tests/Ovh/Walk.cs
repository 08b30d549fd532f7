// SPDX-License-Identifier: MIT

using System.Text.Json.Nodes;
using Xunit;

namespace PgCloud.Emulator.Tests.Ovh;

/// <summary>Calls every operation once, on a service with a server.</summary>
internal sealed class Walk(EmulatorFixture emulator)
{
    private readonly ApiClient _api = emulator.Api;

    internal async Task RunAsync()
    {
        await WalkProjectAsync();
        string service = await _api.CreateReadyAsync(new { ipRestrictions = new[] { new { ip = "127.0.0.1" } } });
        await WalkReadsAsync(service);
        await WalkUsersAsync(service);
        await WalkDatabasesAsync(service);
        await WalkQueriesAsync(service);
        await WalkLogsAsync(service);
        await WalkOthersAsync(service);
        await WalkIpsAsync(service);
        await OkAsync(HttpMethod.Put, service, new { description = "walked" });
        await OkAsync(HttpMethod.Delete, service);
    }

    private async Task WalkProjectAsync()
    {
        string project = $"/cloud/project/{emulator.Start.Project}";
        foreach (string path in new[]
        {
            "/cloud/project", project, project + "/network/private", project + "/region", project + "/regionAvailable",
            _api.Database + "/availability", _api.Database + "/capabilities", _api.Database + "/service", _api.Postgres,
        })
        {
            await OkAsync(HttpMethod.Get, path);
        }

        await OkAsync(HttpMethod.Put, project, new { description = emulator.Start.ProjectDescription });
        string network = $"{project}/network/private/{(await OkAsync(HttpMethod.Get, project + "/network/private")).Ok[0]!["id"]}";
        await OkAsync(HttpMethod.Get, network);
        await OkAsync(HttpMethod.Get, network + "/subnet");
        await OkAsync(HttpMethod.Get, project + "/region/GRA11");
    }

    private async Task WalkReadsAsync(string service)
    {
        await OkAsync(HttpMethod.Get, service.Replace("/postgresql/", "/service/", StringComparison.Ordinal));
        foreach (string path in new[]
        {
            "/capabilities/advancedConfiguration", "/capabilities/backupRegions", "/capabilities/integration", "/certificates", "/roles", "/advancedConfiguration",
            "/metric?extended=true", "/metric/cpu_usage?period=lastHour", "/prometheus", "/logs", "/log/kind", "/log/kind/customer_logs", "/log/subscription?kind=customer_logs",
        })
        {
            await OkAsync(HttpMethod.Get, service + path);
        }

        foreach (string list in new[] { "/backup", "/maintenance", "/node", "/user", "/database" })
        {
            await OkAsync(HttpMethod.Get, $"{service}{list}/{(await OkAsync(HttpMethod.Get, service + list)).Ids[0]}");
        }
    }

    private async Task WalkUsersAsync(string service)
    {
        string user = $"{service}/user/{(await OkAsync(HttpMethod.Post, service + "/user", new { name = "walker", roles = Array.Empty<string>() })).Id}";
        await _api.WaitReadyAsync(user);
        await OkAsync(HttpMethod.Put, user, new { roles = new[] { "replication" } });
        await OkAsync(HttpMethod.Post, user + "/credentials/reset");
        await OkAsync(HttpMethod.Delete, user);
        await GoneAsync(user);
    }

    private async Task WalkDatabasesAsync(string service)
    {
        Answer made = await OkAsync(HttpMethod.Post, service + "/database", new { name = "walked" });
        string database = $"{service}/database/{made.Id}";
        await ThereAsync(database);
        Answer pool = await _api.PostPoolAsync(
            service, new { databaseId = made.Id, mode = "transaction", name = "walked-pool", size = 5, userId = (Guid?)null });
        string path = $"{service}/connectionPool/{pool.Id}";
        await ThereAsync(path);
        await OkAsync(HttpMethod.Get, service + "/connectionPool");
        await OkAsync(HttpMethod.Put, path, new { mode = "session", size = 6, databaseId = made.Id });
        await OkAsync(HttpMethod.Delete, path);
        await OkAsync(HttpMethod.Delete, database);
        await GoneAsync(database);
    }

    private async Task WalkQueriesAsync(string service)
    {
        await using (await emulator.ConnectAsync(service, "avnadmin", await emulator.AdminPasswordAsync(service)))
        {
            JsonNode query = (await OkAsync(HttpMethod.Get, service + "/currentQueries?limit=5&offset=0")).Ok["queries"]!.AsArray().Single()!;
            Assert.Equal("avnadmin", (string?)query["userName"]);
            Answer cancel = await OkAsync(HttpMethod.Post, service + "/currentQueries/cancel", new { pid = (int)query["pid"]!, terminate = true });
            Assert.True((bool)cancel.Ok["success"]!);
        }

        await OkAsync(HttpMethod.Get, service + "/queryStatistics?limit=5");
        await OkAsync(HttpMethod.Post, service + "/queryStatistics/reset");
    }

    private async Task WalkLogsAsync(string service)
    {
        await OkAsync(HttpMethod.Post, service + "/log/url", new { kind = "customer_logs" });
        Answer made = await OkAsync(HttpMethod.Post, service + "/log/subscription", new { kind = "customer_logs", streamId = Guid.NewGuid() });
        string operation = $"/dbaas/logs/{made.Ok["serviceName"]}/operation/{made.Ok["operationId"]}";
        Answer done = await _api.WaitAsync(operation, a => (string?)a.Json?["state"] == "SUCCESS");
        string subscription = $"{service}/log/subscription/{done.Ok["subscriptionId"]}";
        await OkAsync(HttpMethod.Get, subscription);
        await OkAsync(HttpMethod.Delete, subscription);
        await GoneAsync(subscription);
    }

    private async Task WalkOthersAsync(string service)
    {
        Guid id = Guid.Parse(service.Split('/')[^1]);
        await OkAsync(HttpMethod.Post, service + "/enableWrites");
        await OkAsync(HttpMethod.Post, service + "/prometheus/credentials/reset");
        Answer made = await OkAsync(
            HttpMethod.Post, service + "/integration", new { sourceServiceId = id, destinationServiceId = Guid.NewGuid(), type = "opensearchLogs" });
        string integration = $"{service}/integration/{made.Id}";
        await ThereAsync(integration);
        await OkAsync(HttpMethod.Get, service + "/integration");
        await OkAsync(HttpMethod.Delete, integration);
        await OkAsync(HttpMethod.Put, service + "/advancedConfiguration", new Dictionary<string, string> { ["pg.deadlock_timeout"] = "2000" });
        await _api.WaitReadyAsync(service);
        await OkAsync(HttpMethod.Post, $"{service}/maintenance/{(await _api.GetAsync(service + "/maintenance")).Ids[0]}/apply");
        await _api.WaitReadyAsync(service);
    }

    private async Task WalkIpsAsync(string service)
    {
        await OkAsync(HttpMethod.Post, service + "/ipRestriction", new { ip = "10.2.3.4/8", description = "walk" });
        await _api.WaitReadyAsync(service);
        Assert.Equal(["127.0.0.1/32", "10.0.0.0/8"], (await OkAsync(HttpMethod.Get, service + "/ipRestriction")).Ok.AsArray().Select(i => (string)i!));
        string path = service + "/ipRestriction/10.0.0.0%2F8";
        await OkAsync(HttpMethod.Get, path);
        await OkAsync(HttpMethod.Put, path, new { description = "walked" });
        await _api.WaitReadyAsync(service);
        await OkAsync(HttpMethod.Delete, path);
        await _api.WaitReadyAsync(service);
    }

    private Task ThereAsync(string path) => _api.WaitAsync(path, a => a.Status == 200);

    private Task GoneAsync(string path) => _api.WaitAsync(path, a => a.Status == 404);

    private async Task<Answer> OkAsync(HttpMethod method, string path, object? body = null)
    {
        Answer answer = await _api.SendAsync(method, path, body);
        Assert.True(answer.Status == 200, $"{method} {path}: {answer.Status} {answer.Text}");
        return answer;
    }
}
