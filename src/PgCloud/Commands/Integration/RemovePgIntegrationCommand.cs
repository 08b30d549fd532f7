// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Contracts;
using PgCloud.Pipeline;

namespace PgCloud.Commands.Integration;

/// <summary>Removes a link between an instance and another service, and waits until it is gone.</summary>
/// <remarks>
///   Provider Ovh only. What has been sent over the link stays where it is. A link that is not there is reported as Unchanged. Asks first;
///   answer beforehand with -Confirm:$false. While something else is under way the cmdlet waits.
///   After an error the integration is there or gone, which Get-PgIntegration shows; run again it is removed, or Unchanged.
/// </remarks>
/// <example>
///   <code>Get-PgIntegration orders -Type opensearchLogs | Remove-PgIntegration</code>
///   <para>Has logs no longer sent, after asking.</para>
/// </example>
/// <example>
///   <code>Get-PgInstance | Get-PgIntegration | Remove-PgIntegration -WhatIf</code>
///   <para>Shows which links would be removed, and removes none.</para>
/// </example>
[Cmdlet(VerbsCommon.Remove, "PgIntegration", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(PgIntegration))]
public sealed class RemovePgIntegrationCommand : InstanceCmdlet
{
    /// <summary>The ids of the links.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string[] Id { get; set; } = [];

    /// <summary>Writes the link as it was.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override async Task ProcessInstanceAsync(PgInstance instance, CancellationToken cancellation)
    {
        IIntegrations integrations = SessionFor(instance).Cloud.Integrations;
        foreach (string id in Id)
        {
            await ForEachAsync(async () =>
            {
                About<PgIntegration>(id);
                if (await ShouldProcessAsync(instance.Name, $"Remove the integration {id}"))
                {
                    PgIntegration removed = await integrations.RemoveAsync(instance, id, Reporter, cancellation);
                    await WriteChangedAsync(removed, PassThru);
                }
            });
        }
    }
}
