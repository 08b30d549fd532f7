// SPDX-License-Identifier: MIT

using Npgsql;
using NpgsqlTypes;

namespace PgCloud.Engine.Sql;

/// <summary>Text as a parameter, and as a literal where no parameter can stand.</summary>
internal static class SqlText
{
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
