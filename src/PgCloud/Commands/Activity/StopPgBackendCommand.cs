// SPDX-License-Identifier: MIT

using System.Globalization;
using System.Management.Automation;
using PgCloud.Contracts;
using PgCloud.Pipeline;

namespace PgCloud.Commands.Activity;

/// <summary>Cancels what a session is doing, or ends the session.</summary>
/// <remarks>
///   <para>
///     Without -Terminate the query is cancelled and the session stays. A session that is idle, also in an open transaction, has nothing to
///     cancel and is reported as Unchanged; to release its locks it must be ended. Of a session that is piped in the time it connected
///     is compared as it is stopped: another session that has got the same process id since is left alone.
///   </para>
///   <para>
///     To stop another role's session needs membership in that role or in pg_signal_backend (Grant-PgRole pg_signal_backend); a
///     superuser's session only a superuser may stop. Asks only with -Confirm, also with -Terminate.
///   </para>
///   <para>
///     After an error the session goes on, and after a lost connection it may have been stopped: Get-PgActivity shows it.
///   </para>
/// </remarks>
/// <example>
///   <code>$ops | Get-PgActivity -State active -MinDurationSec 600 | Stop-PgBackend</code>
///   <para>Cancels all queries that have been running for more than ten minutes.</para>
/// </example>
/// <example>
///   <code>$ops | Get-PgActivity -State 'idle in transaction' -MinDurationSec 3600 | Stop-PgBackend -Terminate -PassThru</code>
///   <para>Ends sessions that have sat in an open transaction for an hour, and writes which.</para>
/// </example>
/// <example>
///   <code>Stop-PgBackend 4711 -Terminate -WhatIf -Connection $ops</code>
///   <para>Shows the statement that would end one session.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Stop, "PgBackend", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(PgActivity))]
public sealed class StopPgBackendCommand : SqlCmdlet
{
    /// <summary>The process that serves the session.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Pid")]
    [ValidateRange(1, int.MaxValue)]
    public int[] ProcessId { get; set; } = [];

    /// <summary>When the session connected; one that connected at another time is left alone. Comes with what Get-PgActivity writes.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("BackendStart")]
    [RevivedTransformation]
    public DateTimeOffset? ConnectedAt { get; set; }

    /// <summary>Ends the session.</summary>
    [Parameter]
    public SwitchParameter Terminate { get; set; }

    /// <summary>How long to wait for the session to end, in seconds.</summary>
    /// <value>5</value>
    [Parameter]
    [ValidateRange(1, 2_000_000)]
    public int TimeoutSec { get; set; } = 5;

    /// <summary>Writes the session as it was, and what was done.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override async Task ProcessAsync(CancellationToken cancellation)
    {
        foreach (int processId in ProcessId)
        {
            await ForEachAsync(async () =>
            {
                About<PgActivity>(processId.ToString(CultureInfo.InvariantCulture));
                ISqlSession session = await SessionAsync(cancellation);
                var request = new StopRequest(processId, ConnectedAt, Terminate, TimeSpan.FromSeconds(TimeoutSec));
                if (await session.Activity.StopAsync(request, Approval, cancellation) is { } stopped)
                {
                    stopped.Connection = Connection;
                    await WriteChangedAsync(stopped, PassThru);
                }
            });
        }
    }
}
