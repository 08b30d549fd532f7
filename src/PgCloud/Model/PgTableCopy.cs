// SPDX-License-Identifier: MIT

using System.ComponentModel;
using PgCloud.Pipeline;

namespace PgCloud;

/// <summary>What an import into a table, or an export to a file, copied.</summary>
[TypeConverter(typeof(DeserializedObjectConverter))]
public sealed class PgTableCopy
{
    /// <summary>The table's schema; empty for a query.</summary>
    public string Schema { get; init; } = string.Empty;

    /// <summary>The table; empty for a query.</summary>
    public string Table { get; init; } = string.Empty;

    /// <summary>How many rows were sent or received.</summary>
    public long Rows { get; init; }

    /// <summary>The file; empty where the rows came by the pipeline.</summary>
    public string Path { get; init; } = string.Empty;

    /// <summary>How long the copying took.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>The connection through which it was copied.</summary>
    public PgConnection? Connection { get; internal set; }

    /// <summary>Updated where rows were imported, Unchanged where there were none, None for an export.</summary>
    public PgChange Change { get; init; }

    /// <summary>The rows and the table.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"{Rows} rows of {(Table.Length == 0 ? "a query" : $"{Schema}.{Table}")}");
}
