// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Pipeline;

namespace PgCloud.Commands.Logs;

/// <summary>No longer has an instance's log sent to a log stream.</summary>
/// <remarks>
///   Waits until that has ended. What the stream has already stays there. A subscription that is not there is reported as Unchanged. Provider Ovh
///   offers this.
///   After an error the subscription is there or gone, which Get-PgLogSubscription shows; run again it is removed, or Unchanged.
/// </remarks>
/// <example>
///   <code>Get-PgLogSubscription orders | Remove-PgLogSubscription</code>
///   <para>Ends all subscriptions of an instance.</para>
/// </example>
/// <example>
///   <code>Remove-PgLogSubscription orders -SubscriptionId 0f9d2c4e-7a61-4f0b-8d35-6e1b9c2a7f48 -WhatIf</code>
///   <para>Shows what would be ended, and ends nothing.</para>
/// </example>
[Cmdlet(VerbsCommon.Remove, "PgLogSubscription", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(PgLogSubscription))]
public sealed class RemovePgLogSubscriptionCommand : InstanceCmdlet
{
    /// <summary>The ids of the subscriptions.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("Id")]
    [ValidateNotNullOrEmpty]
    public string[] SubscriptionId { get; set; } = [];

    /// <summary>Writes the subscription as it was.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override async Task ProcessInstanceAsync(PgInstance instance, CancellationToken cancellation)
    {
        foreach (string id in SubscriptionId)
        {
            await ForEachAsync(async () =>
            {
                About<PgLogSubscription>(id);
                if (await ShouldProcessAsync(instance.Name, $"End the log subscription {id}"))
                {
                    PgLogSubscription removed = await SessionFor(instance).Cloud.LogSubscriptions.RemoveAsync(
                        instance, id, Reporter, cancellation);
                    await WriteChangedAsync(removed, PassThru);
                }
            });
        }
    }
}
