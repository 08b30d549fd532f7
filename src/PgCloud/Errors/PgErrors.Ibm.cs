// SPDX-License-Identifier: MIT

namespace PgCloud.Errors;

/// <summary>What IBM Cloud's credentials, endpoints and catalog can end in; the errors of its answers are in PgErrors.IbmAnswer.cs.</summary>
internal static partial class PgErrors
{
    private const string IbmMethods =
        "Give an API key, a key file as 'ibmcloud iam api-key-create --file' writes it, a one-time passcode, or an access token; or set IC_API_KEY "
        + "or IBMCLOUD_API_KEY.";

    internal static PgCloudException KeyFileInvalid(string path, string reason) => new(
        "PgCloud.Cloud.KeyFileInvalid",
        PgErrorKind.InvalidArgument,
        path,
        $"The key file '{path}' cannot be used: {reason}.",
        "Give the file that 'ibmcloud iam api-key-create --file' has written: JSON with a member apikey.");

    internal static PgCloudException KeyFileUnreadable(string path, Exception failure) => new(
        "PgCloud.Cloud.KeyFileUnreadable",
        PgErrorKind.File,
        path,
        $"The key file '{path}' cannot be read: {failure.Message}",
        "Check the path, and that this account may read the file.",
        failure);

    internal static PgCloudException IbmCredentialMissing(IEnumerable<string> variables) => new(
        "PgCloud.Cloud.CredentialMissing",
        PgErrorKind.Authentication,
        "IBM Cloud",
        $"No credential for IBM Cloud was given, and none found in the variables {string.Join(", ", variables)}.",
        IbmMethods);

    internal static PgCloudException IbmCredentialAmbiguous(IEnumerable<string> methods) => new(
        "PgCloud.Cloud.CredentialInvalid",
        PgErrorKind.Authentication,
        "IBM Cloud",
        $"The credential for IBM Cloud cannot be used: more than one was given ({string.Join("; ", methods)}).",
        "Give one of them.");

    internal static PgCloudException IbmTokenUnusable(string source) => new(
        "PgCloud.Cloud.CredentialInvalid",
        PgErrorKind.Authentication,
        source,
        $"The access token for IBM Cloud cannot be used: {source} is empty or has spaces or line breaks in it.",
        "Give the token alone, with or without the word Bearer before it, as 'ibmcloud iam oauth-tokens' shows it.");

    internal static PgCloudException IbmEndpointInvalid(string endpoint, string reason) => new(
        "PgCloud.Cloud.EndpointInvalid",
        PgErrorKind.InvalidArgument,
        endpoint,
        $"The endpoint {Show(endpoint)} is not allowed: {reason}.",
        "Give a URL such as https://resource-controller.cloud.ibm.com, without a slash at its end.");

    internal static PgCloudException IbmVisibilityInvalid(string visibility) => new(
        "PgCloud.Cloud.EndpointInvalid",
        PgErrorKind.InvalidArgument,
        visibility,
        $"There are no endpoints of the visibility {Show(visibility)}.",
        "Give one of public, private, public-and-private; private endpoints are reached from inside IBM Cloud only.");

    internal static PgCloudException IbmEndpointsFileInvalid(string path, string reason, Exception inner) => new(
        "PgCloud.Cloud.EndpointInvalid",
        PgErrorKind.InvalidArgument,
        path,
        $"The endpoints file '{path}' cannot be used: {reason}.",
        "It is named by IBMCLOUD_ENDPOINTS_FILE_PATH or IC_ENDPOINTS_FILE_PATH and holds JSON, by the names of variables, visibility and region.",
        inner);

    internal static PgCloudException ResourceGroupNotFound(string? name, IEnumerable<string> groups) => new(
        "PgCloud.Cloud.ResourceGroupNotFound",
        PgErrorKind.NotFound,
        name,
        $"{(name is null ? "The account has no default resource group" : $"There is no resource group {Show(name)}")}; there are: {string.Join(", ", groups)}.",
        "Give one of them by name or id. A group that the credential may not see is not among them.");

    internal static PgCloudException CatalogServiceNotFound(string service) => new(
        "PgCloud.Cloud.OfferNotFound",
        PgErrorKind.NotFound,
        service,
        $"The catalog has no service {Show(service)}.",
        "Check that the endpoint is that of the account's catalog.");

    internal static PgCloudException CatalogPlanNotFound(string plan, IEnumerable<string> plans) => new(
        "PgCloud.Cloud.PlanNotFound",
        PgErrorKind.NotFound,
        plan,
        $"There is no plan {Show(plan)}; there are: {string.Join(", ", plans)}.",
        SeeOffering);

    internal static PgCloudException LocationNotOffered(string location, string plan, IEnumerable<string> locations) => new(
        "PgCloud.Cloud.RegionNotFound",
        PgErrorKind.NotFound,
        location,
        $"The plan {plan} is not offered in {Show(location)}; it is in: {string.Join(", ", locations.Order(StringComparer.Ordinal))}.",
        SeeOffering);

    internal static PgCloudException TagsRefused(string resource, string? code, string? words) => new(
        "PgCloud.Cloud.TagsRefused",
        PgErrorKind.InvalidArgument,
        resource,
        $"The tags of {resource} were not changed{(words is null ? string.Empty : $": {words.TrimEnd('.')}")}.",
        "A tag has at most 128 letters, digits, spaces and _ - . : characters; role Editor on the service is needed.") { ApiClass = code };
}
