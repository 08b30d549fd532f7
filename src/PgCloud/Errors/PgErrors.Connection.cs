// SPDX-License-Identifier: MIT

namespace PgCloud.Errors;

internal static partial class PgErrors
{
    internal static PgCloudException ConnectionWithoutCredential(PgConnection connection) => new(
        "PgCloud.Connection.NoCredential",
        PgErrorKind.Authentication,
        connection,
        $"The connection {connection} carries no password.",
        "A password is told once, by the cmdlet that sets it. Give one with Get-PgConnection -Credential, or set a new one with "
        + "Reset-PgUserPassword.");

    internal static PgCloudException NameNotResolved(string target, string hostName, Exception? inner = null) => new(
        "PgCloud.Connection.NameNotResolved",
        PgErrorKind.Connection,
        target,
        $"The host name '{hostName}' cannot be resolved.",
        "Check the name for spelling and this machine's DNS settings.",
        inner);

    internal static PgCloudException Refused(string target, string detail, Exception? inner = null) => new(
        "PgCloud.Connection.Refused",
        PgErrorKind.Connection,
        target,
        $"No TCP connection to {target}: {detail}.",
        "Check that the instance runs (Get-PgInstance), the port, and what lies between: some providers' firewalls drop rather than refuse.",
        inner);

    internal static PgCloudException ConnectTimeout(string target, TimeSpan after, Exception? inner = null) => new(
        "PgCloud.Connection.Timeout",
        PgErrorKind.Timeout,
        target,
        FormattableString.Invariant($"No answer from {target} within {after.TotalSeconds:0.#} s."),
        "Where a firewall drops packets from addresses that are not authorised this is how it looks: check Get-PgAuthorisedIp, then the port.",
        inner);

    internal static PgCloudException ServerNotReady(string target, string message, Exception? inner = null) => new(
        "PgCloud.Connection.ServerNotReady",
        PgErrorKind.Unavailable,
        target,
        $"The server at {target} does not accept connections yet: {message}",
        "Try again shortly; Wait-PgInstance waits for it.",
        inner);

    internal static PgCloudException TlsNotOffered(string target, Exception? inner = null) => new(
        "PgCloud.Connection.TlsNotOffered",
        PgErrorKind.Security,
        target,
        $"The server at {target} does not offer TLS.",
        "Check host and port. If clear text is acceptable here, say so: -TlsMode Disable.",
        inner);

    internal static PgCloudException TlsFailed(string target, string detail, Exception? inner = null) => new(
        "PgCloud.Connection.TlsFailed",
        PgErrorKind.Security,
        target,
        $"TLS with {target} failed: {detail}",
        "Check that a PostgreSQL server, and nothing in between, answers at this address.",
        inner);

    internal static PgCloudException CertificateNameMismatch(string target, string hostName, string names, Exception? inner = null) => new(
        "PgCloud.Connection.CertificateNameMismatch",
        PgErrorKind.Security,
        target,
        $"The server's certificate is not for '{hostName}'; it is for {names}.",
        "Connect by one of those names. If you must reach it by another, -TlsMode VerifyCA leaves out this check only.",
        inner);

    internal static PgCloudException CertificateExpired(string target, string validity, Exception? inner = null) => new(
        "PgCloud.Connection.CertificateExpired",
        PgErrorKind.Security,
        target,
        $"A certificate of the server at {target}, or of its authority, is out of date: {validity}.",
        "Fetch the authority's present certificate (Get-PgInstance reads it again), and check this machine's clock.",
        inner);

    internal static PgCloudException CertificateUntrusted(string target, string issuer, Exception? inner = null) => new(
        "PgCloud.Connection.CertificateUntrusted",
        PgErrorKind.Security,
        target,
        $"The server's certificate was issued by {issuer}, which is not the authority this connection trusts.",
        "Use the authority's certificate that belongs to this instance: Get-PgConnection takes it from the provider.",
        inner);

    internal static PgCloudException CertificateSelfSigned(string target, string issuer, Exception? inner = null) => new(
        "PgCloud.Connection.CertificateSelfSigned",
        PgErrorKind.Security,
        target,
        $"The server's certificate was signed by nobody but itself, {issuer}, and this connection does not trust it.",
        "Check that the server is the one that is meant. If it is, give its certificate as the connection's CaCertificate.",
        inner);

