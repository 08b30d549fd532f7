// SPDX-License-Identifier: MIT

using Npgsql;
using NpgsqlTypes;
using PgCloud.Contracts;
using PgCloud.Errors;

namespace PgCloud.Engine.Sql.Databases;

/// <summary>
///   Makes a database where there is none of that name, and else brings it to what is asked. CREATE DATABASE cannot run in a transaction;
///   what must never be half done, borrowing the rights of the owner, is done in one that hands the new database over. No lock is held
///   meanwhile: of two that make the same database the server refuses one, which then finds it there.
/// </summary>
internal sealed class EnsureDatabase
{
    // Whoever is connected to the template is gone in a moment, or stays.
    private const int Attempts = 6;

    private const string EncodingQuery =
        "SELECT pg_catalog.pg_encoding_to_char(pg_catalog.pg_char_to_encoding($1::pg_catalog.name))::pg_catalog.text";

    private const string OwnerQuery =
        "SELECT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname::pg_catalog.text OPERATOR(pg_catalog.=) $1)";

    private readonly DatabaseRequest _request;
    private readonly SqlContext _context;
    private readonly BorrowedRoles _borrowed;
    private PgDatabase? _present;
    private string? _encoding;

    internal EnsureDatabase(DatabaseRequest request, SqlContext context)
    {
        _request = DatabaseChecks.Request(request, context.ServerVersion);
        _context = context;
        _borrowed = new BorrowedRoles(context.ServerVersion);
    }

    /// <summary>Does it; <see langword="null"/> where the approval was refused.</summary>
    internal async Task<PgDatabase?> RunAsync(IChangeApproval asked, CancellationToken cancellation)
    {
        var approval = new RememberedApproval(asked);
        for (int attempt = 1; ; attempt++)
        {
            await InspectAsync(cancellation);
            if (_present is { } present)
            {
                return DatabaseDifferences.Of(_request, present, _encoding) is { Count: > 0 } differences
                    ? throw PgErrors.DatabaseDiffers(_request.Name, differences)
                    : await new AlterDatabase(_request, present.Owner, _context).RunAsync(_context, approval, cancellation);
            }

            SqlStatement[] borrow = [.. _borrowed.Borrow()];
            SqlStatement create = DatabaseSql.Create(_request, withOwner: borrow.Length == 0);
            SqlStatement[] rest = [.. DatabaseSql.Alter(_request, Fresh(withOwner: borrow.Length == 0))];
            if (!await approval.ApproveAsync(Plans(create, rest)))
            {
                return null;
            }

            try
            {
                await RehearseAsync(borrow, cancellation);
                await ExecuteAsync(create, cancellation);
            }
            catch (PostgresException exception)
            {
                if (attempt == Attempts || !MayPass(exception))
                {
                    throw (Exception?)DatabaseErrors.OfCreate(exception, _request, _context.Target) ?? exception;
                }

                await Task.Delay(Random.Shared.Next(20, 100 * attempt), cancellation);
                continue;
            }

            return await FinishAsync(rest.Length > 0, approval, cancellation);
        }
    }

    private async Task InspectAsync(CancellationToken cancellation)
    {
        await using var inspection = new NpgsqlBatch(_context.Connection) { Timeout = 0 };
        inspection.BatchCommands.Add(DatabaseReader.Query(_context.ServerVersion, [_request.Name]));
        inspection.BatchCommands.Add(_borrowed.Query(_request.Owner is { } owner ? [owner] : []));
        inspection.BatchCommands.Add(Ask(OwnerQuery, _request.Owner ?? string.Empty));
        inspection.BatchCommands.Add(Ask(EncodingQuery, _request.Encoding ?? string.Empty));
        await using NpgsqlDataReader reader = await inspection.ExecuteReaderAsync(cancellation);
        _present = (await DatabaseReader.ReadAsync(reader, PgChange.Unchanged, cancellation)).FirstOrDefault();
        await reader.NextResultAsync(cancellation);
        await _borrowed.ReadAsync(reader, cancellation);
        await reader.NextResultAsync(cancellation);
        await reader.ReadAsync(cancellation);
        if (_request.Owner is not null && !reader.GetBoolean(0))
        {
            throw PgErrors.RoleNotFound(_request.Owner, _context.Target.ToString());
        }

        await reader.NextResultAsync(cancellation);
        await reader.ReadAsync(cancellation);
        _encoding = _request.Encoding is null ? null : reader.GetString(0);
        if (_encoding is { Length: 0 })
        {
            throw PgErrors.DatabaseOptionInvalid(
                _request.Name, $"PostgreSQL knows no encoding '{_request.Encoding}'", "The encodings are in the PostgreSQL documentation, 23.3.1; UTF8 holds all characters.");
        }
    }

    private static NpgsqlBatchCommand Ask(string query, string value)
    {
        var command = new NpgsqlBatchCommand(query);
        command.Parameters.Add(new NpgsqlParameter { Value = value, NpgsqlDbType = NpgsqlDbType.Text });
        return command;
    }

    /// <summary>The database as CREATE DATABASE will have made it, as far as the rest of the request goes.</summary>
    private PgDatabase Fresh(bool withOwner) => new()
    {
        Name = _request.Name,
        Owner = withOwner && _request.Owner is { } owner ? owner : _context.Target.UserName,
        ConnectionLimit = _request.ConnectionLimit ?? -1,
        AllowConnections = _request.AllowConnections ?? true,
        IsTemplate = _request.IsTemplate ?? false,
    };

    private SqlPlan[] Plans(SqlStatement create, SqlStatement[] rest)
    {
        string target = _context.Target.ToString();
        var first = new SqlPlan(target, [create.Shown], IsTransaction: false);
        return rest.Length == 0
            ? [first]
            : [first, new SqlPlan(target, [.. _borrowed.Borrow().Concat(rest).Concat(_borrowed.Return()).Select(statement => statement.Shown)])];
    }

    /// <summary>Finds out, while there is nothing to take back, whether the rights can be borrowed.</summary>
    private async Task RehearseAsync(SqlStatement[] borrow, CancellationToken cancellation)
    {
        if (borrow.Length > 0)
        {
            await using NpgsqlTransaction transaction = await _context.Connection.BeginTransactionAsync(cancellation);
            foreach (SqlStatement statement in borrow)
            {
                await ExecuteAsync(statement, cancellation);
            }

            await transaction.RollbackAsync(cancellation);
        }
    }

    private async Task ExecuteAsync(SqlStatement statement, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(statement.Text, _context.Connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Comments the new database and hands it to its owner.</summary>
    private async Task<PgDatabase?> FinishAsync(bool hasRest, IChangeApproval approval, CancellationToken cancellation)
    {
        if (hasRest)
        {
            await new AlterDatabase(_request, _context.Target.UserName, _context).RunAsync(_context, approval, cancellation);
        }

        await InspectAsync(cancellation);
        if (_present is { } made)
        {
            made.Change = PgChange.Created;
        }

        return _present;
    }

    // Another session made the same database, is connected to the template, or granted the same role at the same time.
    private static bool MayPass(PostgresException exception) =>
        exception.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.ObjectInUse
        || (exception.SqlState is not PostgresErrorCodes.UndefinedObject && SqlErrors.IsConflict(exception));
}
