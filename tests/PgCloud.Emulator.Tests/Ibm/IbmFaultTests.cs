// SPDX-License-Identifier: MIT

using System.Diagnostics;
using System.Text.Json.Nodes;
using Xunit;

namespace PgCloud.Emulator.Tests.Ibm;

/// <summary>Faults and counts are those of the other cloud, errors are in the shape of each service.</summary>
[Collection(EmulatorTests.Name)]
public sealed class IbmFaultTests(EmulatorFixture emulator) : IDisposable
{
    private const string Header = "X-Emulator-Fault";

    private readonly IbmClient _api = new(emulator.Start);

    public void Dispose() => _api.Dispose();

    [Theory]
    [InlineData("429=2", 429, "2")]
    [InlineData("502=0", 502, "0")]
    [InlineData("500", 500, null)]
    public async Task An_error_comes_in_the_shape_of_the_service(string fault, int status, string? retryAfter)
    {
        Answer controller = await _api.GetAsync(_api.Instances, (Header, fault));
        Assert.Equal((status, status, retryAfter), (controller.Status, (int)controller.Json!["status_code"]!, controller.Headers.RetryAfter?.ToString()));
        Assert.NotNull(controller.Json["transaction_id"]);
        Answer restrictions = await _api.GetAsync(_api.Zones, (Header, fault));
        Assert.Equal(status, restrictions.Status);
        Assert.NotNull(restrictions.Json!["errors"]![0]!["message"]);
        Answer token = await _api.PostAsync(emulator.Start.IbmIam + "/identity/token", null, (Header, fault));
        Assert.Equal(status, token.Status);
        Assert.NotNull(token.ErrorCode);
    }

    [Fact]
    public async Task What_is_planned_befalls_the_calls_of_a_path()
    {
        await _api.ControlAsync(HttpMethod.Post, "/../faults", new { fault = "500-done", method = "POST", path = "*/v2/resource_instances", count = 1 });
        JsonObject request = IbmClient.Request(emulator.Start);
        request["name"] = "done all the same";
        Assert.Equal(500, (await _api.PostAsync(_api.Instances, request)).Status);
        JsonNode list = (await _api.GetAsync(_api.Instances + "?name=done%20all%20the%20same")).Ok;
        Assert.Equal(1, (int)list["rows_count"]!);
        await _api.DeleteAsync($"{_api.Instances}/{list["resources"]![0]!["guid"]}");
    }

    [Fact]
    public async Task A_connection_is_cut()
    {
        foreach (string fault in new[] { "cut-before", "cut-body" })
        {
            await Assert.ThrowsAnyAsync<HttpRequestException>(() => _api.GetAsync(_api.Instances, (Header, fault)));
        }

        Assert.Null((await _api.GetAsync(_api.Instances, (Header, "broken-json"))).Json);
        Assert.Equal(503, (await _api.GetAsync(_api.Instances, (Header, "503-html"))).Status);
        long begun = Stopwatch.GetTimestamp();
        await _api.GetAsync(_api.Instances, (Header, "delay=200"));
        Assert.True(Stopwatch.GetElapsedTime(begun) >= TimeSpan.FromMilliseconds(190));
    }

    [Fact]
    public async Task Calls_are_counted_by_route()
    {
        await _api.GetAsync(_api.Instances);
        await _api.ControlAsync(HttpMethod.Delete, "/../calls");
        await _api.GetAsync($"{_api.Instances}/none");
        await _api.GetAsync($"{_api.Instances}/nobody");
        await _api.GetAsync(emulator.Start.IbmContextBasedRestrictions + "/v1/zones");
        JsonNode calls = (await _api.ControlAsync(HttpMethod.Get, "/../calls")).Ok;
        Assert.Equal(
            ["GET /ibm/cbr/v1/zones 1", "GET /ibm/resource-controller/v2/resource_instances/{id} 2"],
            calls["calls"]!.AsArray().Select(c => $"{c!["method"]} {c["route"]} {c["count"]}"));
    }

    [Fact]
    public async Task A_route_that_is_not_served_is_told()
    {
        Answer answer = await _api.GetAsync(emulator.Start.IbmResourceController + "/v2/none");
        Assert.Equal((404, 404), (answer.Status, (int)answer.Json!["status_code"]!));
    }
}
