// SPDX-License-Identifier: MIT

using PgCloud.Contracts;
using PgCloud.Engine.Providers.Ibm;
using PgCloud.Engine.Providers.Ovh;
using PgCloud.Engine.Sql.Credentials;
using Xunit;

namespace PgCloud.Engine.Tests.Http;

/// <summary>Sessions of one account share its pace, whatever their credentials.</summary>
public sealed class ApiAccountPaceTests
{
    private const string Orders = "0123456789abcdef0123456789abcdef";
    private const string Stock = "fedcba9876543210fedcba9876543210";

    private static readonly Reply TooMany = new(429, """{"message":"Too many requests"}""") { Headers = new() { ["Retry-After"] = "3600" } };

    [Fact]
    public async Task Two_consumer_keys_of_one_OVHcloud_account_share_a_pause_and_another_account_s_has_none()
    {
        bool isBusy = false;
        using var server = new ApiServer(call => call.Path switch
        {
            "/1.0/auth/details" => Reply.Json($$"""{"account":"{{(call.Headers["X-Ovh-Consumer"] == "key-of-another" ? "bb-ovh" : "aa-ovh")}}"}"""),
            _ => isBusy ? TooMany : Reply.Json("[]"),
        });
        await ExpectSharedAsync(
            server, () => isBusy = true, await OvhAsync(server, "key-one", Orders), await OvhAsync(server, "key-two", Stock), await OvhAsync(server, "key-of-another", Orders));
    }

    [Theory]
    [InlineData(403)]
    [InlineData(404)]
    public async Task Where_the_API_does_not_tell_the_account_those_of_one_project_share(int status)
    {
        bool isBusy = false;
        using var server = new ApiServer(call => call.Path == "/1.0/auth/details"
            ? new Reply(status, """{"message":"This call has not been granted"}""")
            : isBusy ? TooMany : Reply.Json("[]"));
        await ExpectSharedAsync(
            server, () => isBusy = true, await OvhAsync(server, "key-one", Orders), await OvhAsync(server, "key-two", Orders), await OvhAsync(server, "key-one", Stock));
    }

    [Fact]
    public async Task An_API_that_never_tells_the_account_keeps_nobody_from_connecting()
    {
        using var server = new ApiServer(call => call.Path == "/1.0/auth/details" ? new Reply(500, "{}") : Reply.Json("[]"));
        ICloudProvider session = await OvhAsync(server, "key-one", Orders);
        Assert.Empty(await session.GetInstancesAsync(new Heard(), default));
    }

    [Fact]
    public async Task A_pause_holds_for_who_connects_anew_with_the_same_credential_from_the_first_call()
    {
        bool isBusy = false;
        using var server = new ApiServer(call => call.Path == "/1.0/auth/details"
            ? Reply.Json("""{"account":"aa-ovh"}""")
            : isBusy ? TooMany : Reply.Json("[]"));
        ICloudProvider session = await OvhAsync(server, "key-one", Orders);
        isBusy = true;
        await Failure.ExpectAsync("PgCloud.Cloud.RateLimited", () => session.GetInstancesAsync(new Heard(), default));
        int before = server.Received.Count;
        await Failure.ExpectAsync("PgCloud.Cloud.RateLimited", () => OvhAsync(server, "key-one", Orders));
        Assert.Equal(before, server.Received.Count);
    }

    [Fact]
    public async Task Two_API_keys_of_one_IBM_Cloud_account_share_a_pause_and_another_account_s_has_none()
    {
        bool isBusy = false;
        using var server = new ApiServer(call => call.Path switch
        {
            Ibm.Ibm.TokenPath => Ibm.Ibm.Token(call.Body!.Contains("another", StringComparison.Ordinal) ? "token-of-another" : "token"),
            "/v2/resource_groups" => Reply.Json($$"""
                {"resources":[{"id":"g","name":"Default","default":true,
                 "account_id":"{{(call.Headers["Authorization"]!.Contains("another", StringComparison.Ordinal) ? "bb" : "aa")}}"}]}
                """),
            _ => isBusy ? TooMany : Reply.Json("""{"resources":[],"rows_count":0}"""),
        });
        await ExpectSharedAsync(
            server, () => isBusy = true, await IbmAsync(server, "key-one"), await IbmAsync(server, "key-two"), await IbmAsync(server, "key-of-another"));
    }

    private static async Task ExpectSharedAsync(ApiServer server, Action makeBusy, ICloudProvider told, ICloudProvider sharing, ICloudProvider other)
    {
        makeBusy();
        await Failure.ExpectAsync("PgCloud.Cloud.RateLimited", () => told.GetInstancesAsync(new Heard(), default));
        int before = server.Received.Count;
        await Failure.ExpectAsync("PgCloud.Cloud.RateLimited", () => sharing.GetInstancesAsync(new Heard(), default));
        Assert.Equal(before, server.Received.Count);
        await Failure.ExpectAsync("PgCloud.Cloud.RateLimited", () => other.GetInstancesAsync(new Heard(), default));
        Assert.NotEqual(before, server.Received.Count);
    }

    private static Task<ICloudProvider> OvhAsync(ApiServer server, string consumerKey, string project) => OvhConnector.ConnectAsync(
        new CloudAccountRequest
        {
            Endpoint = server.Api,
            ApplicationKey = Ovh.Ovh.ApplicationKey,
            ApplicationSecret = Passwords.FromCharacters(Ovh.Ovh.ApplicationSecret),
            ConsumerKey = Passwords.FromCharacters(consumerKey),
            Project = project,
        },
        new Heard(),
        CancellationToken.None,
        Ovh.Ovh.Impatient with { Paces = server.Paces, Circuits = server.Circuits });

    private static Task<ICloudProvider> IbmAsync(ApiServer server, string apiKey) => IbmConnector.ConnectAsync(
        new CloudAccountRequest { Endpoint = server.Origin, ApiKey = Passwords.FromCharacters(apiKey) },
        new Heard(),
        CancellationToken.None,
        Ibm.Ibm.Impatient with { Paces = server.Paces, Circuits = server.Circuits });
}
