// SPDX-License-Identifier: MIT

using Npgsql;
using NpgsqlTypes;

namespace PgCloud.Engine.Sql;

/// <summary>Text as a parameter, and as a literal where no parameter can stand.</summary>
internal static class SqlText
{
    /// <summary>Equal, whatever the user's search_path holds.</summary>
    internal const string Eq = "OPERATOR(pg_catalog.=)";

    /// <summary>Greater than, whatever the user's search_path holds.</summary>
    internal const string Gt = "OPERATOR(pg_catalog.>)";

    /// <summary>A positional parameter of type text[].</summary>
    internal static NpgsqlParameter Array(IReadOnlyCollection<string> values) =>
        new() { Value = values as string[] ?? [.. values], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };

    /// <summary>A literal that means the same whatever standard_conforming_strings is.</summary>
    internal static string Literal(string text)
    {
        string doubled = text.Replace("'", "''", StringComparison.Ordinal);
        return text.Contains('\\', StringComparison.Ordinal)
            ? $"E'{doubled.Replace("\\", "\\\\", StringComparison.Ordinal)}'"
            : $"'{doubled}'";
    }
}
