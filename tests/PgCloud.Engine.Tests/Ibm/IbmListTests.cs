// SPDX-License-Identifier: MIT

using System.Web;
using PgCloud.Engine.Providers.Ibm.Api;
using PgCloud.Errors;
using Xunit;

namespace PgCloud.Engine.Tests.Ibm;

public sealed class IbmListTests
{
    [Fact]
    public async Task The_pages_of_a_list_follow_each_other_by_the_token_alone()
    {
        using ApiServer server = Ibm.Server(call => Reply.Json(Query(call, "start") switch
        {
            null => """{"rows_count":1,"next_url":"/v2/resource_instances?start=a%2Fb&limit=1","resources":[{"guid":"1"}]}""",
            "a/b" => """{"rows_count":1,"next_url":"https://elsewhere.test/v2/resource_instances?start=c","resources":[{"guid":"2"}]}""",
            _ => """{"rows_count":1,"next_url":null,"resources":[{"guid":"3"}]}""",
        }));
        using IbmClient client = Ibm.Client(server);
        var filter = new IbmInstanceFilter { Name = "a b", ResourceId = "databases-for-postgresql", State = "removed" };
        IReadOnlyList<IbmInstance> instances = await new IbmResources(client).ListAsync(filter, new Heard(), default);
        Assert.Equal(["1", "2", "3"], instances.Select(i => i.Guid));
        Received[] calls = [.. server.Received.Skip(1)];
        Assert.Equal(3, calls.Length);
        Assert.EndsWith("?name=a%20b&resource_id=databases-for-postgresql&state=removed", calls[0].Url, StringComparison.Ordinal);
        Assert.All(calls, c => Assert.Equal("a b", Query(c, "name")));
    }

    [Fact]
    public async Task A_list_that_leads_back_to_itself_ends_in_an_error()
    {
        using ApiServer server = Ibm.Server(Reply.Json("""{"next_url":"/v2/resource_instances?start=a","resources":[]}"""));
        using IbmClient client = Ibm.Client(server);
        await Failure.ExpectAsync(
            "PgCloud.Cloud.AnswerInvalid", () => new IbmResources(client).ListAsync(new IbmInstanceFilter(), new Heard(), default));
        Assert.Equal(2, server.CountAt("/v2/resource_instances"));
    }

