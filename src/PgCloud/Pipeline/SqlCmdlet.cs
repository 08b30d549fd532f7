// SPDX-License-Identifier: MIT

using System.Diagnostics;
using System.Management.Automation;
using PgCloud.Audit;
using PgCloud.Contracts;
using PgCloud.Loading;

namespace PgCloud.Pipeline;

/// <summary>The base of every cmdlet that speaks SQL to one database as one user.</summary>
public abstract class SqlCmdlet : AsyncCmdlet
{
    private ISqlSession? _open;
    private SqlTarget? _openTarget;

    /// <summary>The connection to use: a PgConnection, a PgCloudUser that carries its credential, or a PgRole that was read through one.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ConnectionTransformation]
    [ValidateNotNull]
    public PgConnection Connection { get; set; } = null!;

    /// <summary>The connection that the session is opened for.</summary>
    private protected virtual PgConnection SessionConnection => Connection;

    /// <summary>
    ///   The open session for <see cref="SessionConnection"/>. Records that arrive over one connection share it; it is closed when the cmdlet ends.
    /// </summary>
    private protected Task<ISqlSession> SessionAsync(CancellationToken cancellation) => SessionAsync(SessionConnection, cancellation);

    /// <summary>The same for a connection of a record that has gone by.</summary>
    private protected async Task<ISqlSession> SessionAsync(PgConnection connection, CancellationToken cancellation)
    {
        SqlTarget target = connection.ToSqlTarget();
        if (_open is null || target != _openTarget)
        {
            await CloseAsync();
            long begun = Stopwatch.GetTimestamp();
            _open = await EngineLoadContext.Engine.OpenSqlAsync(target, Reporter, cancellation);
            _openTarget = target;
            Reporter.Step($"Connect to {target} (PostgreSQL {_open.ServerVersion})", Stopwatch.GetElapsedTime(begun));
        }

        return _open;
    }

    /// <summary>Closes the session after a failure that may have broken it.</summary>
    private protected async Task CloseAsync()
    {
        if (_open is { } session)
        {
            _open = null;
            await session.DisposeAsync();
        }
    }

    /// <inheritdoc/>
    private protected override AuditTarget? Place => base.Place ?? AuditTarget.Of(SessionConnection);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            CloseAsync().GetAwaiter().GetResult();
        }

        base.Dispose(disposing);
    }
}
