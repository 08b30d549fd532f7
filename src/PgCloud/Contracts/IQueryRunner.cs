// SPDX-License-Identifier: MIT

namespace PgCloud.Contracts;

/// <summary>Runs SQL of the user's own.</summary>
public interface IQueryRunner
{
    /// <summary>Runs SQL text and hands over its rows in batches as they arrive.</summary>
    IAsyncEnumerable<SqlRowBatch> RunAsync(SqlQuery query, CancellationToken cancellation);

    /// <summary>
    ///   The command tags of those statements of a text that may change something, such as INSERT and ALTER ROLE: words of SQL, and nothing
    ///   else of the text. What a function that is called in a query does is not seen.
    /// </summary>
    IReadOnlyList<string> ChangesOf(string text);
}

/// <summary>A query.</summary>
/// <param name="Text">SQL with <c>@name</c> parameters.</param>
/// <param name="Parameters">
///   Their values; names are compared by the dictionary's own rule. What the text does not name is not sent.
/// </param>
/// <param name="Timeout">How long the server may take over it; <see langword="null"/> for no limit.</param>
public sealed record SqlQuery(string Text, IReadOnlyDictionary<string, object?> Parameters, TimeSpan? Timeout)
{
    /// <summary>Whether to run it in a transaction that cannot write.</summary>
    public bool ReadOnly { get; init; }
}

/// <summary>Some rows of one result set.</summary>
/// <param name="ResultSet">Which result set of the query, from 0 on.</param>
/// <param name="Columns">Its columns. A later batch of the same result set may have a wider type for one of them.</param>
/// <param name="Rows">The rows.</param>
public sealed record SqlRowBatch(int ResultSet, IReadOnlyList<SqlColumn> Columns, IReadOnlyList<PgRow> Rows);

/// <summary>A column.</summary>
/// <param name="Name">Its name; no two of a result set differ by case alone.</param>
/// <param name="Type">The type of its values, without Nullable.</param>
/// <param name="IsJson">Whether its values are JSON texts.</param>
public sealed record SqlColumn(string Name, Type Type, bool IsJson);
