// SPDX-License-Identifier: MIT

using Npgsql;
using PgCloud.Contracts;
using PgCloud.Errors;

namespace PgCloud.Engine.Sql.Roles;

/// <summary>
///   Clears one database, and what all share, of all that depends on a role. Where something is left it is undone, and the error names what.
/// </summary>
internal sealed class ClearRole(RoleRemoval removal, IReadOnlyList<string> lenders, SqlContext context, bool dropsRole) : CatalogChange<PgRole>
{
    private readonly BorrowedRoles _borrowed = new(context.ServerVersion);
    private PgRole? _present;

    /// <summary>Where the work is done.</summary>
    internal SqlContext Context { get; } = context;

    /// <summary>Whether it is only tried, and rolled back.</summary>
    internal bool IsRehearsal { get; set; }

    /// <summary>What is run after what <see cref="CatalogChange{T}.PreviewAsync"/> shows.</summary>
    internal IReadOnlyList<SqlStatement> Last => dropsRole ? [RoleSql.Drop(removal.Name)] : [];

    /// <inheritdoc/>
    protected override IReadOnlyList<string> Closing =>
        IsRehearsal ? ["ROLLBACK"]
        : dropsRole ? [RoleSql.Drop(removal.Name), "COMMIT"]
        : ["COMMIT"];

    /// <inheritdoc/>
    protected override void AddInspection(NpgsqlBatchCommandCollection commands)
    {
        commands.Add(RoleReader.Query([removal.Name]));
        commands.Add(_borrowed.Query([removal.Name, .. removal.ReassignOwnedTo is { } heir ? [heir] : Array.Empty<string>(), .. lenders]));
    }

    /// <inheritdoc/>
    protected override async Task ReadAsync(NpgsqlDataReader reader, CancellationToken cancellation)
    {
        List<PgRole> found = await RoleReader.ReadAsync(reader, PgChange.Removed, cancellation);
        _present = found.Count == 0 ? throw PgErrors.RoleNotFound(removal.Name, Context.Target.ToString()) : found[0];
        await reader.NextResultAsync(cancellation);
        await _borrowed.ReadAsync(reader, cancellation);
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<SqlStatement> Plan() =>
    [
        .. _borrowed.Borrow(),
        .. removal.ReassignOwnedTo is { } heir ? [RoleSql.ReassignOwned(removal.Name, heir)] : Array.Empty<SqlStatement>(),
        RoleSql.DropOwned(removal.Name),
        .. _borrowed.Return(),
    ];

    /// <inheritdoc/>
    protected override NpgsqlBatchCommand ReadBack() => RoleDependents.Query(removal.Name, includesShared: true);

    /// <inheritdoc/>
    protected override async Task ReadBackAsync(NpgsqlDataReader reader, CancellationToken cancellation)
    {
        List<PgRoleDependent> left = await RoleDependents.ReadAsync(reader, cancellation);
        if (left.Count > 0)
        {
            throw PgErrors.RoleHasDependents(
                removal.Name, left, "You may not clear these: connect as a role that may, such as the owner of each object. Nothing was changed.");
        }
    }

    /// <inheritdoc/>
    protected override Exception? Explain(PostgresException exception) => DropRole.Explain(removal.Name, exception);

    /// <inheritdoc/>
    protected override PgRole Result() => _present!;
}
