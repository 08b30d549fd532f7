// SPDX-License-Identifier: MIT

using Newtonsoft.Json.Linq;
using PgCloud.Emulator.Tests;
using PgCloud.Engine.Http;
using PgCloud.Engine.Providers.Ibm.Api;
using Xunit;

namespace PgCloud.Engine.Tests.Ibm;

/// <summary>What the module sends is what IBM Cloud's own client for Node.js sends for the same acts: method, path and body.</summary>
public sealed class IbmBodyTests
{
    private readonly Heard _heard = new();

    [NpmClientFact("@ibm-cloud/platform-services")]
    public async Task The_bodies_are_those_of_IBMs_own_client()
    {
        using ApiServer server = Ibm.Server(Answer);
        await ActAsync(server);
        string[] ours = Sent(server, 0);
        int before = server.Received.Count;
        await NpmClientFactAttribute.RunAsync("ibm-bodies.js", new Dictionary<string, string> { ["SERVER_URL"] = server.Origin });
        string[] theirs = Sent(server, before);
        Assert.Equal(8, ours.Length);
        Assert.Equal(theirs, ours);
    }

    // What each of the services answers to it, as far as either client looks at it.
    private static Reply Answer(Received call) => call.Path.StartsWith("/v3/tags", StringComparison.Ordinal)
        ? Reply.Json("""{"results":[{"resource_id":"crn:instance","is_error":false}]}""")
        : Reply.Json("""{"id":"id","guid":"guid","name":"n","state":"active"}""");

    private static string[] Sent(ApiServer server, int from) =>
    [
        .. server.Received.Skip(from)
            .Where(r => r.Method != "GET" && r.Path != Ibm.TokenPath)
            .Select(r => $"{r.Method} {r.Path.Replace("%3A", ":", StringComparison.OrdinalIgnoreCase)} {Ordered(JToken.Parse(r.Body))}"),
    ];

    // The order of fields means nothing.
    private static string Ordered(JToken token) => token switch
    {
        JObject fields => "{" + string.Join(",", fields.Properties().OrderBy(p => p.Name, StringComparer.Ordinal).Select(p => $"{p.Name}:{Ordered(p.Value)}")) + "}",
        JArray items => "[" + string.Join(",", items.Select(Ordered)) + "]",
        _ => token.ToString(Newtonsoft.Json.Formatting.None),
    };

    private async Task ActAsync(ApiServer server)
    {
        using IbmClient client = Ibm.Client(server);
        var instances = new IbmResources(client);
        await instances.CreateAsync(
            new IbmInstanceCreation("orders", "crn:deployment", "group", "plan")
            {
                Tags = ["env:test"],
                Parameters = JObject.Parse("""{"dataservices":{"postgresql":{"storage_gb":40,"members":3,"host_flavor":"bx3d.8x40"}}}"""),
            },
            _heard,
            default);
        await instances.UpdateAsync(
            "guid", new { parameters = JObject.Parse("""{"dataservices":{"postgresql":{"storage_gb":60}}}""") }, _heard, default);
        await new IbmKeys(client).CreateAsync(
            new IbmKeyCreation("ops", "crn:instance")
            {
                Parameters = new JObject { ["role_crn"] = "crn:v1:bluemix:public:iam::::serviceRole:Manager" },
            },
            _heard,
            default);
        await new IbmReclamations(client).RestoreAsync(new IbmReclamation { Id = "reclamation" }, "why", _heard, default);
        var restrictions = new IbmRestrictions(client);
        await restrictions.CreateZoneAsync(Zone(), _heard, default);
        await restrictions.ReplaceZoneAsync("zone", Zone(), "tag", _heard, default);
        await restrictions.CreateRuleAsync(Rule(), _heard, default);
        await new IbmTags(client).AttachAsync("crn:instance", ["a", "b"], _heard, default);
    }

    private static IbmZone Zone() => new()
    {
        Name = "pgcloud-guid",
        AccountId = "account",
        Description = "of orders",
        Addresses =
        [
            new IbmAddress { Type = new ApiEnum<IbmAddressType>("ipAddress"), Value = "203.0.113.7" },
            new IbmAddress { Type = new ApiEnum<IbmAddressType>("subnet"), Value = "10.1.0.0/24" },
        ],
    };

    private static IbmRule Rule() => new()
    {
        Description = "addresses of orders",
        Contexts = [new IbmRuleContext { Attributes = [new() { Name = "networkZoneId", Value = "zone" }, new() { Name = "endpointType", Value = "private" }] }],
        Resources =
        [
            new IbmRuleResource
            {
                Attributes =
                [
                    new() { Name = "accountId", Value = "account", Operator = "stringEquals" },
                    new() { Name = "serviceName", Value = "databases-for-postgresql", Operator = "stringEquals" },
                    new() { Name = "serviceInstance", Value = "guid", Operator = "stringEquals" },
                ],
            },
        ],
        Operations = new IbmRuleOperations
        {
            ApiTypes = [new IbmApiType { ApiTypeId = "crn:v1:bluemix:public:context-based-restrictions::::api-type:data-plane" }],
        },
        EnforcementMode = new ApiEnum<IbmEnforcementMode>("enabled"),
    };
}
