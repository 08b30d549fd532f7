// SPDX-License-Identifier: MIT

using System.Globalization;
using System.Management.Automation;
using PgCloud.Contracts;
using PgCloud.Pipeline;

namespace PgCloud.Commands.Activity;

/// <summary>Cancels a query of an instance or ends its session, by the provider's API: without a database user.</summary>
/// <remarks>
///   <para>
///     Provider Ovh only; with a database user Stop-PgBackend does the same on every provider. Asks first; answer beforehand with
///     -Confirm:$false.
///   </para>
///   <para>
///     What the process does is read directly before. A query that has ended by then is reported as Unchanged, and ChangeDetail says why; so
///     is a session that is idle, which has nothing to cancel. Of a query that is piped in the times are compared at which the session
///     connected and, without -Terminate, at which the query began: another query or another session of the same process id is left alone.
///   </para>
///   <para>
///     After an error the query runs on or was stopped, which Get-PgCurrentQuery shows; run again it stops that query or leaves another one alone.
///   </para>
/// </remarks>
/// <example>
///   <code>Get-PgCurrentQuery orders -UserName report -State active | Stop-PgCurrentQuery</code>
///   <para>Cancels, after asking, what one user runs.</para>
/// </example>
/// <example>
///   <code>Get-PgCurrentQuery orders -State 'idle in*' | Stop-PgCurrentQuery -Terminate -Confirm:$false -PassThru</code>
///   <para>Ends the sessions that sit in an open transaction, and writes which.</para>
/// </example>
/// <example>
///   <code>Stop-PgCurrentQuery orders -ProcessId 4711 -WhatIf</code>
///   <para>Shows what would be cancelled, and cancels nothing.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Stop, "PgCurrentQuery", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(PgCurrentQuery))]
public sealed class StopPgCurrentQueryCommand : InstanceCmdlet
{
    /// <summary>The process that serves the session.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("Pid")]
    [ValidateRange(1, int.MaxValue)]
    public int[] ProcessId { get; set; } = [];

    /// <summary>When the session connected; one that connected at another time is left alone. Comes with what Get-PgCurrentQuery writes.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("BackendStart")]
    [RevivedTransformation]
    public DateTimeOffset? ConnectedAt { get; set; }

    /// <summary>When the query began; another one of the session is not cancelled. Comes with what Get-PgCurrentQuery writes.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("QueryStart")]
    [RevivedTransformation]
    public DateTimeOffset? QueryStartedAt { get; set; }

    /// <summary>Ends the session.</summary>
    [Parameter]
    public SwitchParameter Terminate { get; set; }

    /// <summary>Writes the query as it was, and what was done.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override async Task ProcessInstanceAsync(PgInstance instance, CancellationToken cancellation)
    {
        ICurrentQueries queries = SessionFor(instance).Cloud.CurrentQueries;
        foreach (int processId in ProcessId)
        {
            await ForEachAsync(async () =>
            {
                About<PgCurrentQuery>(processId.ToString(CultureInfo.InvariantCulture));
                if (!await ShouldProcessAsync(instance.Name, $"{(Terminate ? "End the session" : "Cancel the query")} of process {processId}"))
                {
                    return;
                }

                var request = new StopQueryRequest(processId, ConnectedAt, QueryStartedAt, Terminate);
                PgCurrentQuery stopped = await queries.StopAsync(instance, request, Reporter, cancellation);
                await WriteChangedAsync(stopped, PassThru);
            });
        }
    }
}
