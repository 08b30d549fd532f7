// SPDX-License-Identifier: MIT

using PgCloud.Engine.Http;
using PgCloud.Engine.Providers.Ibm.Api;
using PgCloud.Errors;
using Xunit;

namespace PgCloud.Engine.Tests.Ibm;

public sealed class IbmRestrictionTests
{
    private const string Zone = """{"id":"z","name":"office","account_id":"a","addresses":[{"type":"ipAddress","value":"203.0.113.7"},{"type":"dnsName","value":"x"}],"excluded":[]}""";

    [Theory]
    [InlineData("\"2-abc\"")]
    [InlineData("2-abc")]
    public async Task A_zone_is_read_with_its_version_and_replaced_by_it(string version)
    {
        using ApiServer server = Ibm.Server(_ => Reply.Json(Zone) with { Headers = new() { ["ETag"] = version } });
        using IbmClient client = Ibm.Client(server);
        var restrictions = new IbmRestrictions(client);
        IbmVersioned<IbmZone>? read = await restrictions.FindZoneAsync("z", new Heard(), default);
        Assert.Equal(version, read!.ETag);
        Assert.Equal((IbmAddressType.IpAddress, "203.0.113.7"), (read.Value.Addresses![0].Type.Known, read.Value.Addresses[0].Value));
        Assert.Equal(("dnsName", null), (read.Value.Addresses[1].Type.Text, read.Value.Addresses[1].Type.Known));

        var change = new IbmZone
        {
            Name = "office",
            AccountId = "a",
            Addresses = [new IbmAddress { Type = new ApiEnum<IbmAddressType>("subnet"), Value = "192.0.2.0/24" }, read.Value.Addresses[1]],
        };
        Assert.Equal(version, (await restrictions.ReplaceZoneAsync("z", change, read.ETag!, new Heard(), default)).ETag);
        Assert.Equal(version, server.Received[^1].Headers["If-Match"]);
        Assert.Equal(
            """{"name":"office","account_id":"a","addresses":[{"type":"subnet","value":"192.0.2.0/24"},{"type":"dnsName","value":"x"}]}""",
            server.Received[^1].Body);
    }

    [Fact]
    public async Task A_zone_that_somebody_else_has_changed_is_a_conflict()
    {
        using ApiServer server = Ibm.Server(new Reply(412, """{"trace":"t","errors":[{"code":"stale","message":"The version is not the current one."}]}"""));
        using IbmClient client = Ibm.Client(server);
        PgCloudException failure = await Failure.ExpectAsync(
            "PgCloud.Cloud.ChangedMeanwhile", () => new IbmRestrictions(client).ReplaceZoneAsync("z", new IbmZone(), "\"1\"", new Heard(), default));
        Assert.Equal((PgErrorKind.InvalidState, "t"), (failure.Kind, failure.QueryId));
        Assert.Equal(1, server.CountAt("/v1/zones/z"));
    }

    [Fact]
    public async Task A_conflict_with_what_may_be_our_own_first_attempt_is_not_said_to_be_another_s()
    {
        int calls = 0;
        using ApiServer server = Ibm.Server(_ => Interlocked.Increment(ref calls) == 1
            ? Reply.Json(Zone) with { IsCutBefore = true }
            : new Reply(412, """{"errors":[{"code":"stale","message":"The version is not the current one."}]}"""));
        using IbmClient client = Ibm.Client(server);
        await Failure.ExpectAsync(
            "PgCloud.Cloud.OutcomeUnknown", () => new IbmRestrictions(client).ReplaceRuleAsync("r", new IbmRule(), "\"1\"", new Heard(), default));
        Assert.Equal(2, server.CountAt("/v1/rules/r"));
    }

    [Fact]
    public async Task A_rule_is_sent_as_IBM_documents_it()
    {
        using ApiServer server = Ibm.Server(_ => Reply.Json("""{"id":"r","enforcement_mode":"enabled"}"""));
        using IbmClient client = Ibm.Client(server);
        var rule = new IbmRule
        {
            Description = "orders",
            Contexts =
            [
                new IbmRuleContext { Attributes = [new IbmAttribute { Name = "networkZoneId", Value = "z" }, new IbmAttribute { Name = "endpointType", Value = "private" }] },
            ],
            Resources =
            [
                new IbmRuleResource
                {
                    Attributes =
                    [
                        new IbmAttribute { Name = "accountId", Value = "a", Operator = "stringEquals" },
                        new IbmAttribute { Name = "serviceInstance", Value = "g", Operator = "stringEquals" },
                        new IbmAttribute { Name = "serviceName", Value = "databases-for-postgresql", Operator = "stringEquals" },
                    ],
                },
            ],
            Operations = new IbmRuleOperations
            {
                ApiTypes = [new IbmApiType { ApiTypeId = "crn:v1:bluemix:public:context-based-restrictions::::api-type:data-plane" }],
            },
            EnforcementMode = new ApiEnum<IbmEnforcementMode>("enabled"),
        };
        Assert.Equal(IbmEnforcementMode.Enabled, (await new IbmRestrictions(client).CreateRuleAsync(rule, new Heard(), default)).EnforcementMode?.Known);
        Assert.Equal(
            """
            {"description":"orders","contexts":[{"attributes":[{"name":"networkZoneId","value":"z"},{"name":"endpointType","value":"private"}]}],"resources":[{"attributes":[{"name":"accountId","value":"a","operator":"stringEquals"},{"name":"serviceInstance","value":"g","operator":"stringEquals"},{"name":"serviceName","value":"databases-for-postgresql","operator":"stringEquals"}]}],"operations":{"api_types":[{"api_type_id":"crn:v1:bluemix:public:context-based-restrictions::::api-type:data-plane"}]},"enforcement_mode":"enabled"}
            """.Trim(),
            server.Received[^1].Body);
    }
}
