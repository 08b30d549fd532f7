// SPDX-License-Identifier: MIT

using Npgsql;
using PgCloud.Contracts;
using PgCloud.Errors;

namespace PgCloud.Engine.Sql.Databases;

/// <summary>Brings a database that is there to what is asked.</summary>
internal sealed class AlterDatabase : CatalogChange<PgDatabase>
{
    private readonly DatabaseAttributes _attributes;
    private readonly SqlTarget _target;
    private readonly Version _serverVersion;
    private readonly BorrowedRoles _borrowed;
    private readonly string[] _owners;
    private PgDatabase? _present;
    private PgDatabase? _written;

    /// <param name="attributes">What is asked.</param>
    /// <param name="owner">Who owns it now: to alter it needs the rights of its owner.</param>
    /// <param name="context">The session.</param>
    internal AlterDatabase(DatabaseAttributes attributes, string owner, SqlContext context)
    {
        _attributes = attributes;
        _target = context.Target;
        _serverVersion = context.ServerVersion;
        _borrowed = new BorrowedRoles(_serverVersion);
        _owners = attributes.Owner is { } next && next != owner ? [owner, next] : [owner];
    }

    /// <inheritdoc/>
    protected override void AddInspection(NpgsqlBatchCommandCollection commands)
    {
        commands.Add(DatabaseReader.Query(_serverVersion, [_attributes.Name]));
        commands.Add(_borrowed.Query(_owners));
    }

    /// <inheritdoc/>
    protected override async Task ReadAsync(NpgsqlDataReader reader, CancellationToken cancellation)
    {
        List<PgDatabase> found = await DatabaseReader.ReadAsync(reader, PgChange.Unchanged, cancellation);
        _present = found.Count == 0 ? throw PgErrors.DatabaseNotFound(_attributes.Name, _target.ToString()) : found[0];
        _written = null;
        await reader.NextResultAsync(cancellation);
        await _borrowed.ReadAsync(reader, cancellation);
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<SqlStatement> Plan()
    {
        SqlStatement[] work = [.. DatabaseSql.Alter(_attributes, _present!)];
        return work.Length == 0 ? [] : [.. _borrowed.Borrow(), .. work, .. _borrowed.Return()];
    }

    /// <inheritdoc/>
    protected override NpgsqlBatchCommand ReadBack() => DatabaseReader.Query(_serverVersion, [_attributes.Name]);

    /// <inheritdoc/>
    protected override async Task ReadBackAsync(NpgsqlDataReader reader, CancellationToken cancellation) =>
        _written = (await DatabaseReader.ReadAsync(reader, PgChange.Updated, cancellation))[0];

    /// <inheritdoc/>
    protected override Exception? Explain(PostgresException exception) => exception.SqlState switch
    {
        PostgresErrorCodes.InsufficientPrivilege => DatabaseErrors.NotOwner(ServerError.From(exception), _target, _present!, _attributes.Owner),
        PostgresErrorCodes.InvalidCatalogName => PgErrors.DatabaseNotFound(_attributes.Name, _target.ToString()),
        _ => null,
    };

    /// <inheritdoc/>
    protected override PgDatabase Result() => _written ?? _present!;
}
