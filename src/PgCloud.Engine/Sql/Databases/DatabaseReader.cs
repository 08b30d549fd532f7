// SPDX-License-Identifier: MIT

using Npgsql;

namespace PgCloud.Engine.Sql.Databases;

/// <summary>Reads databases from pg_database, which every role may read.</summary>
internal static class DatabaseReader
{
    private const string Source =
        """

        FROM pg_catalog.pg_database d
        JOIN pg_catalog.pg_tablespace t ON t.oid OPERATOR(pg_catalog.=) d.dattablespace
        """;

    // DROP DATABASE marks what it begins to drop with this connection limit (PostgreSQL documentation, DROP DATABASE).
    private const int InvalidLimit = -2;

    // The server refuses a size to who may neither connect nor read statistics, and would end the whole query with it.
    private const string Size =
        """
        CASE WHEN pg_catalog.has_database_privilege(d.oid, 'CONNECT') OR pg_catalog.pg_has_role('pg_read_all_stats', 'USAGE')
             THEN pg_catalog.pg_database_size(d.oid) END
        """;

    /// <summary>The query for all databases, or for those of the given names.</summary>
    internal static NpgsqlBatchCommand Query(Version serverVersion, IReadOnlyCollection<string>? names, bool withSize = false)
    {
        (string provider, string locale) = serverVersion.Major switch
        {
            >= 17 => ("d.datlocprovider", "d.datlocale"),
            >= 15 => ("d.datlocprovider", "d.daticulocale"),
            _ => ("'c'", "NULL"),
        };
        string select =
            $"""
            SELECT d.datname::pg_catalog.text, pg_catalog.pg_get_userbyid(d.datdba)::pg_catalog.text, pg_catalog.pg_encoding_to_char(d.encoding)::pg_catalog.text,
                   {provider}::pg_catalog.text, {locale}::pg_catalog.text, d.datcollate::pg_catalog.text, d.datctype::pg_catalog.text,
                   t.spcname::pg_catalog.text, d.datistemplate, d.datallowconn, d.datconnlimit,
                   pg_catalog.shobj_description(d.oid, 'pg_database'), {(withSize ? Size : "NULL::pg_catalog.int8")}
            """;
        if (names is null)
        {
            return new NpgsqlBatchCommand($"{select}{Source}\nORDER BY d.datname");
        }

        var command = new NpgsqlBatchCommand(
            $"{select}{Source}\nWHERE d.datname::pg_catalog.text OPERATOR(pg_catalog.=) ANY ($1) ORDER BY d.datname");
        command.Parameters.Add(SqlText.Array(names));
        return command;
    }

    /// <summary>Reads the present result set.</summary>
    internal static async Task<List<PgDatabase>> ReadAsync(NpgsqlDataReader reader, PgChange change, CancellationToken cancellation)
    {
        var databases = new List<PgDatabase>();
        while (await reader.ReadAsync(cancellation))
        {
            int limit = reader.GetInt32(10);
            databases.Add(new PgDatabase
            {
                Name = reader.GetString(0),
                Owner = reader.GetString(1),
                Encoding = reader.GetString(2),
                LocaleProvider = reader.GetString(3) switch
                {
                    "i" => PgLocaleProvider.Icu,
                    "b" => PgLocaleProvider.Builtin,
                    _ => PgLocaleProvider.Libc,
                },
                Locale = Text(reader, 4),
                Collate = reader.GetString(5),
                CType = reader.GetString(6),
                Tablespace = reader.GetString(7),
                IsTemplate = reader.GetBoolean(8),
                AllowConnections = reader.GetBoolean(9),
                ConnectionLimit = limit == InvalidLimit ? -1 : limit,
                IsValid = limit != InvalidLimit,
                Comment = Text(reader, 11),
                SizeBytes = reader.IsDBNull(12) ? null : reader.GetInt64(12),
                Change = change,
            });
        }

        return databases;
    }

    private static string? Text(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}
