// SPDX-License-Identifier: MIT

namespace PgCloud;

/// <summary>What a restriction of IBM Cloud does (Context-based restrictions, "enforcement mode").</summary>
public enum PgEnforcementMode
{
    /// <summary>It keeps out whoever is not authorised.</summary>
    Enabled,

    /// <summary>It is kept and does nothing: everybody is let in.</summary>
    Disabled,

    /// <summary>It would only tell of whom it would keep out; not offered for databases.</summary>
    Report,
}
