// SPDX-License-Identifier: MIT

using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;
using PgCloud.Contracts;
using PgCloud.Errors;

namespace PgCloud.Engine.Sql.Tables;

/// <summary>What a failure of a COPY means.</summary>
internal static class CopyErrors
{
    /// <summary>What a failure of an import means: a row that the server does not take is named.</summary>
    internal static Exception Import(Exception exception, SqlTarget target, TableInfo table, string path)
    {
        if (exception is PgCloudException || SqlErrors.Cause(exception) is not PostgresException server)
        {
            return exception;
        }

        if (server.SqlState == "42501")
        {
            return Denied(server, target, $"Importing needs INSERT on the table {table}, and TRUNCATE for -Truncate");
        }

        // 22: data exceptions; 23: constraints; P0: what a trigger raises. All others are not about a row.
        return server.SqlState[..2] is "22" or "23" or "P0"
            ? PgErrors.TableRowInvalid(Row(server, table, path), server.SqlState)
            : exception;
    }

    /// <summary>What a failure of an export means.</summary>
    internal static Exception Export(Exception exception, SqlTarget target) =>
        exception is not PgCloudException && SqlErrors.Cause(exception) is PostgresException { SqlState: "42501" } server
            ? Denied(server, target, "Exporting needs SELECT on all columns it reads")
            : exception;

    private static PgCloudException Denied(PostgresException server, SqlTarget target, string need)
    {
        ServerError error = ServerError.From(server);
        return PgErrors.PermissionDenied(
            target.ToString(), error.Message, $"{need}, and USAGE on the schema: have it granted, or connect as a role that has it.", null);
    }

    private static PgInvalidRow Row(PostgresException server, TableInfo table, string path)
    {
        ServerError error = ServerError.From(server);
        string context = Redaction.CleanOrNull(server.Where) ?? string.Empty;
        (long? line, string column, string? value) = Place(context, table);
        return new PgInvalidRow
        {
            Table = table.ToString(),
            Path = path,
            Line = line,
            Column = column.Length > 0 ? column : server.ColumnName ?? string.Empty,
            Value = value,
            Reason = error.Detail is null ? error.Message.TrimEnd('.') : $"{error.Message.TrimEnd('.')}: {error.Detail.TrimEnd('.')}",
        };
    }

    /// <summary>
    ///   Reads <c>COPY orders, line 3, column id: "x"</c>. In other languages than English the words differ, and their order and the
    ///   number do not.
    /// </summary>
    private static (long? Line, string Column, string? Value) Place(string context, TableInfo table)
    {
        string start = $"COPY {table.Name}, ";
        int begin = context.LastIndexOf(start, StringComparison.Ordinal);
        if (begin < 0 || Regex.Match(context[(begin + start.Length)..], @"^\D*(\d+)", RegexOptions.CultureInvariant) is not { Success: true } number)
        {
            return (null, string.Empty, null);
        }

        long line = long.Parse(number.Groups[1].Value, CultureInfo.InvariantCulture);
        string rest = context[(begin + start.Length + number.Length)..];
        Match word = Regex.Match(rest, @"^, \w+ ", RegexOptions.CultureInvariant);
        string? column = !word.Success ? null : table.Columns
            .Select(each => each.Name)
            .Where(name => rest[word.Length..].StartsWith(name, StringComparison.Ordinal))
            .MaxBy(name => name.Length);
        if (column is null)
        {
            return (line, string.Empty, null);
        }

        string after = rest[(word.Length + column.Length)..];
        return after.StartsWith(": \"", StringComparison.Ordinal) && after.EndsWith('"')
            ? (line, column, after[3..^1])
            : (line, column, null);
    }
}
