// SPDX-License-Identifier: MIT

namespace PgCloud.Errors;

internal static partial class PgErrors
{
    private const string OwnAuthority =
        " If the authority is one of your own, have this machine trust it; on Linux the variable SSL_CERT_FILE, set before PowerShell starts, names a file with authorities.";

    internal static PgCloudException CloudCertificateSelfSigned(ApiFault fault) => Api(
        "PgCloud.Cloud.CertificateSelfSigned",
        PgErrorKind.Security,
        fault,
        "The API's certificate was signed by nobody but itself; nothing was sent",
        "Check the endpoint, and what stands between, such as a proxy that reads along." + OwnAuthority);

    internal static PgCloudException CloudCertificateUntrusted(ApiFault fault) => Api(
        "PgCloud.Cloud.CertificateUntrusted",
        PgErrorKind.Security,
        fault,
        "The API's certificate was issued by an authority that this machine does not trust; nothing was sent",
        "Check the endpoint, and what stands between, such as a proxy that reads along." + OwnAuthority);

    internal static PgCloudException CloudCertificateExpired(ApiFault fault) => Api(
        "PgCloud.Cloud.CertificateExpired",
        PgErrorKind.Security,
        fault,
        "The API's certificate, or its authority's, is out of date; nothing was sent",
        "Check this machine's clock, and the endpoint.");

    internal static PgCloudException CloudCertificateNameMismatch(ApiFault fault, string host) => Api(
        "PgCloud.Cloud.CertificateNameMismatch",
        PgErrorKind.Security,
        fault,
        $"The API's certificate is not for '{host}' but for what is named here; nothing was sent",
        "Give the endpoint by a name that its certificate has.");

    internal static PgCloudException CloudRedirected(ApiFault fault) => Api(
        "PgCloud.Cloud.Redirected",
        PgErrorKind.Security,
        fault,
        "The API answered with a redirection, which is not followed: it would take the credential along",
        "Check that the endpoint is the API and not a proxy or a login page. If the API has moved and you trust that place, give it as -Endpoint.");
}
