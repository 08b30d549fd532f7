// SPDX-License-Identifier: MIT

using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PgCloud.Emulator.Ovh.Schema;
using Xunit;

namespace PgCloud.Emulator.Tests.Ovh;

/// <summary>Every route of the schema is served, and what it answers is of the schema's type.</summary>
[Collection(EmulatorTests.Name)]
public sealed class RouteTests(EmulatorFixture emulator)
{
    // The route exchanges tokens of OVHcloud's own web pages.
    private const string NotOurs = "/auth/token";

    [Fact]
    public void Every_operation_of_the_schema_is_served()
    {
        HashSet<(string, string)> served = [.. emulator.Host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .SelectMany(e => e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Select(m => (m, "/" + e.RoutePattern.RawText!.Trim('/'))) ?? [])];
        Assert.Empty(ApiSchema.Load().Operations.Where(o => o.Path != NotOurs && !served.Contains((o.Method, o.Path))).Select(o => $"{o.Method} {o.Path}"));
    }

    [Fact]
    public async Task Every_operation_answers_as_the_schema_says()
    {
        ApiClient api = emulator.Api;
        await api.ControlAsync(HttpMethod.Delete, "/calls");
        await new Walk(emulator).RunAsync();

        HashSet<string> called = [.. (await api.ControlAsync(HttpMethod.Get, "/calls")).Ok["calls"]!.AsArray().Select(c => $"{c!["method"]} {c["route"]}")];
        IEnumerable<string> all = ApiSchema.Load().Operations.Where(o => !o.Path.StartsWith("/auth/", StringComparison.Ordinal)).Select(o => $"{o.Method} {o.Path}");
        Assert.Equal([], all.Except(called));
    }

    [Theory]
    [InlineData("/nothing")]
    [InlineData("/cloud/nothing")]
    public async Task What_is_no_route_is_told_by_the_gateway(string path)
    {
        Answer answer = await emulator.Api.GetAsync(path);
        Assert.Equal((404, "INVALID_URL"), (answer.Status, answer.ErrorCode));
    }

    [Fact]
    public async Task Both_versions_are_the_same_api()
    {
        Assert.Equal(
            (await emulator.Api.GetAsync(emulator.Start.HttpV1 + "/cloud/project")).Text,
            (await emulator.Api.GetAsync(emulator.Start.Http + "/cloud/project")).Text);
    }

    [Fact]
    public async Task Every_answer_has_a_query_id()
    {
        Assert.True((await emulator.Api.GetAsync("/auth/time")).Headers.Contains("X-Ovh-QueryID"));
        Assert.True((await emulator.Api.GetAsync("/nothing")).Headers.Contains("X-Ovh-QueryID"));
    }

    [Theory]
    [InlineData("/availability?colour=red", "Received not described parameters: (colour)")]
    [InlineData("/availability?action=dance", "[action] Given data (dance) is not valid")]
    [InlineData("/availability?clusterId=one", "[clusterId] Given data (one) is not valid for type uuid")]
    [InlineData("/postgresql/one", "[clusterId] Given data (one) is not valid for type uuid")]
    public async Task What_the_schema_does_not_describe_is_refused(string path, string message)
    {
        Answer answer = await emulator.Api.GetAsync(emulator.Api.Database + path);
        Assert.Equal(400, answer.Status);
        Assert.Contains(message, (string?)answer.Json!["message"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"description":"sent-back","status":"READY"}""", "[$.status] Read-only parameter")]
    [InlineData("""{"description":"sent-back","backups":{"time":"03:00:00","retentionDays":2}}""", "[$.backups.retentionDays] Read-only parameter")]
    [InlineData("""{"ipRestrictions":[{"ip":"192.0.2.1/32","description":"a","status":"READY"}]}""", "[$.ipRestrictions[0].status] Read-only parameter")]
    [InlineData("""{"description":"sent-back","endpoints":null}""", "[$.endpoints] Read-only parameter")]
    public async Task What_the_schema_marks_as_read_only_is_refused(string body, string message)
    {
        string id = (string)(await emulator.Api.GetAsync(emulator.Api.Database + "/postgresql")).Ok[0]!;
        Answer answer = await emulator.Api.PutAsync($"{emulator.Api.Database}/postgresql/{id}", System.Text.Json.Nodes.JsonNode.Parse(body)!);
        Assert.Equal(400, answer.Status);
        Assert.Contains(message, (string?)answer.Json!["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_with_what_the_schema_does_not_describe_is_refused()
    {
        Answer unknown = await emulator.Api.CreateAsync(new { colour = "red" });
        Answer wrong = await emulator.Api.CreateAsync(new { disk = new { size = "large" } });
        Assert.Equal((400, 400), (unknown.Status, wrong.Status));
        Assert.Contains("(colour)", unknown.Text, StringComparison.Ordinal);
        Assert.Contains("$.disk.size", wrong.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_check_names_what_is_wrong()
    {
        var check = new SchemaCheck(ApiSchema.Load(), isRequest: false);
        using var json = System.Text.Json.JsonDocument.Parse("""{"id":"one","status":"FINE","colour":"red","username":null}""");
        string[] flaws = [.. check.Flaws(json.RootElement, "cloud.project.database.service.UserWithRoles")];
        Assert.Collection(
            flaws,
            f => Assert.Contains("$.id", f, StringComparison.Ordinal),
            f => Assert.Contains("$.status", f, StringComparison.Ordinal),
            f => Assert.Contains("(colour)", f, StringComparison.Ordinal),
            f => Assert.Contains("$.username", f, StringComparison.Ordinal));
    }
}
