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

    /// <inheritdoc/>
    private protected override Task ProcessAsync(CancellationToken cancellation)
    {
        _records.Add((Connection, Ask()));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    private protected override async Task EndAsync(CancellationToken cancellation)
    {
        // A connection without a password fails for its own records only.
        foreach (var records in _records.GroupBy(record => record.Connection.ToSqlTarget(record.Connection.Credential)))
        {
            await ForEachAsync(records.First().Connection, async () =>
            {
                ISqlSession session = await SessionAsync(records.First().Connection, cancellation);
                await ApplyAsync(
                    session, [.. records.Select(record => record.Connection)], [.. records.Select(record => record.Request)], cancellation);
            });
        }
    }
}
