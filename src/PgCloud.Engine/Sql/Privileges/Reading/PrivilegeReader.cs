// SPDX-License-Identifier: MIT

using System.Runtime.CompilerServices;
using Npgsql;
using PgCloud.Contracts;
using PgCloud.Errors;

namespace PgCloud.Engine.Sql.Privileges.Reading;

/// <summary>Reads privileges over one connection, in two round trips whatever the number of objects.</summary>
internal sealed class PrivilegeReader(SqlContext context) : IPrivilegeReader
{
    // About so many: an object's privileges stay together.
    private const int BatchSize = 512;

    /// <inheritdoc/>
    public async IAsyncEnumerable<IReadOnlyList<PgPrivilege>> ReadAsync(
        PrivilegeFilter filter, [EnumeratorCancellation] CancellationToken cancellation)
    {
        RoleGraph graph = await context.ReportAsync("Read roles", () => RoleGraph.ReadAsync(context, cancellation), cancellation);
        IReadOnlyCollection<uint>? grantees = filter.Grantees.Count == 0 ? null : graph.Find(filter.Grantees);
        if (filter.EffectiveFor is null)
        {
            await using NpgsqlCommand command = new PrivilegeQueries(filter, context.ServerVersion).Granted(context.Connection, grantees);
            await foreach (List<PgPrivilege> batch in RunAsync(command, new PrivilegeRow(graph, null), cancellation))
            {
                yield return batch;
            }

            yield break;
        }

        uint role = graph.Find(filter.EffectiveFor) ?? throw PgErrors.RoleNotFound(filter.EffectiveFor, context.Target.ToString());
        Dictionary<uint, IReadOnlyList<string>> rights = graph.RightsOf(role);
        rights[RoleGraph.Public] = [filter.EffectiveFor, RoleGraph.PublicName];
        IReadOnlyList<BypassRule> rules = BypassRule.For(role, graph, rights);
        await using NpgsqlCommand granted = new PrivilegeQueries(filter, context.ServerVersion).Granted(context.Connection, rights.Keys);
        await foreach (List<PgPrivilege> batch in RunAsync(granted, new PrivilegeRow(graph, rights), cancellation))
        {
            yield return batch;
        }

        foreach (BypassRule rule in rules)
        {
            var way = new Dictionary<uint, IReadOnlyList<string>> { [rule.Role] = rule.Via };
            await using NpgsqlCommand bypassing = new PrivilegeQueries(filter, context.ServerVersion).Bypassing(context.Connection, [rule]);
            await foreach (List<PgPrivilege> batch in RunAsync(bypassing, new PrivilegeRow(graph, way), cancellation))
            {
                yield return batch;
            }
        }
    }

    private async IAsyncEnumerable<List<PgPrivilege>> RunAsync(
        NpgsqlCommand command, PrivilegeRow row, [EnumeratorCancellation] CancellationToken cancellation)
    {
        NpgsqlDataReader reader = await context.ReportAsync("Read privileges", () => command.ExecuteReaderAsync(cancellation), cancellation);
        await using (reader)
        {
            while (true)
            {
                List<PgPrivilege> batch = await context.GuardAsync(() => ReadBatchAsync(reader, row, cancellation), cancellation);
                if (batch.Count > 0)
                {
                    yield return batch;
                }

                if (batch.Count < BatchSize)
                {
                    yield break;
                }
            }
        }
    }

    private static async Task<List<PgPrivilege>> ReadBatchAsync(NpgsqlDataReader reader, PrivilegeRow row, CancellationToken cancellation)
    {
        var batch = new List<PgPrivilege>(BatchSize);
        while (batch.Count < BatchSize && await reader.ReadAsync(cancellation))
        {
            row.Read(reader, batch);
        }

        return batch;
    }
}
