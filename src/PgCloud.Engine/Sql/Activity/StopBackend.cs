// SPDX-License-Identifier: MIT

using System.Globalization;
using Npgsql;
using PgCloud.Contracts;
using PgCloud.Errors;

namespace PgCloud.Engine.Sql.Activity;

/// <summary>Cancels a session's query or ends the session, and never another session's that has the same process id since.</summary>
internal sealed class StopBackend(StopRequest request, SqlContext context)
{
    private string Where => context.Target.ToString();

    /// <summary>Does it; <see langword="null"/> where the approval was refused.</summary>
    internal async Task<PgActivity?> RunAsync(IChangeApproval approval, CancellationToken cancellation)
    {
        PgActivity session = await FindAsync(cancellation) ?? throw PgErrors.BackendNotFound(request.ProcessId, Where, isReused: false);
        if (session.IsOwn)
        {
            throw PgErrors.BackendIsOwn(request.ProcessId);
        }

        if (IsAnother(session))
        {
            throw PgErrors.BackendNotFound(request.ProcessId, Where, isReused: true);
        }

        string[] statements = HasNothingToCancel(session) ? [] : [Statement(session)];
        if (!await approval.ApproveAsync([new SqlPlan(Where, statements, IsTransaction: false)]))
        {
            return null;
        }

        session.Change = PgChange.Unchanged;
        if (statements.Length > 0)
        {
            await SendAsync(statements[0], session, cancellation);
            session.Change = request.Terminate ? PgChange.Removed : PgChange.Updated;
        }
        else if (session.TransactionStartedAt is not null)
        {
            context.Reporter.Warning(
                $"The session {session} is {session.State}: there is no query to cancel, and its locks stay. -Terminate ends the session.");
        }

        return session;
    }

    private async Task<PgActivity?> FindAsync(CancellationToken cancellation) =>
        (await ActivityReader.ReadAsync(context.Connection, request.ProcessId, cancellation)).FirstOrDefault();

    private bool IsAnother(PgActivity session) => request.ConnectedAt is { } wanted && session.ConnectedAt is { } found && wanted != found;

    // A cancellation that comes when the session has gone idle would hit the next query in place of the one that was meant.
    private bool HasNothingToCancel(PgActivity session) => !request.Terminate && session.State?.StartsWith("idle", StringComparison.Ordinal) == true;

    /// <summary>The statement compares and signals at once, so that no time lies between in which the session could become another.</summary>
    private string Statement(PgActivity session)
    {
        string function = request.Terminate
            ? string.Create(CultureInfo.InvariantCulture, $"pg_terminate_backend(pid, {request.Timeout.TotalMilliseconds:0})")
            : "pg_cancel_backend(pid)";
        string same = session.ConnectedAt is { } connected
            ? string.Create(CultureInfo.InvariantCulture, $" AND backend_start OPERATOR(pg_catalog.=) '{connected.UtcDateTime:yyyy-MM-dd HH:mm:ss.ffffff}+00'")
            : string.Empty;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"SELECT pg_catalog.{function} FROM pg_catalog.pg_stat_activity WHERE pid OPERATOR(pg_catalog.=) {request.ProcessId}{same}");
    }

    private async Task SendAsync(string statement, PgActivity session, CancellationToken cancellation)
    {
        object? answer;
        try
        {
            await using var command = new NpgsqlCommand(statement, context.Connection) { CommandTimeout = 0 };
            answer = await command.ExecuteScalarAsync(cancellation);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            throw PgErrors.PermissionDenied(Where, ServerError.From(exception).Message.TrimEnd('.'), MissingRight(session), null);
        }

        switch (answer)
        {
            case true:
                return;
            // It was told, and did not end in time; or it had gone just before, which is what was wanted.
            case false when request.Terminate:
                if (await FindAsync(cancellation) is { } still && still.ConnectedAt == session.ConnectedAt)
                {
                    throw PgErrors.BackendNotEnded(request.ProcessId, Where, request.Timeout);
                }

                return;
            default:
                throw PgErrors.BackendNotFound(request.ProcessId, Where, isReused: false);
        }
    }

    private string MissingRight(PgActivity session) => session switch
    {
        { IsSuperuser: true } => $"'{session.User}' is a superuser, whose sessions only a superuser may stop; no managed cloud gives one away.",
        { User: null } => "It is a process of the server's own, which only a superuser may stop.",
        _ => $"That needs membership in '{session.User}' or in pg_signal_backend: Grant-PgRole pg_signal_backend {context.Target.UserName}, "
            + "run by a user that may grant it.",
    };
}
