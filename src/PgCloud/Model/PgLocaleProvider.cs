// SPDX-License-Identifier: MIT

namespace PgCloud;

/// <summary>Who sorts and classifies the text of a database (PostgreSQL documentation, 23.1.4).</summary>
public enum PgLocaleProvider
{
    /// <summary>The operating system's C library.</summary>
    Libc,

    /// <summary>ICU; for a database from PostgreSQL 15 on.</summary>
    Icu,

    /// <summary>PostgreSQL itself; from 17 on.</summary>
    Builtin,
}
