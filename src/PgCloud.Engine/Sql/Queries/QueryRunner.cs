// SPDX-License-Identifier: MIT

using System.Diagnostics;
using System.Runtime.CompilerServices;
using PgCloud.Contracts;

namespace PgCloud.Engine.Sql.Queries;

/// <summary>The user's own SQL over one connection.</summary>
internal sealed class QueryRunner(SqlContext context) : IQueryRunner
{
    /// <inheritdoc/>
    public IReadOnlyList<string> ChangesOf(string text) => StatementTags.ChangesOf(text);

    /// <inheritdoc/>
    public async IAsyncEnumerable<SqlRowBatch> RunAsync(SqlQuery query, [EnumeratorCancellation] CancellationToken cancellation)
    {
        long begun = Stopwatch.GetTimestamp();
        var text = new QueryText(query);
        await context.ReopenAsync(cancellation);
        await using var run = new QueryRun(context, query, text);
        while (await run.NextAsync(cancellation) is { } batch)
        {
            yield return batch;
        }

        context.Reporter.Step(run.Summary, Stopwatch.GetElapsedTime(begun));
    }
}
