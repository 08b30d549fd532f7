// SPDX-License-Identifier: MIT

namespace PgCloud.Errors;

internal static partial class PgErrors
{
    // An object may have a hundred properties; the target object has them all.
    private const int MostNames = 5;

    internal static PgCloudException TableNotFound(string table, string target, IReadOnlyCollection<string> similar) => new(
        "PgCloud.Table.NotFound",
        PgErrorKind.NotFound,
        table,
        // Who writes the schema before the name is told that there is one such, and that this was taken for a name.
        $"There is no table {(similar.Contains(table) ? $"\"{table}\"" : table)} at {target}.",
        similar.Count == 0
            ? "Check the name; names are compared exactly, upper and lower case too. Another database is another -Connection."
            : $"There is: {string.Join(", ", similar)}. Give its schema with -Schema, and its name exactly, upper and lower case too.");

    internal static PgCloudException TableColumnNotFound(IReadOnlyList<string> names, string table, IEnumerable<string> columns) => new(
        "PgCloud.Table.ColumnNotFound",
        PgErrorKind.NotFound,
        names.Count == 1 ? names[0] : names,
        $"The table {table} has no column {string.Join(", ", names.Take(MostNames).Select(Show))}{(names.Count > MostNames ? " …" : string.Empty)}.",
        $"It has: {string.Join(", ", columns)}. Rename with -ColumnMap @{{ name = 'column' }}; of objects, -Column takes some properties only.");

    internal static PgCloudException TableColumnAmbiguous(string name, string table, string reason) => new(
        "PgCloud.Table.ColumnAmbiguous",
        PgErrorKind.InvalidArgument,
        name,
        $"It is not clear to which column of {table} {Show(name)} belongs: {reason}.",
        "Give every name once, in the same upper and lower case as the column's, or name the column with -ColumnMap.");

    internal static PgCloudException TableColumnGenerated(string column, string table) => new(
        "PgCloud.Table.ColumnGenerated",
        PgErrorKind.InvalidArgument,
        column,
        $"The column {Show(column)} of {table} is computed by the server and cannot be written.",
        "Leave it out: of objects with -Column, of a file by exporting it without that column.");

    internal static PgCloudException TableObjectEmpty(string table) => new(
        "PgCloud.Table.ObjectEmpty",
        PgErrorKind.InvalidArgument,
        table,
        $"The first object that was piped into {table} has no properties, so that there is nothing to put into columns.",
        "Pipe in objects whose properties have the names of columns, such as Import-Csv gives, or lines of CSV.");

    internal static PgCloudException TablePropertyNotFound(string column, IEnumerable<string> names) => new(
        "PgCloud.Table.PropertyNotFound",
        PgErrorKind.NotFound,
        column,
        $"The first object has no property for the column {Show(column)}.",
        $"It has: {string.Join(", ", names)}. Say with -ColumnMap @{{ property = 'column' }} which one it is.");

    internal static PgCloudException TableRowInvalid(PgInvalidRow row, string? sqlState) => new(
        "PgCloud.Table.RowInvalid",
        PgErrorKind.InvalidOperation,
        row,
        $"{Where(row)}: {row.Reason}{(sqlState is null ? string.Empty : $" (SQLSTATE {sqlState})")}. Nothing was imported.",
        "Correct the row, or the table, and import again. Where an empty text should be NULL, give -Null ''.") { SqlState = sqlState };

    internal static PgCloudException TableHeaderMissing(string path) => new(
        "PgCloud.Table.HeaderMissing",
        PgErrorKind.InvalidArgument,
        path,
        $"'{path}' has no line with the names of the columns.",
        "Where it begins with data, give -NoHeader; the columns are then the table's own, or those of -Column.");

    internal static PgCloudException TableFileNotFound(string path) => new(
        "PgCloud.Table.FileNotFound",
        PgErrorKind.NotFound,
        path,
        $"There is no file '{path}'.",
        "Check the path; a relative one begins at PowerShell's own location. For a name with brackets use -LiteralPath.");

    internal static PgCloudException TableFileExists(string path) => new(
        "PgCloud.Table.FileExists",
        PgErrorKind.Exists,
        path,
        $"There is a file '{path}' already.",
        "Leave out -NoClobber to replace it, or choose another name.");

    internal static PgCloudException TableFileFailed(string path, string reason, Exception? inner = null) => new(
        "PgCloud.Table.FileFailed",
        PgErrorKind.File,
        path,
        $"'{path}' cannot be read or written: {reason}",
        "Check the path, the rights on it, the space on the disk and, for other encodings than UTF-8, -Encoding.",
        inner);

    private static string Where(PgInvalidRow row)
    {
        string file = row.Path.Length == 0 ? string.Empty : $"'{row.Path}', ";
        string line = row.Line is { } number
            ? FormattableString.Invariant($"{(row.Path.Length == 0 ? "row" : "line")} {number}, ")
            : string.Empty;
        return $"{file}{line}{(row.Column.Length == 0 ? string.Empty : $"column {Show(row.Column)}, ")}table {row.Table}";
    }
}
