// SPDX-License-Identifier: MIT

using System.ComponentModel;
using PgCloud.Pipeline;

namespace PgCloud;

/// <summary>Where an import met a row that the table does not take: the target object of <c>PgCloud.Table.RowInvalid</c>.</summary>
[TypeConverter(typeof(DeserializedObjectConverter))]
public sealed class PgInvalidRow
{
    /// <summary>The table, with its schema.</summary>
    public required string Table { get; init; }

    /// <summary>The file; empty where the rows came by the pipeline.</summary>
    public string Path { get; init; } = string.Empty;

    /// <summary>The line of the file, or the number of the object in the pipeline; <c>$null</c> where the server does not say.</summary>
    public long? Line { get; init; }

    /// <summary>The column; empty where the server does not say.</summary>
    public string Column { get; init; } = string.Empty;

    /// <summary>The value, as far as the server tells it; <c>$null</c> where it does not.</summary>
    public string? Value { get; init; }

    /// <summary>What is wrong with it.</summary>
    public required string Reason { get; init; }

    /// <summary>The file or table, and the line.</summary>
    public override string ToString() =>
        $"{(Path.Length == 0 ? Table : Path)}{(Line is { } line ? FormattableString.Invariant($":{line}") : string.Empty)}";
}