    internal static PgCloudException CaCertificateInvalid(string target, Exception? inner = null) => new(
        "PgCloud.Connection.CaCertificateInvalid",
        PgErrorKind.Security,
        target,
        "The connection's CA certificate is not a PEM certificate.",
        "Give a text with one or more BEGIN CERTIFICATE blocks, or leave it empty for this machine's trust store.",
        inner);

    internal static PgCloudException CaCertificateMissing(string target, string? instance) => new(
        "PgCloud.Connection.CaCertificateMissing",
        PgErrorKind.Security,
        target,
        $"The certificate of the authority of {(instance is null ? "this instance" : $"'{instance}'")}, by which the server at {target} is known, is missing.",
        "Get-PgConnection fetches it from the provider; give it as the connection's CaCertificate where it is known otherwise.");

    internal static PgCloudException AddressNotAuthorised(string target, string? address, string? instance, string message, Exception? inner) =>
        new(
            "PgCloud.Connection.AddressNotAuthorised",
            PgErrorKind.PermissionDenied,
            target,
            address is null
                ? $"Your address is not authorised at {target} ({message})."
                : $"Your address {address} is not authorised at {target}.",
            $"Authorise it: Add-PgAuthorisedIp -Instance {(instance is null ? "<instance>" : $"'{instance}'")} -Address {address ?? "<your address>"}",
            inner);

    internal static PgCloudException ClearTextNotAuthorised(string target, string? address, string? instance) => new(
        "PgCloud.Connection.ClearTextNotAuthorised",
        PgErrorKind.Security,
        target,
        $"The server at {target} does not let your address{(address is null ? string.Empty : " " + address)} in without TLS.",
        "Leave out -TlsMode Disable. If that is refused too, authorise the address: Add-PgAuthorisedIp -Instance "
        + $"{(instance is null ? "<instance>" : $"'{instance}'")} -Address {address ?? "<your address>"}");

    internal static PgCloudException SourceAddressInvalid(string address, string detail, Exception? inner) => new(
        "PgCloud.Connection.SourceAddressInvalid",
        PgErrorKind.InvalidArgument,
        address,
        $"No connection can be made from the address {address}: {detail}.",
        "Give an address of this machine, of the same family (IPv4 or IPv6) as the server's.",
        inner);

    internal static PgCloudException LoginRejected(string target, string message, Exception? inner) => new(
        "PgCloud.Connection.LoginFailed",
        PgErrorKind.Authentication,
        target,
        $"Login refused at {target}: {message}.",
        "Check user name and password; Reset-PgUserPassword sets a new one. Names are compared exactly, upper and lower case too.",
        inner);

    internal static PgCloudException DatabaseNotFound(string target, string message, Exception? inner) => new(
        "PgCloud.Connection.DatabaseNotFound",
        PgErrorKind.NotFound,
        target,
        $"{target}: {message}.",
        "Check the database name; names are compared exactly, upper and lower case too.",
        inner);

    internal static PgCloudException DatabaseRefused(string target, string message, Exception? inner) => new(
        "PgCloud.Connection.DatabaseRefused",
        PgErrorKind.PermissionDenied,
        target,
        $"{target}: {message}.",
        "The user needs the CONNECT privilege on this database, and the database must allow connections.",
        inner);

    internal static PgCloudException TooManyConnections(string target, string message, Exception? inner) => new(
        "PgCloud.Connection.TooManyConnections",
        PgErrorKind.Unavailable,
        target,
        $"{target}: {message}.",
        "End idle connections, raise the role's or the server's limit, or try again later.",
        inner);

    internal static PgCloudException ConnectionLost(string target, string message, Exception? inner) => new(
        "PgCloud.Connection.Lost",
        PgErrorKind.Unavailable,
        target,
        $"The connection to {target} was lost: {message}",
        "What was under way was rolled back by the server unless it had been committed: run the cmdlet again, it changes only what is missing.",
        inner);

    internal static PgCloudException ReadReplicaMissing(PgInstance instance) => new(
        "PgCloud.Connection.NoReadReplica",
        PgErrorKind.NotFound,
        instance,
        $"The instance '{instance.Name}' has no read replica ({instance.NodeCount} node{(instance.NodeCount == 1 ? string.Empty : "s")}).",
        "Plans with two nodes or more have one; Set-PgInstance -Plan changes the plan.");
}
