// SPDX-License-Identifier: MIT

using Npgsql;
using NpgsqlTypes;

namespace PgCloud.Engine.Sql;

/// <summary>Makes parameters of text.</summary>
internal static class SqlText
{
    /// <summary>A positional parameter of type text[].</summary>
    internal static NpgsqlParameter Array(IReadOnlyCollection<string> values) =>
        new() { Value = values as string[] ?? [.. values], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };
}
