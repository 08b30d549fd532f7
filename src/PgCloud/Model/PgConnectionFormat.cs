// SPDX-License-Identifier: MIT

namespace PgCloud;

/// <summary>How connection data are written for other programs.</summary>
public enum PgConnectionFormat
{
    /// <summary>A libpq URI: <c>postgresql://user@host:port/database?sslmode=verify-full</c>. psql and most drivers read it.</summary>
    Uri,

    /// <summary>libpq's keywords and values: <c>host=… port=… dbname=…</c>.</summary>
    Keyword,

    /// <summary>A URL of the JDBC driver.</summary>
    Jdbc,

    /// <summary>A connection string of Npgsql, the driver for .NET.</summary>
    Npgsql,

    /// <summary>A table of libpq's environment variables: PGHOST, PGPORT, PGDATABASE, PGUSER, PGSSLMODE, PGSSLROOTCERT.</summary>
    Environment,
}
