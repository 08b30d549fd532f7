// SPDX-License-Identifier: MIT

using System.Diagnostics;
using System.Management.Automation;
using PgCloud.Audit;
using PgCloud.Contracts;
using PgCloud.Loading;

namespace PgCloud.Pipeline;

/// <summary>The base of every cmdlet that speaks SQL to one database as one user.</summary>
public abstract class SqlCmdlet : ConnectionCmdlet
{
    private readonly SqlSessions _sessions = new();

    /// <summary>The connection to use: a PgConnection, a PgCloudUser that carries its credential, or a PgRole that was read through one.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ConnectionTransformation]
    [ValidateCameAlong("connection", "its Connection, and give that with -Connection")]
    public PgConnection Connection { get; set; } = null!;

    /// <summary>The connection that the session is opened for.</summary>
    private protected virtual PgConnection SessionConnection => Connection;

    /// <summary>Transactions and statements depend on the order of the records of a connection.</summary>
    private protected override IReadOnlyCollection<object> RecordKeys => [TargetOf(SessionConnection)];

    /// <summary>
    ///   The open session for <see cref="SessionConnection"/>. Records that arrive over one connection share it; it is closed when the cmdlet ends,
    ///   or earlier where there are many connections.
    /// </summary>
    private protected Task<ISqlSession> SessionAsync(CancellationToken cancellation) => SessionAsync(SessionConnection, cancellation);

    /// <summary>The same for a connection of a record that has gone by.</summary>
    private protected Task<ISqlSession> SessionAsync(PgConnection connection, CancellationToken cancellation)
    {
        SqlTarget target = connection.ToSqlTarget();
        return _sessions.UseAsync(target, ThrottleLimit, async () =>
        {
            long begun = Stopwatch.GetTimestamp();
            ISqlSession session = await EngineLoadContext.Engine.OpenSqlAsync(target, Reporter, cancellation);
            Reporter.Step($"Connect to {target} (PostgreSQL {session.ServerVersion})", Stopwatch.GetElapsedTime(begun));
            return session;
        });
    }

    /// <summary>Does work over a connection, whose session is free for other work afterwards.</summary>
    private protected async Task OverAsync(PgConnection connection, Func<Task> work)
    {
        try
        {
            await NoteAsync(connection.ToString(), work);
        }
        finally
        {
            _sessions.Release(TargetOf(connection));
        }
    }

    /// <summary>What tells one connection from another; it may lack a password, which is an error only when it is opened.</summary>
    private protected static SqlTarget TargetOf(PgConnection connection) => connection.ToSqlTarget(connection.Credential);

    /// <inheritdoc/>
    private protected sealed override Task ProcessOneAsync(CancellationToken cancellation) =>
        OverAsync(SessionConnection, () => ProcessAsync(cancellation));

    /// <inheritdoc/>
    private protected override AuditTarget? Place => base.Place ?? AuditTarget.Of(SessionConnection);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            // It may have to wait for the end of a call that is being cancelled.
            var closed = Task.Run(_sessions.CloseAsync);
            if (!IsLeavingWork)
            {
                closed.GetAwaiter().GetResult();
            }
        }

        base.Dispose(disposing);
    }
}
