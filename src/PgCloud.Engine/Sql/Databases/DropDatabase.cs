// SPDX-License-Identifier: MIT

using Npgsql;
using PgCloud.Contracts;
using PgCloud.Errors;

namespace PgCloud.Engine.Sql.Databases;

/// <summary>
///   Drops a database. DROP DATABASE cannot run in a transaction, so neither can the borrowing of its owner's rights: the statements are
///   sent in one go, and the server carries out the last, which gives the rights back, whatever becomes of those before.
/// </summary>
internal sealed class DropDatabase(string name, bool force, SqlContext context)
{
    private const int Attempts = 5;

    // Every other tool connects to it to make and drop databases.
    private const string Maintenance = "postgres";

    private readonly BorrowedRoles _borrowed = new(context.ServerVersion);
    private PgDatabase? _present;
    private DatabaseUse _use = new();

    /// <summary>Does it; <see langword="null"/> where the approval was refused.</summary>
    internal async Task<PgDatabase?> RunAsync(IChangeApproval asked, CancellationToken cancellation)
    {
        DatabaseChecks.Name(name);
        var approval = new RememberedApproval(asked);
        for (int attempt = 1; ; attempt++)
        {
            await InspectAsync(cancellation);
            PgDatabase present = _present ?? throw PgErrors.DatabaseNotFound(name, context.Target.ToString());
            CheckIsDroppable(present);
            SqlStatement[]? unanswered = Statements();
            try
            {
                while (unanswered is not null)
                {
                    var plan = new SqlPlan(
                        context.Target.ToString(), [.. unanswered.Select(statement => statement.Shown)], IsTransaction: false);
                    if (!await approval.ApproveAsync([plan]))
                    {
                        return null;
                    }

                    unanswered = await ExecuteInTurnAsync(approval, present, cancellation);
                }

                return present;
            }
            catch (Exception exception) when (SqlErrors.Cause(exception) is PostgresException refusal)
            {
                // Another session may have connected for a moment, or, from another database, given back the rights this one had borrowed.
                bool mayPass = refusal.SqlState is PostgresErrorCodes.ObjectInUse or PostgresErrorCodes.InsufficientPrivilege
                    || SqlErrors.IsConflict(refusal);
                if (attempt == Attempts || !mayPass)
                {
                    throw Explain(refusal, present) ?? exception;
                }

                await Task.Delay(Random.Shared.Next(20, 50 * attempt), cancellation);
            }
        }
    }

    private async Task InspectAsync(CancellationToken cancellation)
    {
        _use = new DatabaseUse();
        await using (var inspection = new NpgsqlBatch(context.Connection) { Timeout = 0 })
        {
            inspection.BatchCommands.Add(DatabaseReader.Query(context.ServerVersion, [name]));
            DatabaseUse.AddQueries(inspection.BatchCommands, name);
            await using NpgsqlDataReader reader = await inspection.ExecuteReaderAsync(cancellation);
            _present = (await DatabaseReader.ReadAsync(reader, PgChange.Removed, cancellation)).FirstOrDefault();
            await reader.NextResultAsync(cancellation);
            await _use.ReadAsync(reader, cancellation);
        }

        await ReadRightsAsync(_present, cancellation);
    }

    private async Task ReadRightsAsync(PgDatabase? present, CancellationToken cancellation)
    {
        await using var owner = new NpgsqlBatch(context.Connection) { Timeout = 0 };
        owner.BatchCommands.Add(_borrowed.Query(present is null ? [] : [present.Owner]));
        await using NpgsqlDataReader rights = await owner.ExecuteReaderAsync(cancellation);
        await _borrowed.ReadAsync(rights, cancellation);
    }

    private SqlStatement[] Statements() => [.. _borrowed.Borrow(), DatabaseSql.Drop(name, force), .. _borrowed.Return()];

    /// <summary>
    ///   Does it while no other session of PgCloud borrows rights: it would take what this one has borrowed for its own, and leave it behind.
    /// </summary>
    /// <returns>The statements to be asked about first, where they are other ones now; <see langword="null"/> where it was done.</returns>
    private async Task<SqlStatement[]?> ExecuteInTurnAsync(RememberedApproval approval, PgDatabase present, CancellationToken cancellation)
    {
        await using SessionLock turn = await SessionLock.TakeAsync(context, cancellation);
        await ReadRightsAsync(present, cancellation);
        SqlStatement[] statements = Statements();
        if (!approval.Covers(statements.Select(statement => statement.Shown)))
        {
            return statements;
        }

        await ExecuteAsync(statements, cancellation);
        return null;
    }

    private void CheckIsDroppable(PgDatabase present)
    {
        if (name == context.Target.Database)
        {
            throw PgErrors.DatabaseProtected(
                name, "it is the one this connection leads to", "Give a connection to another database, such as postgres: Get-PgConnection -Database.");
        }

        if (name == Maintenance)
        {
            throw PgErrors.DatabaseProtected(name, "tools connect to it to make and drop others", "If it must go, say DROP DATABASE with Invoke-PgQuery.");
        }

        if (present.IsTemplate)
        {
            throw PgErrors.DatabaseProtected(name, "it is a template", "If it must go, take that mark off first: Set-PgDatabase -IsTemplate:$false.");
        }

        if (_use.IsHeld || (_use.HasSessions && !force))
        {
            throw PgErrors.DatabaseInUse(name, _use.All, _use.Action);
        }
    }

    private async Task ExecuteAsync(SqlStatement[] statements, CancellationToken cancellation)
    {
        // With a barrier after each the server takes every statement for a transaction of its own, and goes on after a failure.
        await using var writing = new NpgsqlBatch(context.Connection) { Timeout = 0, EnableErrorBarriers = true };
        foreach (SqlStatement statement in statements)
        {
            writing.BatchCommands.Add(new NpgsqlBatchCommand(statement.Text));
        }

        await writing.ExecuteNonQueryAsync(cancellation);
    }

    private PgCloudException? Explain(PostgresException exception, PgDatabase present)
    {
        ServerError error = ServerError.From(exception);
        return error.SqlState switch
        {
            PostgresErrorCodes.InvalidCatalogName => PgErrors.DatabaseNotFound(name, context.Target.ToString()),
            PostgresErrorCodes.ObjectInUse => PgErrors.DatabaseInUse(name, _use.HasSessions ? _use.All : [error.Detail ?? error.Message], _use.Action),
            PostgresErrorCodes.InsufficientPrivilege when error.Routine == "TerminateOtherDBBackends" =>
                PgErrors.PermissionDenied(context.Target.ToString(), error.Message.TrimEnd('.'), _use.Action, null),
            PostgresErrorCodes.InsufficientPrivilege => DatabaseErrors.NotOwner(error, context.Target, present, null),
            _ => null,
        };
    }
}
