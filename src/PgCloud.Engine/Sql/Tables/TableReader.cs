// SPDX-License-Identifier: MIT

using Npgsql;
using NpgsqlTypes;
using PgCloud.Errors;

namespace PgCloud.Engine.Sql.Tables;

/// <summary>Finds a table.</summary>
internal static class TableReader
{
    private const string Query =
        """
        SELECT n.nspname::pg_catalog.text, c.relkind::pg_catalog.text, a.attname::pg_catalog.text, a.attgenerated::pg_catalog.text,
            t.typtype OPERATOR(pg_catalog.=) 'm'
        FROM pg_catalog.pg_class c
        JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) c.relnamespace
        LEFT JOIN pg_catalog.pg_attribute a
            ON a.attrelid OPERATOR(pg_catalog.=) c.oid AND a.attnum OPERATOR(pg_catalog.>) 0 AND NOT a.attisdropped
        LEFT JOIN pg_catalog.pg_type t ON t.oid OPERATOR(pg_catalog.=) a.atttypid
        WHERE c.relname OPERATOR(pg_catalog.=) $1
            AND c.relkind OPERATOR(pg_catalog.=) ANY ('{r,p,v,m,f}'::pg_catalog."char"[])
            AND CASE WHEN $2 IS NULL THEN pg_catalog.pg_table_is_visible(c.oid) ELSE n.nspname OPERATOR(pg_catalog.=) $2 END
        ORDER BY a.attnum
        """;

    private const string Similar =
        """
        SELECT n.nspname::pg_catalog.text || '.'::pg_catalog.text || c.relname::pg_catalog.text
        FROM pg_catalog.pg_class c
        JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) c.relnamespace
        WHERE pg_catalog.lower($1) OPERATOR(pg_catalog.=) ANY (ARRAY[
                pg_catalog.lower(c.relname::pg_catalog.text),
                pg_catalog.lower(n.nspname::pg_catalog.text || '.'::pg_catalog.text || c.relname::pg_catalog.text)])
            AND c.relkind OPERATOR(pg_catalog.=) ANY ('{r,p,v,m,f}'::pg_catalog."char"[])
        ORDER BY 1
        LIMIT 5
        """;

    /// <summary>Reads a table.</summary>
    /// <exception cref="PgCloudException"><c>PgCloud.Table.NotFound</c>.</exception>
    internal static async Task<TableInfo> ReadAsync(SqlContext context, string? schema, string table, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(Query, context.Connection) { Parameters = { Text(table), Text(schema) } };
        string? found = null;
        char kind = default;
        var columns = new List<TableColumn>();
        await using (NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellation))
        {
            while (await reader.ReadAsync(cancellation))
            {
                found = reader.GetString(0);
                kind = reader.GetString(1)[0];
                if (!reader.IsDBNull(2))
                {
                    columns.Add(new TableColumn(reader.GetString(2), reader.GetString(3).Length > 0, !reader.IsDBNull(4) && reader.GetBoolean(4)));
                }
            }
        }

        return found is null
            ? throw PgErrors.TableNotFound(
                schema is null ? table : $"{schema}.{table}", context.Target.ToString(), await SimilarAsync(context, table, cancellation))
            : new TableInfo(found, table, kind, columns);
    }

    private static async Task<List<string>> SimilarAsync(SqlContext context, string table, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(Similar, context.Connection) { Parameters = { Text(table) } };
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellation);
        var names = new List<string>();
        while (await reader.ReadAsync(cancellation))
        {
            names.Add(reader.GetString(0));
        }

        return names;
    }

    private static NpgsqlParameter Text(string? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };
}
