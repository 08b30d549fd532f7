// SPDX-License-Identifier: MIT

using PgCloud.Engine.Providers.Ovh.Api;
using PgCloud.Errors;
using Xunit;

namespace PgCloud.Engine.Tests.Ovh;

public sealed class OvhEndpointTests
{
    [Theory]
    [InlineData(null, "https://eu.api.ovh.com/1.0", "https://www.ovh.com/auth/oauth2/token")]
    [InlineData("", "https://eu.api.ovh.com/1.0", "https://www.ovh.com/auth/oauth2/token")]
    [InlineData("ovh-eu", "https://eu.api.ovh.com/1.0", "https://www.ovh.com/auth/oauth2/token")]
    [InlineData("OVH-CA", "https://ca.api.ovh.com/1.0", "https://ca.ovh.com/auth/oauth2/token")]
    [InlineData("ovh-us", "https://api.us.ovhcloud.com/1.0", "https://us.ovhcloud.com/auth/oauth2/token")]
    [InlineData("http://127.0.0.1:8080/1.0", "http://127.0.0.1:8080/1.0", "http://127.0.0.1:8080/auth/oauth2/token")]
    [InlineData("https://emulator.test/v1", "https://emulator.test/v1", "https://emulator.test/auth/oauth2/token")]
    [InlineData("http://localhost:8080/1.0", "http://localhost:8080/1.0", "http://localhost:8080/auth/oauth2/token")]
    [InlineData("http://[::1]:8080/1.0", "http://[::1]:8080/1.0", "http://[::1]:8080/auth/oauth2/token")]
    public void A_name_or_a_URL_gives_both_addresses(string? given, string api, string token)
    {
        OvhEndpoint endpoint = OvhEndpoint.Parse(given);
        Assert.Equal((api, token), (endpoint.ApiBase, endpoint.TokenUrl.AbsoluteUri));
    }

    [Fact]
    public void A_token_URL_that_is_given_wins() =>
        Assert.Equal("https://id.test/token", OvhEndpoint.Parse("ovh-eu", "https://id.test/token").TokenUrl.AbsoluteUri);

    [Theory]
    [InlineData("ovh-de", "no endpoint of that name")]
    [InlineData("https://eu.api.ovh.com/1.0/", "slash at its end")]
    [InlineData("ftp://eu.api.ovh.com/1.0", "http or https")]
    [InlineData("/1.0", "http or https")]
    [InlineData("https://eu.api.ovh.com/1.0?x=1", "query")]
    [InlineData("https://me:hunter2@eu.api.ovh.com/1.0", "user name or password")]
    [InlineData("me:hunter2@eu.api.ovh.com/1.0", "http or https")]
    [InlineData("https:/me:hunter2@eu.api.ovh.com/1.0", "http or https")]
    [InlineData("me:hunter2@eu.api.ovh.com", "no endpoint of that name")]
    [InlineData("https://eu.api.ovh.com/1.0?token=hunter2", "query")]
    [InlineData("https://eu.api.ovh.com/1.0#hunter2", "fragment")]
    [InlineData("http://eu.api.ovh.com/1.0", "every other host with https")]
    [InlineData("http://10.0.0.1/1.0", "every other host with https")]
    [InlineData("http://localhost.example.com/1.0", "every other host with https")]
    public void Anything_else_is_refused(string given, string reason)
    {
        PgCloudException failure = Assert.Throws<PgCloudException>(() => OvhEndpoint.Parse(given));
        Assert.Equal("PgCloud.Cloud.EndpointInvalid", failure.ErrorId);
        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", failure.Message + failure.Target, StringComparison.Ordinal);
    }

    [Fact]
    public void A_token_URL_over_plain_http_is_refused_as_the_endpoint_is()
    {
        PgCloudException failure = Assert.Throws<PgCloudException>(() => OvhEndpoint.Parse("ovh-eu", "http://id.test/token"));
        Assert.Equal(("PgCloud.Cloud.EndpointInvalid", "http://id.test/token"), (failure.ErrorId, failure.Target));
        Assert.Equal("http://127.0.0.1:1/token", OvhEndpoint.Parse("ovh-eu", "http://127.0.0.1:1/token").TokenUrl.AbsoluteUri);
    }
}