    [Fact]
    public async Task The_catalog_pages_by_offset()
    {
        using ApiServer server = Ibm.Server(call => Reply.Json(Query(call, "_offset") is null
            ? """{"offset":0,"limit":2,"count":2,"resource_count":3,"next":"https://x/api/v1?_offset=2","resources":[{"id":"a","name":"x","kind":"plan"},{"id":"b","name":"y","kind":"plan"}]}"""
            : """{"offset":2,"limit":2,"count":1,"resource_count":3,"resources":[{"id":"c","name":"z","kind":"plan"},{"id":"d","kind":"iaas"}]}"""));
        using IbmClient client = Ibm.Client(server);
        Assert.Equal(["a", "b", "c"], (await new IbmCatalog(client).ListPlansAsync("service", new Heard(), default)).Select(p => p.Id));
        Assert.EndsWith("/api/v1/service/plan?_offset=2", server.Received[^1].Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tags_page_by_offset_and_total()
    {
        using ApiServer server = Ibm.Server(call => Reply.Json(Query(call, "offset") is null
            ? """{"total_count":3,"offset":0,"limit":2,"items":[{"name":"a"},{"name":"b"}]}"""
            : """{"total_count":3,"offset":2,"limit":2,"items":[{"name":"c"}]}"""));
        using IbmClient client = Ibm.Client(server);
        Assert.Equal(["a", "b", "c"], await new IbmTags(client).ListAsync("crn:x", new Heard(), default));
    }

    [Fact]
    public async Task Lists_without_pages_are_one_call()
    {
        using ApiServer server = Ibm.Server(call => Reply.Json(call.Path switch
        {
            "/v1/zones" => """{"count":1,"zones":[{"id":"z","name":"n","addresses_preview":[{"type":"subnet","value":"192.0.2.0/24"}],"address_count":12}]}""",
            "/v1/rules" => """{"count":1,"rules":[{"id":"r"}]}""",
            "/v1/reclamations" => """{"resources":[{"id":"x","state":"SCHEDULED"}]}""",
            _ => """{"resources":[{"id":"g","name":"Default","default":true},{"id":"h","name":"other"}]}""",
        }));
        using IbmClient client = Ibm.Client(server);
        var restrictions = new IbmRestrictions(client);
        IbmZone zone = Assert.Single(await restrictions.ListZonesAsync("account", "n", new Heard(), default));
        Assert.Equal((12, IbmAddressType.Subnet), (zone.AddressCount, zone.AddressesPreview![0].Type.Known));
        Assert.Equal("r", Assert.Single(await restrictions.ListRulesAsync("account", "databases-for-postgresql", "g", new Heard(), default)).Id);
        IbmReclamation reclamation = Assert.Single(await new IbmReclamations(client).ListAsync("guid", new Heard(), default));
        Assert.Equal(IbmReclamationState.Scheduled, reclamation.State.Known);
        var groups = new IbmGroups(client);
        Assert.Equal("g", (await groups.FindAsync(null, new Heard(), default)).Id);
        Assert.Equal("h", (await groups.FindAsync("other", new Heard(), default)).Id);
        PgCloudException failure = await Failure.ExpectAsync("PgCloud.Cloud.ResourceGroupNotFound", () => groups.FindAsync("none", new Heard(), default));
        Assert.Contains("Default, other", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_is_found_by_name_or_id_and_where_it_is_offered()
    {
        using ApiServer server = Ibm.Server(call => Reply.Json(call.Path switch
        {
            "/api/v1/" => """{"resources":[{"id":"other","name":"databases-for-postgresql-x","kind":"service"},{"id":"s","name":"databases-for-postgresql","kind":"service"}]}""",
            "/api/v1/s/plan" => """{"resources":[{"id":"databases-for-postgresql-standard","name":"standard","kind":"plan"},{"id":"databases-for-postgresql-gen2-standard","name":"standard-gen2","kind":"plan"}]}""",
            "/api/v1/databases-for-postgresql-gen2-standard/deployment" => """
                {"resources":[{"id":"d1","metadata":{"rc_compatible":true,"deployment":{"location":"us-east"},"other":{"resources":[{"id":"member","count":3}]}}},
                              {"id":"d2","catalog_crn":"crn:d2","metadata":{"rc_compatible":true,"deployment":{"location":"ca-mon"}}},
                              {"id":"d3","metadata":{"rc_compatible":false,"deployment":{"location":"eu-gb"}}}]}
                """,
            _ => "{}",
        }));
        using IbmClient client = Ibm.Client(server);
        var catalog = new IbmCatalog(client);
        IbmCatalogEntry plan = await catalog.GetPlanAsync("databases-for-postgresql", "standard-gen2", new Heard(), default);
        Assert.Equal(plan.Id, (await catalog.GetPlanAsync("databases-for-postgresql", plan.Id, new Heard(), default)).Id);
        Assert.Equal("crn:d2", (await catalog.GetDeploymentAsync(plan, "ca-mon", new Heard(), default)).CatalogCrn);
        Assert.Equal(3, (await catalog.GetDeploymentAsync(plan, "us-east", new Heard(), default)).Metadata!.Other!.Resources[0].Count);

        PgCloudException location = await Failure.ExpectAsync(
            "PgCloud.Cloud.RegionNotFound", () => catalog.GetDeploymentAsync(plan, "eu-gb", new Heard(), default));
        Assert.Contains("it is in: ca-mon, us-east.", location.Message, StringComparison.Ordinal);
        PgCloudException missing = await Failure.ExpectAsync(
            "PgCloud.Cloud.PlanNotFound", () => catalog.GetPlanAsync("databases-for-postgresql", "gold", new Heard(), default));
        Assert.Contains("there are: standard-gen2", missing.Message, StringComparison.Ordinal);
        await Failure.ExpectAsync("PgCloud.Cloud.OfferNotFound", () => catalog.GetServiceAsync("databases-for-x", new Heard(), default));
    }

    private static string? Query(Received call, string name) => HttpUtility.ParseQueryString(new Uri(call.Url).Query)[name];
}
