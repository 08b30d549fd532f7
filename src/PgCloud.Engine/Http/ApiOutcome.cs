// SPDX-License-Identifier: MIT

namespace PgCloud.Engine.Http;

/// <summary>How one attempt at a call ended.</summary>
internal enum ApiOutcome
{
    /// <summary>With 2xx and, where there is a body, JSON in it.</summary>
    Done,

    /// <summary>The API said no: 4xx or 501.</summary>
    Refused,

    /// <summary>429, or not sent at all because of an earlier one.</summary>
    RateLimited,

    /// <summary>5xx but 501, or 408: it may have been done nevertheless.</summary>
    ServerFault,

    /// <summary>2xx, but the body is no JSON, or there is none where there must be.</summary>
    Unreadable,

    /// <summary>The connection ended before the answer did.</summary>
    Cut,

    /// <summary>There was no whole answer in time.</summary>
    TimedOut,

    /// <summary>No connection was made: the API has not seen the call.</summary>
    NotConnected,

    /// <summary>The host name is not known.</summary>
    NameNotResolved,

    /// <summary>TLS failed, a certificate for example.</summary>
    TlsFailed,

    /// <summary>The server's certificate signed itself.</summary>
    CertificateSelfSigned,

    /// <summary>Nobody that this machine trusts signed the server's certificate.</summary>
    CertificateUntrusted,

    /// <summary>The server's certificate, or its authority's, is out of date.</summary>
    CertificateExpired,

    /// <summary>The server's certificate is for another host.</summary>
    CertificateNameMismatch,

    /// <summary>3xx, which nobody follows with what proves who calls.</summary>
    Redirected,

    /// <summary>The proxy wants a user name and password, or other ones: the API has not seen the call.</summary>
    ProxyRefused,

    /// <summary>Not sent: the endpoint has failed again and again and is given a break.</summary>
    CircuitOpen,
}
