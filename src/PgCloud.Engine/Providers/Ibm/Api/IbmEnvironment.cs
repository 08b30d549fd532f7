// SPDX-License-Identifier: MIT

namespace PgCloud.Engine.Providers.Ibm.Api;

/// <summary>
///   The variables from which IBM's own tools take their settings. Of two names for the same, <c>IC_…</c> counts before <c>IBMCLOUD_…</c>:
///   that is the order of the one tool that reads both, the Terraform provider.
/// </summary>
/// <param name="variable">Answers for a variable's name.</param>
internal sealed class IbmEnvironment(Func<string, string?> variable)
{
    /// <summary>Those with an API key, or with <c>@</c> and the path of a key file, as the command line takes it.</summary>
    internal static IReadOnlyList<string> ApiKeyNames { get; } = ["IC_API_KEY", "IBMCLOUD_API_KEY"];

    /// <summary>Those with an access token.</summary>
    internal static IReadOnlyList<string> TokenNames { get; } = ["IC_IAM_TOKEN", "IBMCLOUD_IAM_TOKEN"];

    private static readonly Dictionary<IbmService, string> EndpointNames = new()
    {
        [IbmService.Iam] = "IBMCLOUD_IAM_API_ENDPOINT",
        [IbmService.ResourceController] = "IBMCLOUD_RESOURCE_CONTROLLER_API_ENDPOINT",
        [IbmService.ResourceManager] = "IBMCLOUD_RESOURCE_MANAGEMENT_API_ENDPOINT",
        [IbmService.GlobalCatalog] = "IBMCLOUD_RESOURCE_CATALOG_API_ENDPOINT",
        [IbmService.GlobalTagging] = "IBMCLOUD_GT_API_ENDPOINT",
        [IbmService.ContextBasedRestrictions] = "IBMCLOUD_CONTEXT_BASED_RESTRICTIONS_ENDPOINT",
    };

    /// <summary>What this process has.</summary>
    internal static IbmEnvironment OfThisProcess { get; } = new(Environment.GetEnvironmentVariable);

    internal string? Region => Find("IC_REGION", "IBMCLOUD_REGION");

    internal string? ResourceGroup => Find("IC_RESOURCE_GROUP", "IBMCLOUD_RESOURCE_GROUP");

    internal string? Visibility => Find("IC_VISIBILITY", "IBMCLOUD_VISIBILITY");

    /// <summary>A file with the URLs of services by visibility and region.</summary>
    internal string? EndpointsFile => Find("IBMCLOUD_ENDPOINTS_FILE_PATH", "IC_ENDPOINTS_FILE_PATH");

    /// <summary>The variable with the URL of that service; the same name is used in the file.</summary>
    internal static string EndpointName(IbmService service) => EndpointNames[service];

    /// <summary>The URL of that service.</summary>
    internal string? Endpoint(IbmService service) => Find(EndpointNames[service]);

    /// <summary>The first of these that is set, and its name. Empty ones count as missing.</summary>
    internal (string Value, string Name)? FindNamed(IEnumerable<string> names)
    {
        foreach (string name in names)
        {
            if (variable(name)?.Trim() is { Length: > 0 } value)
            {
                return (value, name);
            }
        }

        return null;
    }

    private string? Find(params string[] names) => FindNamed(names)?.Value;
}
