// SPDX-License-Identifier: MIT

using PgCloud.Contracts;

namespace PgCloud.Engine.Sql.Tables;

/// <summary>The COPY statements (PostgreSQL documentation, COPY).</summary>
internal static class CopySql
{
    /// <summary>Rows in PostgreSQL's own text format, which says NULL apart from every text.</summary>
    internal static string FromRows(TableInfo table, IReadOnlyList<string> columns) => $"COPY {table.Sql}{List(columns)} FROM STDIN";

    /// <summary>
    ///   Lines of CSV. The server passes over the header and learns from it how lines end, without which it would count lines within quotes wrongly.
    /// </summary>
    internal static string FromCsv(TableInfo table, IReadOnlyList<string>? columns, CsvFormat csv) =>
        $"COPY {table.Sql}{List(columns)} FROM STDIN WITH ({Options(csv)})";

    /// <summary>A table, or what can be read like one.</summary>
    internal static string ToCsv(TableInfo table, IReadOnlyList<string>? columns, CsvFormat csv)
    {
        columns ??= [.. table.Columns.Where(column => !column.IsGenerated).Select(column => column.Name)];
        // COPY reads the rows of plain tables only; of a partitioned one it would find none.
        string source = table.Kind == 'r'
            ? table.Sql + List(columns)
            : $"(SELECT {string.Join(", ", columns.Select(PgNames.Quote))} FROM {table.Sql})";
        return ToCsv(source, csv);
    }

    /// <summary>A query's rows.</summary>
    internal static string QueryToCsv(string query, CsvFormat csv)
    {
        // A comment at the end would swallow the closing bracket.
        string text = query.TrimEnd().TrimEnd(';');
        return ToCsv($"({text}\n)", csv);
    }

    private static string ToCsv(string source, CsvFormat csv) =>
        $"COPY {source} TO STDOUT WITH ({Options(csv)})";

    private static string Options(CsvFormat csv)
    {
        string delimiter = csv.Delimiter == ',' ? string.Empty : $", DELIMITER {SqlText.Literal(csv.Delimiter.ToString())}";
        string missing = string.IsNullOrEmpty(csv.Null) ? string.Empty : $", NULL {SqlText.Literal(csv.Null)}";
        return $"FORMAT csv{delimiter}{missing}{(csv.HasHeader ? ", HEADER" : string.Empty)}";
    }

    private static string List(IReadOnlyList<string>? columns) =>
        columns is null ? string.Empty : $" ({string.Join(", ", columns.Select(PgNames.Quote))})";
}
