// SPDX-License-Identifier: MIT

using Npgsql;
using PgCloud.Contracts;
using PgCloud.Errors;

namespace PgCloud.Engine.Sql.Databases;

/// <summary>The databases of the server, over one connection to one of them.</summary>
internal sealed class DatabaseCatalog(SqlContext context) : IDatabaseCatalog
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<PgDatabase>> GetAsync(IReadOnlyCollection<string>? names, bool withSize, CancellationToken cancellation) =>
        context.ReportAsync<IReadOnlyList<PgDatabase>>("Read databases", async () => await ReadAsync(names, withSize, cancellation), cancellation);

    /// <inheritdoc/>
    public Task<PgDatabase?> EnsureAsync(DatabaseRequest request, IChangeApproval approval, CancellationToken cancellation) =>
        context.ReportAsync(
            $"Ensure database {PgNames.Quote(request.Name)}",
            () => new EnsureDatabase(request, context).RunAsync(approval, cancellation),
            cancellation);

    /// <inheritdoc/>
    public Task<PgDatabase?> SetAsync(DatabaseAttributes attributes, IChangeApproval approval, CancellationToken cancellation) =>
        context.ReportAsync(
            $"Alter database {PgNames.Quote(attributes.Name)}",
            async () =>
            {
                DatabaseChecks.Attributes(attributes);
                List<PgDatabase> found = await ReadAsync([attributes.Name], withSize: false, cancellation);
                return found.Count == 0
                    ? throw PgErrors.DatabaseNotFound(attributes.Name, context.Target.ToString())
                    : await new AlterDatabase(attributes, found[0].Owner, context).RunAsync(context, approval, cancellation);
            },
            cancellation);

    /// <inheritdoc/>
    public Task<PgDatabase?> DropAsync(string name, bool force, IChangeApproval approval, CancellationToken cancellation) =>
        context.ReportAsync(
            $"Drop database {PgNames.Quote(name)}", () => new DropDatabase(name, force, context).RunAsync(approval, cancellation), cancellation);

    private async Task<List<PgDatabase>> ReadAsync(IReadOnlyCollection<string>? names, bool withSize, CancellationToken cancellation)
    {
        foreach (string name in names ?? [])
        {
            DatabaseChecks.Name(name);
        }

        await using var batch = new NpgsqlBatch(context.Connection) { Timeout = 0 };
        batch.BatchCommands.Add(DatabaseReader.Query(context.ServerVersion, names, withSize));
        await using NpgsqlDataReader reader = await batch.ExecuteReaderAsync(cancellation);
        return await DatabaseReader.ReadAsync(reader, PgChange.None, cancellation);
    }
}
