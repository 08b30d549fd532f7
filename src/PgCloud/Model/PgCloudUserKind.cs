// SPDX-License-Identifier: MIT

namespace PgCloud;

/// <summary>What a user made through a provider may do.</summary>
public enum PgCloudUserKind
{
    /// <summary>Neither of the two below.</summary>
    Other,

    /// <summary>The admin-like user: makes roles and databases and grants them; never a superuser.</summary>
    Manager,

    /// <summary>Reads and writes all data, and no more.</summary>
    Writer,
}
