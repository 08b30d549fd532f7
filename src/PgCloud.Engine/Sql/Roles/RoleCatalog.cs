// SPDX-License-Identifier: MIT

using Npgsql;
using PgCloud.Contracts;
using PgCloud.Errors;

namespace PgCloud.Engine.Sql.Roles;

/// <summary>Roles over one connection.</summary>
internal sealed class RoleCatalog(SqlContext context) : IRoleCatalog
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<PgRole>> GetAsync(IReadOnlyCollection<string>? names, CancellationToken cancellation) =>
        context.ReportAsync<IReadOnlyList<PgRole>>("Read roles", async () =>
        {
            foreach (string name in names ?? [])
            {
                PgNames.CheckIdentifier(name);
            }

            await using var batch = new NpgsqlBatch(context.Connection) { Timeout = 0 };
            batch.BatchCommands.Add(RoleReader.Query(names));
            await using NpgsqlDataReader reader = await batch.ExecuteReaderAsync(cancellation);
            return await RoleReader.ReadAsync(reader, PgChange.None, cancellation);
        }, cancellation);

    /// <inheritdoc/>
    public Task<PgRole?> EnsureAsync(RoleRequest request, IChangeApproval approval, CancellationToken cancellation) =>
        EnsureAsync($"Ensure role {PgNames.Quote(request.Name)}", new EnsureRole(request, context, mayCreate: true), approval, cancellation);

    /// <inheritdoc/>
    public Task<PgRole?> SetAsync(RoleRequest request, IChangeApproval approval, CancellationToken cancellation) =>
        EnsureAsync($"Set role {PgNames.Quote(request.Name)}", new EnsureRole(request, context, mayCreate: false), approval, cancellation);

    /// <inheritdoc/>
    public Task<PgRole?> DropAsync(RoleRemoval removal, IChangeApproval approval, CancellationToken cancellation) =>
        new RemoveRole(removal, context).RunAsync(approval, cancellation);

    // Once the statements are on their way the password may be set, whatever happens to the answer.
    private async Task<PgRole?> EnsureAsync(string what, EnsureRole change, IChangeApproval approval, CancellationToken cancellation)
    {
        try
        {
            return await context.ChangeAsync(what, change, approval, cancellation);
        }
        catch (PgCloudException exception) when (change.HasBegunSettingPassword && SqlErrors.IsConnectionLost(exception))
        {
            throw PgErrors.RolePasswordUncertain(change.Name, exception);
        }
    }
}
