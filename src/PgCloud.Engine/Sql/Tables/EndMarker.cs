// SPDX-License-Identifier: MIT

using PgCloud.Errors;

namespace PgCloud.Engine.Sql.Tables;

/// <summary>The line <c>\.</c> in CSV.</summary>
internal static class EndMarker
{
    /// <summary>Refuses it where the server would take it for the end of the data, and drop what follows.</summary>
    /// <exception cref="PgCloudException"><c>PgCloud.Table.RowInvalid</c>.</exception>
    internal static void Refuse(SqlContext context, CsvScan scan, TableInfo table, string path)
    {
        if (scan.MarkerLine is { } line && context.ServerVersion.Major < 18)
        {
            throw PgErrors.TableRowInvalid(
                new PgInvalidRow
                {
                    Table = table.ToString(),
                    Path = path,
                    Line = line,
                    Value = "\\.",
                    Reason = "PostgreSQL before 18 takes the line \\. for the end of the data; as a value it must stand in quotes",
                },
                null);
        }
    }
}
