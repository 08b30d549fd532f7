// SPDX-License-Identifier: MIT

using System.Data;
using System.Globalization;
using System.Runtime.ExceptionServices;
using Npgsql;
using PgCloud.Contracts;

namespace PgCloud.Engine.Sql;

/// <summary>
///   Changes the catalog in one transaction and two round trips: lock and inspect, then apply and commit. What the inspection shows decides
///   what is written; where nothing is to be written nothing is.
/// </summary>
/// <typeparam name="T">What the change answers.</typeparam>
internal abstract class CatalogChange<T>
    where T : class
{
    /// <summary>
    ///   The advisory lock that all sessions of PgCloud take before they inspect ("PgCloud" in ASCII). Without it two sessions that write
    ///   the same catalog row end in XX000 "tuple concurrently updated".
    /// </summary>
    internal const long LockKey = 0x5067_436C_6F75_64;

    // Advisory locks are per database while roles are per server, and psql takes none at all: what the lock cannot prevent is tried again.
    private const int Attempts = 5;

    private const string Begin = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE";
    private const string BeginPreview = "BEGIN ISOLATION LEVEL READ COMMITTED READ ONLY";

    /// <summary>How long to wait for another session before giving up.</summary>
    internal TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    private string Lock => string.Create(
        CultureInfo.InvariantCulture,
        $"SELECT pg_catalog.set_config('lock_timeout', '{Patience.TotalMilliseconds:0}', true), "
        + $"pg_catalog.pg_advisory_xact_lock({LockKey})");

    /// <summary>Adds the queries of the inspection.</summary>
    protected abstract void AddInspection(NpgsqlBatchCommandCollection commands);

    /// <summary>Reads what the inspection found; the reader stands on its first result set.</summary>
    protected abstract Task ReadAsync(NpgsqlDataReader reader, CancellationToken cancellation);

    /// <summary>What is to be written. May be asked for again after another inspection.</summary>
    protected abstract IReadOnlyList<SqlStatement> Plan();

    /// <summary>A query to be answered after the writing, in the same transaction.</summary>
    protected virtual NpgsqlBatchCommand? ReadBack() => null;

    /// <summary>Reads the answer to <see cref="ReadBack"/>.</summary>
    protected virtual Task ReadBackAsync(NpgsqlDataReader reader, CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>
    ///   What ends the transaction, in a round trip of its own, where <see cref="ReadBackAsync"/> may refuse what was done;
    ///   <see langword="null"/> where it does not, and COMMIT goes along with the writing.
    /// </summary>
    protected virtual IReadOnlyList<string>? Closing => null;

    /// <summary>The answer.</summary>
    protected abstract T Result();

    /// <summary>Gives a failure of the writing its own words; <see langword="null"/> where the general ones do.</summary>
    protected virtual Exception? Explain(PostgresException exception) => null;

    /// <summary>Whether statements are under way, so that nobody knows whether they were carried out if the connection breaks.</summary>
    internal bool HasBegunWriting { get; private set; }

    /// <summary>Does it all; <see langword="null"/> where the approval was refused, and nothing was written.</summary>
    internal async Task<T?> RunAsync(SqlContext context, IChangeApproval approval, CancellationToken cancellation)
    {
        NpgsqlConnection connection = context.Connection;
        var consent = new Consent(context.Target, approval);
        if (approval.MayWait && !await consent.ToAsync(await PreviewAsync(connection, cancellation)))
        {
            return null;
        }

        for (int attempt = 1; ; attempt++)
        {
            ExceptionDispatchInfo failure;
            try
            {
                IReadOnlyList<SqlStatement> statements = await LockAndInspectAsync(connection, cancellation);
                if (consent.Covers(statements) || (!approval.MayWait && await consent.ToAsync(statements)))
                {
                    return await ApplyAsync(connection, statements, cancellation);
                }

                // Another session changed something while the person was thinking: no lock may be held over the next question.
                await RollBackAsync(connection);
                if (approval.MayWait && await consent.ToAsync(statements))
                {
                    continue;
                }

                return null;
            }
            catch (Exception exception)
            {
                failure = ExceptionDispatchInfo.Capture(exception);
            }

            await RollBackAsync(connection);
            if (attempt >= Attempts || cancellation.IsCancellationRequested || !SqlErrors.IsConflict(failure.SourceException))
            {
                failure.Throw();
            }

            await Task.Delay(Random.Shared.Next(10, 50 * attempt), cancellation);
            if (connection.State == ConnectionState.Closed)
            {
                await connection.OpenAsync(cancellation);
            }
        }
    }

    /// <summary>What would be written, found out without a lock and without the right to write.</summary>
    internal async Task<IReadOnlyList<SqlStatement>> PreviewAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        try
        {
            await InspectAsync(connection, [BeginPreview], cancellation);
            return Plan();
        }
        finally
        {
            await RollBackAsync(connection);
        }
    }

    private async Task<IReadOnlyList<SqlStatement>> LockAndInspectAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await InspectAsync(connection, [Begin, Lock], cancellation);
        return Plan();
    }

    private async Task InspectAsync(NpgsqlConnection connection, string[] first, CancellationToken cancellation)
    {
        await using var inspection = new NpgsqlBatch(connection) { Timeout = 0 };
        foreach (string statement in first)
        {
            inspection.BatchCommands.Add(new NpgsqlBatchCommand(statement));
        }

        AddInspection(inspection.BatchCommands);
        await using NpgsqlDataReader reader = await inspection.ExecuteReaderAsync(cancellation);

        // BEGIN has no result set; taking the lock has one.
        for (int i = 1; i < first.Length; i++)
        {
            await reader.NextResultAsync(cancellation);
        }

        await ReadAsync(reader, cancellation);
    }

    private async Task<T> ApplyAsync(NpgsqlConnection connection, IReadOnlyList<SqlStatement> statements, CancellationToken cancellation)
    {
        await using var writing = new NpgsqlBatch(connection) { Timeout = 0 };
        foreach (SqlStatement statement in statements)
        {
            writing.BatchCommands.Add(new NpgsqlBatchCommand(statement.Text));
        }

        if (statements.Count > 0 && ReadBack() is { } query)
        {
            writing.BatchCommands.Add(query);
        }

        if (Closing is null)
        {
            writing.BatchCommands.Add(new NpgsqlBatchCommand("COMMIT"));
        }

        HasBegunWriting = statements.Count > 0;
        try
        {
            await using (NpgsqlDataReader reader = await writing.ExecuteReaderAsync(cancellation))
            {
                if (statements.Count > 0)
                {
                    await ReadBackAsync(reader, cancellation);
                }

                // To the end, where COMMIT answers: closing a reader would pass over its failure.
                while (await reader.NextResultAsync(cancellation))
                {
                }
            }

            await CloseAsync(connection, cancellation);
        }
        catch (PostgresException exception) when (!SqlErrors.IsConflict(exception) && Explain(exception) is not null)
        {
            throw Explain(exception)!;
        }

        return Result();
    }

    private async Task CloseAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var closing = new NpgsqlBatch(connection) { Timeout = 0 };
        foreach (string statement in Closing ?? [])
        {
            closing.BatchCommands.Add(new NpgsqlBatchCommand(statement));
        }

        if (closing.BatchCommands.Count > 0)
        {
            await closing.ExecuteNonQueryAsync(cancellation);
        }
    }

    private static async Task RollBackAsync(NpgsqlConnection connection)
    {
        if (connection.State != ConnectionState.Open)
        {
            // The connector is broken, and closing is what makes the connection fit to be opened again; the server rolls back by itself.
            await connection.CloseAsync();
            return;
        }

        try
        {
            await using var command = new NpgsqlCommand("ROLLBACK", connection) { CommandTimeout = 10 };
            await command.ExecuteNonQueryAsync(CancellationToken.None);
        }
        catch (Exception exception) when (exception is NpgsqlException or InvalidOperationException)
        {
            // The failure that led here is the one to report; without a connection the server rolls back by itself.
            await connection.CloseAsync();
        }
    }
}
