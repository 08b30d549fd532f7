// SPDX-License-Identifier: MIT

using System.Globalization;
using Npgsql;

namespace PgCloud.Engine.Sql.Roles;

/// <summary>Ends the sessions of a role, and waits for each to end. Answers its name.</summary>
internal sealed class EndSessions(string role, Version serverVersion) : CatalogChange<string>
{
    private static readonly TimeSpan PatienceWithEach = TimeSpan.FromSeconds(5);

    private readonly BorrowedRoles _borrowed = new(serverVersion);

    /// <inheritdoc/>
    protected override void AddInspection(NpgsqlBatchCommandCollection commands) => commands.Add(_borrowed.Query([role]));

    /// <inheritdoc/>
    protected override Task ReadAsync(NpgsqlDataReader reader, CancellationToken cancellation) => _borrowed.ReadAsync(reader, cancellation);

    /// <inheritdoc/>
    protected override IReadOnlyList<SqlStatement> Plan() =>
    [
        .. _borrowed.Borrow(),
        string.Create(
            CultureInfo.InvariantCulture,
            $"SELECT pg_catalog.pg_terminate_backend(a.pid, {PatienceWithEach.TotalMilliseconds:0}) FROM pg_catalog.pg_stat_activity a "
            + $"WHERE a.usename OPERATOR(pg_catalog.=) {SqlText.Literal(role)}"),
        .. _borrowed.Return(),
    ];

    /// <inheritdoc/>
    protected override string Result() => role;
}
