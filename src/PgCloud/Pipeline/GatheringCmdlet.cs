// SPDX-License-Identifier: MIT

using PgCloud.Contracts;

namespace PgCloud.Pipeline;

/// <summary>The base of cmdlets that gather records: after the last one, those of a connection are carried out in one transaction.</summary>
/// <typeparam name="TRequest">What a record asks for.</typeparam>
public abstract class GatheringCmdlet<TRequest> : SqlCmdlet
{
    private readonly List<(PgConnection Connection, TRequest Request)> _records = [];

    /// <summary>What the present record asks for.</summary>
    private protected abstract TRequest Ask();

    /// <summary>Carries out the records of one connection.</summary>
    private protected abstract Task ApplyAsync(
        ISqlSession session, IReadOnlyList<PgConnection> connections, IReadOnlyList<TRequest> requests, CancellationToken cancellation);

    /// <summary>Gathering takes no time; the connections are worked on at once at the end.</summary>
    private protected override int Parallelism => 1;

    /// <inheritdoc/>
    private protected override Task ProcessAsync(CancellationToken cancellation)
    {
        _records.Add((Connection, Ask()));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    private protected override Task EndAsync(CancellationToken cancellation)
    {
        // A connection without a password fails for its own records only.
        var options = new ParallelOptions { MaxDegreeOfParallelism = ThrottleLimit, CancellationToken = cancellation };
        return Parallel.ForEachAsync(
            _records.GroupBy(record => TargetOf(record.Connection)),
            options,
            async (records, token) => await OverAsync(records.First().Connection, () => ForEachAsync(records.First().Connection, async () =>
            {
                ISqlSession session = await SessionAsync(records.First().Connection, token);
                await ApplyAsync(
                    session, [.. records.Select(record => record.Connection)], [.. records.Select(record => record.Request)], token);
            })));
    }
}
