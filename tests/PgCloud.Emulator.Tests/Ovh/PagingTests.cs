// SPDX-License-Identifier: MIT

using System.Text.Json.Nodes;
using PgCloud.Emulator.Ovh.Schema;
using Xunit;

namespace PgCloud.Emulator.Tests.Ovh;

/// <summary>Lists: ids, or objects a page at a time.</summary>
[Collection(EmulatorTests.Name)]
public sealed class PagingTests(EmulatorFixture emulator)
{
    private static readonly (string Name, string Value) Pages = ("X-Pagination-Mode", "CachedObjectList-Pages");

    [Fact]
    public async Task Five_hundred_services_come_as_ids_or_as_objects()
    {
        string project = emulator.Start.OtherProject;
        string path = $"/cloud/project/{project}/database/service";
        Guid[] seeded = (await emulator.Api.ControlAsync(HttpMethod.Post, "/services", new { count = 500, project })).Ids;
        Assert.Equal(seeded, (await emulator.Api.GetAsync(path)).Ids);

        JsonArray all = (await emulator.Api.GetAsync(path, Pages, ("X-Pagination-Size", "50000"))).Ok.AsArray();
        Assert.Equal(seeded, all.Select(s => (Guid)s!["id"]!));
        Answer page = await emulator.Api.GetAsync(path, Pages, ("X-Pagination-Size", "200"), ("X-Pagination-Number", "3"));
        Assert.Equal(seeded[400..], page.Ok.AsArray().Select(s => (Guid)s!["id"]!));
        Assert.Equal("500", page.Headers.GetValues("X-Pagination-Elements").Single());
    }

    [Theory]
    [InlineData("/user", "username")]
    [InlineData("/database", "name")]
    [InlineData("/backup", "regions")]
    [InlineData("/connectionPool", "uri")]
    [InlineData("/integration", "type")]
    [InlineData("/ipRestriction", "ip")]
    [InlineData("/log/kind", "kindId")]
    [InlineData("/log/subscription", "kind")]
    [InlineData("/maintenance", "description")]
    [InlineData("/node", "name")]
    public async Task Every_list_of_a_service_can_be_paged(string list, string field)
    {
        JsonArray items = (await emulator.Api.GetAsync(await emulator.SharedAsync() + list, Pages)).Ok.AsArray();
        Assert.All(items, i => Assert.NotNull(i![field]));
    }

    [Fact]
    public async Task A_service_has_every_field_of_its_model()
    {
        var service = (JsonObject)(await emulator.Api.GetAsync(await emulator.SharedAsync())).Ok;
        Assert.Equal([], ApiSchema.Load().Models["cloud.project.database.Service"].Keys.Except(service.Select(p => p.Key)));
    }
}
