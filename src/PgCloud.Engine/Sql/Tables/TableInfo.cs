// SPDX-License-Identifier: MIT

namespace PgCloud.Engine.Sql.Tables;

/// <summary>A table as COPY has to know it.</summary>
/// <param name="Schema">Its schema.</param>
/// <param name="Name">Its name.</param>
/// <param name="Kind">relkind: r, p, v, m or f.</param>
/// <param name="Columns">Its columns, in order.</param>
internal sealed record TableInfo(string Schema, string Name, char Kind, IReadOnlyList<TableColumn> Columns)
{
    /// <summary>Its name in SQL.</summary>
    internal string Sql => $"{PgNames.Quote(Schema)}.{PgNames.Quote(Name)}";

    /// <summary>Its name for people.</summary>
    public override string ToString() => $"{Schema}.{Name}";
}

/// <summary>A column.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsGenerated">Whether the server computes it, so that nothing can be written to it.</param>
/// <param name="IsMultirange">Whether a value is a list of ranges, which is written in another way than an array of them.</param>
internal sealed record TableColumn(string Name, bool IsGenerated, bool IsMultirange);
