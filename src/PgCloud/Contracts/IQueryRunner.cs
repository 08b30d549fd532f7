// SPDX-License-Identifier: MIT

namespace PgCloud.Contracts;

/// <summary>Runs SQL of the user's own.</summary>
public interface IQueryRunner
{
    /// <summary>Runs SQL text and hands over its rows in batches as they arrive.</summary>
    IAsyncEnumerable<SqlRowBatch> RunAsync(SqlQuery query, CancellationToken cancellation);
}

/// <summary>A query.</summary>
/// <param name="Text">SQL with <c>@name</c> parameters.</param>
/// <param name="Parameters">Their values.</param>
/// <param name="Timeout">How long the server may take over it; <see langword="null"/> for no limit.</param>
public sealed record SqlQuery(string Text, IReadOnlyDictionary<string, object?> Parameters, TimeSpan? Timeout);

/// <summary>Some rows of one result set.</summary>
/// <param name="Columns">The names of the columns.</param>
/// <param name="Rows">The values, a row an array; <see langword="null"/> for NULL.</param>
public sealed record SqlRowBatch(IReadOnlyList<string> Columns, IReadOnlyList<object?[]> Rows);
