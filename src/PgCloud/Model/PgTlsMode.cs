// SPDX-License-Identifier: MIT

namespace PgCloud;

/// <summary>How far TLS is demanded and checked; the names are libpq's sslmode (PostgreSQL documentation, 34.19.1).</summary>
public enum PgTlsMode
{
    /// <summary>TLS is demanded, the certificate must come from the given authority and be for this host. The default.</summary>
    VerifyFull,

    /// <summary>TLS is demanded and the certificate must come from the given authority; the host name is not checked.</summary>
    VerifyCA,

    /// <summary>TLS is demanded, but any certificate is accepted: no protection against an active attacker.</summary>
    Require,

    /// <summary>No TLS: everything travels in clear text.</summary>
    Disable,
}
