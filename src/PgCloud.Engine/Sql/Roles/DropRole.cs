// SPDX-License-Identifier: MIT

using Npgsql;
using PgCloud.Contracts;
using PgCloud.Errors;

namespace PgCloud.Engine.Sql.Roles;

/// <summary>Drops a role that nothing depends on.</summary>
internal sealed class DropRole : CatalogChange<PgRole>
{
    private readonly string _name;
    private readonly SqlTarget _target;
    private PgRole? _present;

    internal DropRole(string name, SqlTarget target)
    {
        PgNames.CheckIdentifier(name);
        _name = name;
        _target = target;
    }

    /// <inheritdoc/>
    protected override void AddInspection(NpgsqlBatchCommandCollection commands) => commands.Add(RoleReader.Query([_name]));

    /// <inheritdoc/>
    protected override async Task ReadAsync(NpgsqlDataReader reader, CancellationToken cancellation)
    {
        List<PgRole> found = await RoleReader.ReadAsync(reader, PgChange.Removed, cancellation);
        _present = found.Count == 0 ? throw PgErrors.RoleNotFound(_name, _target.ToString()) : found[0];
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<SqlStatement> Plan() => [RoleSql.Drop(_name)];

    /// <inheritdoc/>
    protected override Exception? Explain(PostgresException exception) => Explain(_name, exception);

    /// <inheritdoc/>
    protected override PgRole Result() => _present!;

    /// <summary>What it means that DROP ROLE failed, where that is for what depends on the role.</summary>
    internal static Exception? Explain(string name, PostgresException exception) =>
        exception.SqlState == PostgresErrorCodes.DependentObjectsStillExist
            ? PgErrors.RoleHasDependents(name, OneLine(ServerError.From(exception)), null)
            : null;

    // The server lists one dependent a line.
    private static string OneLine(ServerError error) =>
        (error.Detail is { Length: > 0 } detail ? detail.Replace("\n", "; ", StringComparison.Ordinal) : error.Message).TrimEnd('.') + ".";
}
