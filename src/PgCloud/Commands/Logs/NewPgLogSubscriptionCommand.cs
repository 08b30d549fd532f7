// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Pipeline;

namespace PgCloud.Commands.Logs;

/// <summary>Has an instance's log sent to a log stream.</summary>
/// <remarks>
///   Waits until the log is sent. A subscription of the same kind to the same stream that is there already is reported as Unchanged. Provider Ovh
///   offers this, with streams of Logs Data Platform: the stream must be there, and the account needs the right to forward logs to it. With
///   provider Local pipe Get-PgLog -Follow to where the log is wanted.
///   After an error there is no such subscription, or Get-PgLogSubscription lists it; run again it makes no second one.
/// </remarks>
/// <example>
///   <code>New-PgLogSubscription orders -StreamId 8f3b0c5e-5d0c-4c1e-9a56-2f1d3f7b9a10 -Kind customer_logs</code>
///   <para>Sends the log to a stream.</para>
/// </example>
/// <example>
///   <code>Get-PgLogSubscription orders | New-PgLogSubscription -Instance invoices</code>
///   <para>Sends another instance's log to where the first one's goes.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "PgLogSubscription", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(PgLogSubscription))]
public sealed class NewPgLogSubscriptionCommand : InstanceCmdlet
{
    /// <summary>The ids of the streams.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string[] StreamId { get; set; } = [];

    /// <summary>The kinds of log.</summary>
    [Parameter(Mandatory = true, Position = 2, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(Completion.LogKindCompleter))]
    public string[] Kind { get; set; } = [];

    /// <inheritdoc/>
    private protected override async Task ProcessInstanceAsync(PgInstance instance, CancellationToken cancellation)
    {
        foreach ((string kind, string stream) in Kind.SelectMany(kind => StreamId.Select(stream => (kind, stream))))
        {
            await ForEachAsync(async () =>
            {
                About<PgLogSubscription>(kind);
                if (await ShouldProcessAsync(instance.Name, $"Send the log '{kind}' to the stream {stream}"))
                {
                    await WriteChangedAsync(await SessionFor(instance).Cloud.LogSubscriptions.CreateAsync(
                        instance, stream, kind, Reporter, cancellation));
                }
            });
        }
    }
}
