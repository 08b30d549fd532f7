// SPDX-License-Identifier: MIT

namespace PgCloud.Errors;

/// <summary>What reaching a cloud's API can end in; the errors of what it was asked for are in PgErrors.OvhAnswer.cs.</summary>
internal static partial class PgErrors
{
    internal static PgCloudException EndpointInvalid(string endpoint, string reason, IEnumerable<string> names) => new(
        "PgCloud.Cloud.EndpointInvalid",
        PgErrorKind.InvalidArgument,
        endpoint,
        $"The endpoint {Show(endpoint)} is not allowed: {reason}.",
        $"Give one of {string.Join(", ", names)}, or a URL such as https://eu.api.ovh.com/1.0, without a slash at its end.");

    internal static PgCloudException ConfigurationInvalid(string path, string place) => new(
        "PgCloud.Cloud.ConfigurationInvalid",
        PgErrorKind.InvalidArgument,
        path,
        $"The configuration file '{path}' cannot be understood in {place}.",
        "It has sections such as [ovh-eu], lines such as application_key=…, and comments after ; or #.");

    internal static PgCloudException CredentialMissing(string endpoint, IEnumerable<string> paths, IReadOnlyCollection<string> unreadable) => new(
        "PgCloud.Cloud.CredentialMissing",
        PgErrorKind.Authentication,
        endpoint,
        $"No credential for {Show(endpoint)} was given, and none found in the variables OVH_* or in {string.Join(", ", paths)}"
        + $"{(unreadable.Count == 0 ? string.Empty : $"; not readable: {string.Join(", ", unreadable)}")}.",
        "Give an application key with its secret and a consumer key, or a client id and secret, or an access token.");

    internal static PgCloudException CredentialInvalid(string endpoint, string reason, IEnumerable<string> found) => new(
        "PgCloud.Cloud.CredentialInvalid",
        PgErrorKind.Authentication,
        endpoint,
        $"The credential for {Show(endpoint)} cannot be used: {reason}. Found: {string.Join(", ", found)}.",
        "Have exactly one method: application key, application secret and consumer key; client id and client secret; or an access token. What "
        + "is given to the cmdlet chooses the method, whatever the environment and the files hold.");

    internal static PgCloudException Unauthorised(ApiFault fault, string action) => Api(
        "PgCloud.Cloud.Unauthorised", PgErrorKind.Authentication, fault, "The cloud does not take the credential", action);

    internal static PgCloudException ConsumerKeyInvalid(ApiFault fault, string keyPage) => Api(
        "PgCloud.Cloud.ConsumerKeyInvalid",
        PgErrorKind.Authentication,
        fault,
        "The consumer key is unknown, has ended, was revoked, or has not been validated yet",
        $"Have it validated at the URL that came with it, or make a new one: {keyPage}");

    internal static PgCloudException ConsumerKeyNotValidated(string validationUrl, TimeSpan waited) => new(
        "PgCloud.Cloud.ConsumerKeyNotValidated",
        PgErrorKind.Timeout,
        null,
        FormattableString.Invariant(
            $"The consumer key was not validated within {waited.TotalSeconds:0} s: nobody has answered yet, or the answer was no. It is good for nothing until then."),
        $"Open {validationUrl}, log in and allow it; then connect with the TargetObject of this error, which is the key: $Error[0].TargetObject | Connect-PgCloud.")
    {
        ApiCall = "GET /auth/currentCredential",
    };

    internal static PgCloudException ProjectIdInvalid(string project) => new(
        "PgCloud.Cloud.ProjectIdInvalid",
        PgErrorKind.InvalidArgument,
        project,
        $"{Show(project)} is no id of a project, which has 32 hexadecimal digits.",
        "Give the id: the rights of a key are for paths of the API, in which a project stands by its id.");

    /// <param name="fault">What the API answered.</param>
    /// <param name="right">The right that is lacking: an access rule, which is the call, or an IAM action.</param>
    /// <param name="home">What the right is to be added to.</param>
    internal static PgCloudException Forbidden(ApiFault fault, string right, string home) => new(
        "PgCloud.Cloud.Forbidden",
        PgErrorKind.PermissionDenied,
        null,
        $"The credential may not do this; it lacks {right}. {(right.EndsWith(fault.Call, StringComparison.Ordinal) ? fault.Answer : fault.Detail)}",
        $"Add {right}, and nothing more, to {home}.") { ApiClass = fault.Class, QueryId = fault.QueryId, ApiCall = fault.Call };

