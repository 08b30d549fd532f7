// SPDX-License-Identifier: MIT

using PgCloud.Engine.Http;
using PgCloud.Errors;

namespace PgCloud.Engine.Providers.Ibm.Api;

/// <summary>
///   Where each service is: as it was given, else as its variable says, else as the endpoints file does, else IBM's own public or private
///   host.
/// </summary>
internal sealed class IbmEndpoints
{
    private const string DefaultRegion = "us-south";
    private const string CatalogVersion = "/api/v1";

    private readonly Dictionary<IbmService, string> _bases = [];

    private IbmEndpoints()
    {
    }

    /// <summary>The URL that every path of that service is put behind; without a slash at its end.</summary>
    internal string this[IbmService service] => _bases[service];

    /// <summary>Finds them.</summary>
    internal static IbmEndpoints Resolve(IbmSettings given, IbmEnvironment environment)
    {
        IbmVisibility visibility = Visibility(given.Visibility ?? environment.Visibility);
        string region = given.Region ?? environment.Region ?? DefaultRegion;

        // One URL for all is meant for all: no variable may send the credential elsewhere.
        bool isOne = !string.IsNullOrEmpty(given.Endpoint);
        IbmEndpointsFile file = isOne || visibility == IbmVisibility.PublicAndPrivate || environment.EndpointsFile is not { } path
            ? IbmEndpointsFile.Empty
            : IbmEndpointsFile.Read(Path.Combine(given.WorkingDirectory, path));
        var endpoints = new IbmEndpoints();
        foreach (IbmService service in Enum.GetValues<IbmService>())
        {
            string? url = given.Endpoints.GetValueOrDefault(service)
                ?? (isOne ? given.Endpoint : environment.Endpoint(service) ?? file.Find(service, visibility, region));
            endpoints._bases[service] = string.IsNullOrEmpty(url) ? Default(service, visibility, region) : Checked(service, url);
        }

        return endpoints;
    }

    private static IbmVisibility Visibility(string? text) => string.IsNullOrEmpty(text)
        ? IbmVisibility.Public
        : ApiWords<IbmVisibility>.Find(text) ?? throw PgErrors.IbmVisibilityInvalid(text);

    private static string Checked(IbmService service, string url)
    {
        // IBM's tools disagree on whether the version belongs to the catalog's URL.
        string given = service == IbmService.GlobalCatalog && url.EndsWith(CatalogVersion, StringComparison.Ordinal)
            ? url[..^CatalogVersion.Length]
            : url;
        return ApiUrl.Parse(given, out string? flaw, out string shown) is null ? throw PgErrors.IbmEndpointInvalid(shown, flaw!) : given;
    }

    // The hosts of IBM's SDKs, and the private ones of its Terraform provider; where a region has none, us-south's serves.
    private static string Default(IbmService service, IbmVisibility visibility, string region)
    {
        bool isPublic = visibility == IbmVisibility.Public;
        string near = region is "us-south" or "us-east" ? region : DefaultRegion;
        string host = service switch
        {
            IbmService.Iam when isPublic => "iam",
            IbmService.Iam => region is "us-south" or "us-east" ? $"private.{region}.iam" : "private.iam",
            IbmService.ResourceController or IbmService.ResourceManager => isPublic ? "resource-controller" : $"private.{near}.resource-controller",
            IbmService.GlobalCatalog => isPublic ? "globalcatalog" : $"private.{near}.globalcatalog",
            IbmService.GlobalTagging => isPublic ? "tags.global-search-tagging" : $"tags.private.{near}.global-search-tagging",
            IbmService.ContextBasedRestrictions when isPublic => "cbr",
            IbmService.ContextBasedRestrictions => region is "us-south" or "us-east" or "eu-de" ? $"private.{region}.cbr" : "private.cbr",
            _ => throw new ArgumentOutOfRangeException(nameof(service)),
        };
        return $"https://{host}.cloud.ibm.com";
    }
}
