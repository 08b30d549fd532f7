// SPDX-License-Identifier: MIT

using System.Net;
using PgCloud.Contracts;
using PgCloud.Engine.Http;
using PgCloud.Engine.Providers.Ovh.Api;
using PgCloud.Engine.Sql.Credentials;
using PgCloud.Engine.Tests.Ovh;
using PgCloud.Errors;
using Xunit;

namespace PgCloud.Engine.Tests.Http;

public sealed class ApiProxyTests
{
    private const string Password = "proxy-password-7c1f";

    [Fact]
    public async Task Plain_HTTP_goes_by_the_proxy()
    {
        using ApiServer server = new(r => Reply.Json($$"""{"id":"{{r.Body.Length}}"}"""));
        using var proxy = new ForwardProxy();
        using OvhClient client = Ovh.Ovh.Client(server, options: Options(proxy));
        Assert.Equal("7", (await client.PostAsync<Thing>("/x", new { a = 1 }, new Heard(), default)).Id);
        Assert.Contains(proxy.Asked, l => l.StartsWith($"POST {server.Api}/x ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task HTTPS_goes_through_a_tunnel_that_sees_nothing_of_it()
    {
        using var certificate = ApiTransportTests.SelfSigned("127.0.0.1");
        using ApiServer server = new(_ => Reply.Json("""{"id":"a"}"""), certificate);
        using var proxy = new ForwardProxy();
        using OvhClient client = Ovh.Ovh.Client(server, options: Options(proxy));

        // That this authority is not trusted is told by TLS, so the tunnel leads to the server.
        await Failure.ExpectAsync("PgCloud.Cloud.CertificateSelfSigned", () => client.GetAsync<Thing>("/x", new Heard(), default));
        string authority = new Uri(server.Origin).Authority;
        Assert.All(proxy.Asked, l => Assert.Equal($"CONNECT {authority} HTTP/1.1", l));
        Assert.NotEmpty(proxy.Asked);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_proxy_that_wants_a_credential_gets_it_or_is_an_error_at_once(bool isSecure)
    {
        using var certificate = ApiTransportTests.SelfSigned("127.0.0.1");
        using ApiServer server = new(_ => Reply.Json("""{"id":"a"}"""), isSecure ? certificate : null);
        using var proxy = new ForwardProxy(new NetworkCredential("me", Password));
        var heard = new Heard();
        foreach (string? password in new[] { null, "wrong-password-55" })
        {
            using OvhClient stranger = Ovh.Ovh.Client(server, options: Options(proxy, password));
            PgCloudException failure = await Failure.ExpectAsync(
                "PgCloud.Cloud.ProxyRefused", () => stranger.PostAsync<Thing>("/x", new { }, heard, default));
            Assert.Equal(PgErrorKind.Authentication, failure.Kind);
            Assert.DoesNotContain("wrong-password-55", failure.ToString(), StringComparison.Ordinal);
        }

        Assert.Empty(heard.Steps);
        Assert.Equal(0, server.Count("/x"));
        using OvhClient client = Ovh.Ovh.Client(server, options: Options(proxy, Password));
        if (isSecure)
        {
            await Failure.ExpectAsync("PgCloud.Cloud.CertificateSelfSigned", () => client.GetAsync<Thing>("/x", heard, default));
        }
        else
        {
            Assert.Equal("a", (await client.GetAsync<Thing>("/x", heard, default)).Id);
        }
    }

    [Fact]
    public async Task A_proxy_that_is_not_there_is_Unreachable()
    {
        using ApiServer server = new(_ => Reply.Json("{}"));
        var gone = new ForwardProxy();
        ApiClientOptions options = Options(gone) with { Retries = 1 };
        gone.Dispose();
        using OvhClient client = Ovh.Ovh.Client(server, options: options);
        await Failure.ExpectAsync("PgCloud.Cloud.Unreachable", () => client.GetAsync<Thing>("/x", new Heard(), default));
        Assert.Empty(server.Received);
    }

    [Theory]
    [InlineData("http://me:secret-in-url@proxy.example:3128")]
    [InlineData("proxy.example:3128")]
    [InlineData("ftp://proxy.example")]
    public void A_proxy_that_cannot_be_used_is_an_error_before_any_call(string proxy)
    {
        var failure = Assert.Throws<PgCloudException>(
            () => new ApiClientOptions().With(new CallSettings { Proxy = new Uri(proxy, UriKind.RelativeOrAbsolute) }));
        Assert.Equal("PgCloud.Cloud.ProxyInvalid", failure.ErrorId);
        Assert.DoesNotContain("secret-in-url", $"{failure} {failure.Target}", StringComparison.Ordinal);
    }

    private static ApiClientOptions Options(ForwardProxy proxy, string? password = null) => Ovh.Ovh.Impatient.With(new CallSettings
    {
        Proxy = proxy.Url,
        ProxyUser = password is null ? null : "me",
        ProxyPassword = password is null ? null : Passwords.FromCharacters(password),
    });
}
