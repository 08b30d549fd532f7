// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Pipeline;

namespace PgCloud.Commands.Backup;

/// <summary>Applies a maintenance now, before its time.</summary>
/// <remarks>
///   The instance is Updating meanwhile, and its server may restart or fail over. Where another change is under way, it is waited for first. A
///   maintenance that is applied already, or is being applied, is Unchanged; one that has failed is refused. Offered by provider Ovh.
///   After an error the maintenance is as it was or under way, which Get-PgMaintenance shows; run again it is begun no second time.
/// </remarks>
/// <example>
///   <code>Get-PgMaintenance orders | Where-Object Status -eq Pending | Start-PgMaintenance -Wait -PassThru</code>
///   <para>Applies what is pending, waits until it is applied and shows it.</para>
/// </example>
/// <example>
///   <code>Get-PgMaintenance orders | Start-PgMaintenance -WhatIf</code>
///   <para>Shows what would be applied, and applies nothing.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Start, "PgMaintenance", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(PgMaintenance))]
public sealed class StartPgMaintenanceCommand : InstanceCmdlet
{
    /// <summary>The ids of the maintenance.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(Completion.MaintenanceCompleter))]
    public string[] Id { get; set; } = [];

    /// <summary>Waits until it is applied.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>How long -Wait waits at most, in seconds.</summary>
    /// <value>3600</value>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int TimeoutSec { get; set; } = 3600;

    /// <summary>Writes the maintenance.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override async Task ProcessInstanceAsync(PgInstance instance, CancellationToken cancellation)
    {
        foreach (string id in Id)
        {
            await ForEachAsync(async () =>
            {
                About<PgMaintenance>(id);
                if (!await ShouldProcessAsync(instance.Name, $"Apply the maintenance {id} now"))
                {
                    return;
                }

                PgMaintenance applied = await SessionFor(instance).Cloud.Maintenances.ApplyAsync(
                    instance, id, Wait ? TimeSpan.FromSeconds(TimeoutSec) : null, Reporter, cancellation);
                applied.Instance = instance;
                await WriteChangedAsync(applied, PassThru);
            });
        }
    }
}