    internal static PgCloudException CallerAddressForbidden(ApiFault fault) => Api(
        "PgCloud.Cloud.CallerAddressForbidden",
        PgErrorKind.PermissionDenied,
        fault,
        "The consumer key may not be used from the address of this machine",
        "Call from one of the addresses that the key was made for, or make a new key, as its addresses cannot be changed later: Request-PgCloudConsumerKey.");

    internal static PgCloudException ClockWrong(ApiFault fault) => Api(
        "PgCloud.Cloud.ClockWrong",
        PgErrorKind.Authentication,
        fault,
        "The time of the call is too far from the API's own, although that was asked for again",
        "Check that this machine's clock runs evenly, and that nothing between it and the API delays calls.");

    internal static PgCloudException RateLimited(ApiFault fault, TimeSpan? wait) => Api(
        "PgCloud.Cloud.RateLimited",
        PgErrorKind.Unavailable,
        fault,
        "The API has been called too often" + (wait is { } w ? FormattableString.Invariant($" and asks to wait {w.TotalSeconds:0} s") : string.Empty),
        "Nothing was done by this call. Try again later, or with a smaller -ThrottleLimit.");

    internal static PgCloudException CloudUnavailable(ApiFault fault, string statusPage) => Api(
        "PgCloud.Cloud.Unavailable",
        PgErrorKind.Unavailable,
        fault,
        "The API could not answer, although it was asked several times",
        $"Try again later; {statusPage} says whether something is known.");

    internal static PgCloudException CloudUnreachable(ApiFault fault) => Api(
        "PgCloud.Cloud.Unreachable",
        PgErrorKind.Connection,
        fault,
        "The API cannot be reached",
        "Check the endpoint, this machine's DNS, and what lies between; a proxy is taken from -Proxy of Connect-PgCloud, then from HTTPS_PROXY.");

    internal static PgCloudException CircuitOpen(ApiFault fault, string statusPage) => Api(
        "PgCloud.Cloud.CircuitOpen",
        PgErrorKind.Connection,
        fault,
        "The API was not called, for it is down; nothing was done by this call",
        $"Try again after that time; {statusPage} says whether something is known.");

    internal static PgCloudException ProxyRefused(ApiFault fault) => Api(
        "PgCloud.Cloud.ProxyRefused",
        PgErrorKind.Authentication,
        fault,
        "The proxy wants a user name and password, or other ones",
        "Give them: Connect-PgCloud -Proxy -ProxyCredential, or the variable HTTPS_PROXY with http://USER:PASSWORD@HOST:PORT.");

    internal static PgCloudException ProxyInvalid(string proxy, string reason) => new(
        "PgCloud.Cloud.ProxyInvalid",
        PgErrorKind.InvalidArgument,
        proxy,
        $"The proxy {Show(proxy)} cannot be used: {reason}.",
        "Give a URL such as http://proxy.example:3128, and its user name and password with -ProxyCredential.");

    internal static PgCloudException CloudTlsFailed(ApiFault fault) => Api(
        "PgCloud.Cloud.TlsFailed",
        PgErrorKind.Security,
        fault,
        "TLS with the API failed",
        "Check that the endpoint is right, and that the API, and nothing in between, answers there.");

    internal static PgCloudException CloudTimeout(ApiFault fault) => Api(
        "PgCloud.Cloud.Timeout", PgErrorKind.Timeout, fault, "The API did not answer in time", "Try again later.");

    internal static PgCloudException AnswerInvalid(ApiFault fault) => Api(
        "PgCloud.Cloud.AnswerInvalid",
        PgErrorKind.Unavailable,
        fault,
        "The API's answer cannot be understood",
        "Check that the endpoint is the API and not a proxy or a login page. If it is, please report it: the API may have changed.");

    internal static PgCloudException OutcomeUnknown(ApiFault fault) => Api(
        "PgCloud.Cloud.OutcomeUnknown",
        PgErrorKind.Unavailable,
        fault,
        "Whether it was done is not known, since the call's end was not seen; it was not repeated",
        "Look first whether what was to be made is there.");

    private static PgCloudException Api(string id, PgErrorKind kind, ApiFault fault, string what, string action) =>
        new(id, kind, null, $"{what}. {fault.Detail}", action) { ApiClass = fault.Class, QueryId = fault.QueryId, ApiCall = fault.Call };
}
