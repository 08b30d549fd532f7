// SPDX-License-Identifier: MIT

namespace PgCloud;

/// <summary>The clouds a session can be opened to.</summary>
public enum PgProviderName
{
    /// <summary>PostgreSQL servers run on this machine: for rehearsing a runbook, for tests and for development.</summary>
    Local,

    /// <summary>OVHcloud Public Cloud Databases for PostgreSQL.</summary>
    Ovh,

    /// <summary>IBM Cloud Databases for PostgreSQL, Gen 2.</summary>
    Ibm,
}
