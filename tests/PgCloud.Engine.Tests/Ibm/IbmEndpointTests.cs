// SPDX-License-Identifier: MIT

using PgCloud.Engine.Providers.Ibm.Api;
using PgCloud.Errors;
using Xunit;

namespace PgCloud.Engine.Tests.Ibm;

public sealed class IbmEndpointTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("pgcloud-ibm-");
    private readonly Dictionary<string, string> _environment = [];

    public void Dispose() => _directory.Delete(true);

    [Theory]
    [InlineData(null, null, "iam", "resource-controller", "globalcatalog", "tags.global-search-tagging", "cbr")]
    [InlineData("public", "eu-de", "iam", "resource-controller", "globalcatalog", "tags.global-search-tagging", "cbr")]
    [InlineData("private", "us-east", "private.us-east.iam", "private.us-east.resource-controller", "private.us-east.globalcatalog", "tags.private.us-east.global-search-tagging", "private.us-east.cbr")]
    [InlineData("private", "eu-de", "private.iam", "private.us-south.resource-controller", "private.us-south.globalcatalog", "tags.private.us-south.global-search-tagging", "private.eu-de.cbr")]
    [InlineData("public-and-private", "ca-mon", "private.iam", "private.us-south.resource-controller", "private.us-south.globalcatalog", "tags.private.us-south.global-search-tagging", "private.cbr")]
    public void IBM_s_hosts_follow_visibility_and_region(
        string? visibility, string? region, string iam, string controller, string catalog, string tagging, string restrictions)
    {
        IbmEndpoints endpoints = Resolve(new IbmSettings { Visibility = visibility, Region = region });
        Assert.Equal(
            new[] { iam, controller, controller, catalog, tagging, restrictions }.Select(h => $"https://{h}.cloud.ibm.com"),
            Enum.GetValues<IbmService>().Select(s => endpoints[s]));
    }

    [Fact]
    public void What_is_given_counts_before_the_environment_before_the_file_before_IBM_s_hosts()
    {
        string file = Path.Combine(_directory.FullName, "endpoints.json");
        File.WriteAllText(file, """
            {"IBMCLOUD_IAM_API_ENDPOINT":{"public":{"us-south":"https://iam.file.test"}},
             "IBMCLOUD_RESOURCE_CONTROLLER_API_ENDPOINT":{"public":{"us-south":"https://rc.file.test"},"private":{"us-south":"https://other.test"}},
             "IBMCLOUD_GT_API_ENDPOINT":{"public":{"eu-de":"https://other.test"}}}
            """);
        _environment["IC_ENDPOINTS_FILE_PATH"] = file;
        _environment["IBMCLOUD_RESOURCE_CONTROLLER_API_ENDPOINT"] = "https://rc.env.test";
        _environment["IBMCLOUD_RESOURCE_CATALOG_API_ENDPOINT"] = "https://catalog.env.test/api/v1";
        IbmEndpoints endpoints = Resolve(new IbmSettings
        {
            Endpoints = new Dictionary<IbmService, string> { [IbmService.ContextBasedRestrictions] = "https://cbr.given.test" },
        });
        Assert.Equal("https://iam.file.test", endpoints[IbmService.Iam]);
        Assert.Equal("https://rc.env.test", endpoints[IbmService.ResourceController]);
        Assert.Equal("https://catalog.env.test", endpoints[IbmService.GlobalCatalog]);
        Assert.Equal("https://cbr.given.test", endpoints[IbmService.ContextBasedRestrictions]);
        Assert.Equal("https://tags.global-search-tagging.cloud.ibm.com", endpoints[IbmService.GlobalTagging]);
    }

    [Fact]
    public void One_URL_for_all_is_for_all_whatever_the_environment_says()
    {
        _environment["IBMCLOUD_IAM_API_ENDPOINT"] = "https://elsewhere.test";
        IbmEndpoints endpoints = Resolve(new IbmSettings { Endpoint = "http://127.0.0.1:8080" });
        Assert.All(Enum.GetValues<IbmService>(), s => Assert.Equal("http://127.0.0.1:8080", endpoints[s]));
    }

    [Theory]
    [InlineData("http://iam.cloud.ibm.com", "every other host with https")]
    [InlineData("https://iam.cloud.ibm.com/", "slash at its end")]
    [InlineData("https://me:hunter2@iam.cloud.ibm.com", "user name or password")]
    [InlineData("iam.cloud.ibm.com", "http or https")]
    public void A_URL_that_cannot_be_used_is_refused(string url, string reason)
    {
        _environment["IBMCLOUD_IAM_API_ENDPOINT"] = url;
        PgCloudException failure = Assert.Throws<PgCloudException>(() => Resolve(new IbmSettings()));
        Assert.Equal("PgCloud.Cloud.EndpointInvalid", failure.ErrorId);
        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", failure.Message + failure.Target, StringComparison.Ordinal);
    }

    [Fact]
    public void A_visibility_and_a_file_that_are_none_are_refused()
    {
        Assert.Equal("PgCloud.Cloud.EndpointInvalid", Assert.Throws<PgCloudException>(() => Resolve(new IbmSettings { Visibility = "secret" })).ErrorId);
        _environment["IBMCLOUD_ENDPOINTS_FILE_PATH"] = Path.Combine(_directory.FullName, "none.json");
        Assert.Equal("PgCloud.Cloud.EndpointInvalid", Assert.Throws<PgCloudException>(() => Resolve(new IbmSettings())).ErrorId);
        File.WriteAllText(_environment["IBMCLOUD_ENDPOINTS_FILE_PATH"], "{");
        Assert.Equal("PgCloud.Cloud.EndpointInvalid", Assert.Throws<PgCloudException>(() => Resolve(new IbmSettings())).ErrorId);
    }

    private IbmEndpoints Resolve(IbmSettings given) =>
        IbmEndpoints.Resolve(given, new IbmEnvironment(name => _environment.GetValueOrDefault(name)));
}
