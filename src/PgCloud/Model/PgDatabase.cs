// SPDX-License-Identifier: MIT

using System.ComponentModel;
using PgCloud.Pipeline;

namespace PgCloud;

/// <summary>A database, as it was when it was read (pg_database).</summary>
[TypeConverter(typeof(DeserializedObjectConverter))]
public sealed class PgDatabase
{
    /// <summary>The database's name (datname).</summary>
    public required string Name { get; init; }

    /// <summary>Who owns it (datdba).</summary>
    public required string Owner { get; init; }

    /// <summary>The character set its text is kept in, such as UTF8.</summary>
    public string Encoding { get; init; } = string.Empty;

    /// <summary>Who sorts and classifies its text; before PostgreSQL 15 always Libc.</summary>
    public PgLocaleProvider LocaleProvider { get; init; }

    /// <summary>The locale of ICU or of PostgreSQL's own provider; <c>$null</c> where the C library does it.</summary>
    public string? Locale { get; init; }

    /// <summary>The C library's locale for sorting (datcollate).</summary>
    public string Collate { get; init; } = string.Empty;

    /// <summary>The C library's locale for the kinds of characters (datctype).</summary>
    public string CType { get; init; } = string.Empty;

    /// <summary>The tablespace in which its tables are kept where they name none.</summary>
    public string Tablespace { get; init; } = string.Empty;

    /// <summary>Whether whoever has CREATEDB may copy it (datistemplate).</summary>
    public bool IsTemplate { get; init; }

    /// <summary>Whether anybody can connect to it (datallowconn).</summary>
    public bool AllowConnections { get; init; } = true;

    /// <summary>How many connections it takes at once; -1 for no limit (datconnlimit).</summary>
    public int ConnectionLimit { get; init; } = -1;

    /// <summary>
    ///   Whether it can be used. A DROP DATABASE that was broken off leaves one that cannot: all that can be done is to drop it again.
    /// </summary>
    public bool IsValid { get; init; } = true;

    /// <summary>Its size in bytes, where it was asked for (-IncludeSize) and the user may know; otherwise <c>$null</c>.</summary>
    public long? SizeBytes { get; init; }

    /// <summary>The comment on it (COMMENT ON DATABASE).</summary>
    public string? Comment { get; init; }

    /// <summary>
    ///   The connection to this database, for what comes next in the pipeline: the one through which it was read or made, with this
    ///   database in place of the other.
    /// </summary>
    public PgConnection? Connection { get; internal set; }

    /// <summary>What the cmdlet that wrote this object did.</summary>
    public PgChange Change { get; internal set; }

    /// <summary>The database's name.</summary>
    public override string ToString() => Name;
}
