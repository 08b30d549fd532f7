// SPDX-License-Identifier: MIT

using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using PgCloud.Engine.Providers.Ovh.Api;
using PgCloud.Engine.Tests.Ovh;
using PgCloud.Errors;
using Xunit;

namespace PgCloud.Engine.Tests.Http;

public sealed class ApiTransportTests
{
    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task No_redirection_is_followed_and_nothing_goes_to_where_it_leads(int status)
    {
        using var elsewhere = new ApiServer(_ => Reply.Json("""{"id":"a"}"""));
        using var server = new ApiServer(_ => new Reply(status, string.Empty) { Headers = new() { ["Location"] = elsewhere.Api + "/x" } });
        using OvhClient client = Ovh.Ovh.Client(server);
        await Failure.ExpectAsync("PgCloud.Cloud.Redirected", () => client.GetAsync<Thing>("/x", new Heard(), default));
        await Failure.ExpectAsync("PgCloud.Cloud.Redirected", () => client.PostAsync<Thing>("/x", new { a = 1 }, new Heard(), default));
        await Failure.ExpectAsync("PgCloud.Cloud.Redirected", () => client.DeleteAsync("/x", new Heard(), default));
        Assert.Empty(elsewhere.Received);
        Assert.Equal(3, server.Count("/x"));
    }

    [Fact]
    public async Task A_token_URL_that_redirects_gets_no_secret_sent_elsewhere()
    {
        using var elsewhere = new ApiServer(_ => Reply.Json("""{"access_token":"x","expires_in":3600}"""));
        using var server = new ApiServer(_ => new Reply(307, string.Empty) { Headers = new() { ["Location"] = elsewhere.Origin + "/token" } });
        using OvhClient client = Ovh.Ovh.ServiceAccount(server);
        await Failure.ExpectAsync("PgCloud.Cloud.Redirected", () => client.GetAsync<Thing>("/x", new Heard(), default));
        Assert.Empty(elsewhere.Received);
    }

    [Fact]
    public async Task A_certificate_that_signed_itself_has_an_id_of_its_own_and_the_call_is_not_sent()
    {
        using X509Certificate2 certificate = SelfSigned("127.0.0.1");
        using var server = new ApiServer(_ => Reply.Json("{}"), certificate);
        using OvhClient client = Ovh.Ovh.Client(server);
        var heard = new Heard();
        PgCloudException failure = await Failure.ExpectAsync(
            "PgCloud.Cloud.CertificateSelfSigned", () => client.PostAsync<Thing>("/x", new { }, heard, default));
        Assert.Equal(PgErrorKind.Security, failure.Kind);
        Assert.Contains("SSL_CERT_FILE", failure.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(server.Received);
        Assert.Empty(heard.Steps);
    }

    internal static X509Certificate2 SelfSigned(string host)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(System.Net.IPAddress.Parse(host));
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return new X509Certificate2(made.Export(X509ContentType.Pkcs12));
    }
}
