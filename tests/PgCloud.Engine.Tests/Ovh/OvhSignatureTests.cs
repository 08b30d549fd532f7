// SPDX-License-Identifier: MIT

using System.Text;
using Newtonsoft.Json.Linq;
using PgCloud.Engine.Providers.Ovh.Api;
using PgCloud.Engine.Sql.Credentials;
using Xunit;

namespace PgCloud.Engine.Tests.Ovh;

public sealed class OvhSignatureTests
{
    private const string Fine = """{"id":"a"}""";

    [Theory]
    [InlineData("GET", "", "$1$e9556054b6309771395efa467c22e627407461ad")]
    [InlineData("POST", """{"a":"b","c":"d"}""", "$1$ec2fb5c7a81f64723c77d2e5b609ae6f58a84fc1")]
    [InlineData("PUT", """{"a":"b","c":"d"}""", "$1$8a75a9e7c8e7296c9dbeda6a2a735eb6bd58ec4b")]
    [InlineData("DELETE", "", "$1$a1eecd00b3b02b6cf5708b84b9ff42059a950d85")]
    public void The_vectors_of_the_API_s_own_clients_hold(string method, string body, string signature) =>
        Assert.Equal(signature, Sign(method, "https://eu.api.ovh.com/1.0/auth", body, 1457018875));

    [Fact]
    public async Task What_arrives_is_what_was_signed()
    {
        using var server = new ApiServer(_ => Reply.Json(Fine)) { ClockOff = 7200 };
        using OvhClient client = Ovh.Client(server);
        var heard = new Heard();
        await client.GetAsync<Thing>("/cloud/project/p%2F1?x=a%20b&y=1.2.3.4%2F32", heard, default);
        await client.PostAsync<Thing>("/cloud/project", new { name = "Zoë €", nothing = (string?)null }, heard, default);
        await client.PutAsync("/cloud/project/1", new JObject { ["networkId"] = null }, heard, default);
        await client.PostAsync<Thing>("/cloud/project/1/reset", null, heard, default);
        await client.DeleteAsync("/cloud/project/1", heard, default);

        Received[] calls = [.. server.Received.Skip(1)];
        Assert.Equal(5, calls.Length);
        Assert.All(calls, call =>
        {
            long time = long.Parse(call.Headers["X-Ovh-Timestamp"]!, System.Globalization.CultureInfo.InvariantCulture);
            Assert.InRange(time, server.Time - 120, server.Time + 5);
            Assert.Equal(Sign(call.Method, call.Url, call.Body, time), call.Headers["X-Ovh-Signature"]);
            Assert.Equal((Ovh.ApplicationKey, Ovh.ConsumerKey), (call.Headers["X-Ovh-Application"], call.Headers["X-Ovh-Consumer"]));
            Assert.Matches(@"^PgCloud/\d+\.\d+\.\d+$", call.Headers["User-Agent"]);
            Assert.Null(call.Headers["Authorization"]);
        });
        Assert.Equal("""{"name":"Zo\u00eb \u20ac"}""", calls[1].Body);
        Assert.Equal("""{"networkId":null}""", calls[2].Body);
        Assert.Equal("application/json; charset=utf-8", calls[1].Headers["Content-Type"]);
        Assert.Empty(heard.Steps);
    }

    [Fact]
    public async Task The_server_s_time_is_asked_once_unsigned_and_only_when_needed()
    {
        using var server = new ApiServer(_ => Reply.Json(Fine));
        using OvhClient client = Ovh.Client(server);
        Assert.Empty(server.Received);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => client.GetAsync<Thing>("/x", new Heard(), default)));
        Assert.Equal(1, server.Count("/auth/time"));
        Assert.Equal(Ovh.ApplicationKey, server.Received[0].Headers["X-Ovh-Application"]);
        Assert.Null(server.Received[0].Headers["X-Ovh-Signature"]);
    }

    [Fact]
    public async Task A_clock_that_jumps_is_asked_again_once_for_all_calls_that_failed()
    {
        ApiServer? self = null;
        using var server = new ApiServer(call => Math.Abs(long.Parse(call.Headers["X-Ovh-Timestamp"]!, null) - self!.Time) > 30
            ? Reply.Gateway(400, "QUERY_TIME_OUT", "Query out of time") with { Delay = TimeSpan.FromMilliseconds(100) }
            : Reply.Json(Fine));
        self = server;
        using OvhClient client = Ovh.Client(server);
        await client.GetAsync<Thing>("/x", new Heard(), default);
        server.ClockOff = -3 * 3600;

        var heard = new Heard();
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => client.PostAsync<Thing>("/x", new { }, heard, default)));
        Assert.Equal(2, server.Count("/auth/time"));
        Assert.All(heard.Steps, s => Assert.Contains("QUERY_TIME_OUT", s, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_clock_that_stays_wrong_is_an_error_after_one_more_attempt()
    {
        using var server = new ApiServer(_ => Reply.Gateway(400, "QUERY_TIME_OUT", "Query out of time"));
        using OvhClient client = Ovh.Client(server);
        await Ovh.FailsAsync("PgCloud.Cloud.ClockWrong", () => client.GetAsync<Thing>("/x", new Heard(), default));
        Assert.Equal((2, 2), (server.Count("/auth/time"), server.Count("/x")));
    }

    [Fact]
    public async Task A_consumer_key_is_asked_for_without_a_signature()
    {
        using var server = new ApiServer(_ => Reply.Json("""{"consumerKey":"x","state":"pendingValidation"}"""));
        using OvhClient client = Ovh.Client(
            server, new OvhApplicationCredential(Ovh.ApplicationKey, Passwords.FromCharacters(Ovh.ApplicationSecret), null));
        await client.PostUnauthorisedAsync<JObject>("/auth/credential", new { accessRules = Array.Empty<object>() }, new Heard(), default);
        Received call = Assert.Single(server.Received);
        Assert.Equal(Ovh.ApplicationKey, call.Headers["X-Ovh-Application"]);
        Assert.Null(call.Headers["X-Ovh-Signature"]);
    }

    private static string Sign(string method, string url, string body, long time) => OvhSignature.Compute(
        Passwords.FromCharacters(Ovh.ApplicationSecret),
        Passwords.FromCharacters(Ovh.ConsumerKey),
        method,
        url,
        Encoding.UTF8.GetBytes(body),
        time);
}
