// SPDX-License-Identifier: MIT

using Npgsql;
using PgCloud.Contracts;
using PgCloud.Errors;

namespace PgCloud.Engine.Sql.Roles;

/// <summary>Refuses a removal that could not succeed, and says what stands in its way.</summary>
internal sealed class RemovalCheck(RoleRemoval removal, SqlContext context)
{
    /// <exception cref="PgCloudException"><c>PgCloud.Role.HasDependents</c>, <c>PgCloud.Role.DatabaseUnreachable</c>.</exception>
    internal async Task RefuseAsync(RemovalFacts facts, CancellationToken cancellation)
    {
        if (facts.HasDependents && !removal.Clears)
        {
            throw PgErrors.RoleHasDependents(
                removal.Name,
                await CollectAsync(facts, cancellation),
                "Give them to another role with -ReassignOwnedTo, or drop them with -DropOwned.");
        }

        string[] unreachable = [.. facts.Databases.Where(database => !database.IsReachable).Select(database => database.Name)];
        if (unreachable.Length > 0)
        {
            throw PgErrors.RoleDatabaseUnreachable(
                removal.Name, string.Join(", ", unreachable.Select(PgNames.Quote)), await ReadElsewhereAsync(unreachable, cancellation));
        }

        PgRoleDependent[] kept = [.. facts.Dependents.Where(
            dependent => dependent is { Kind: PgRoleDependentKind.Owner, Database: null, ObjectType: "database" or "tablespace" })];
        if (removal.DropOwned && kept.Length > 0)
        {
            throw PgErrors.RoleHasDependents(
                removal.Name, kept, "-DropOwned drops no database and no tablespace: remove them first, or use -ReassignOwnedTo.");
        }
    }

    private async Task<IReadOnlyList<PgRoleDependent>> CollectAsync(RemovalFacts facts, CancellationToken cancellation)
    {
        List<PgRoleDependent> all = [.. facts.Dependents];
        var unreachable = new List<string>();
        foreach ((string database, bool isReachable) in facts.Databases)
        {
            if (!isReachable || await ReadThereAsync(database, cancellation) is not { } found)
            {
                unreachable.Add(database);
                continue;
            }

            all.AddRange(found);
        }

        if (unreachable.Count > 0)
        {
            all.AddRange(await ReadElsewhereAsync(unreachable, cancellation));
        }

        return all;
    }

    /// <summary>What there is in another database; <see langword="null"/> where it lets nobody in after all.</summary>
    private async Task<List<PgRoleDependent>?> ReadThereAsync(string database, CancellationToken cancellation)
    {
        SqlContext other;
        try
        {
            other = await context.OpenOtherAsync(database, cancellation);
        }
        catch (PgCloudException)
        {
            // What depends on the role there can still be counted from here.
            return null;
        }

        await using (other)
        {
            return await other.ReportAsync(
                $"Look for what depends on the role in {database}",
                () => ReadAsync(other, RoleDependents.Query(removal.Name, includesShared: false), cancellation),
                cancellation);
        }
    }

    private Task<List<PgRoleDependent>> ReadElsewhereAsync(IReadOnlyCollection<string> databases, CancellationToken cancellation) =>
        ReadAsync(context, RoleDependents.QueryElsewhere(removal.Name, databases), cancellation);

    private static async Task<List<PgRoleDependent>> ReadAsync(SqlContext where, NpgsqlBatchCommand query, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(where.Connection) { Timeout = 0 };
        batch.BatchCommands.Add(query);
        await using NpgsqlDataReader reader = await batch.ExecuteReaderAsync(cancellation);
        return await RoleDependents.ReadAsync(reader, cancellation);
    }
}
