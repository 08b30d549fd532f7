// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Contracts;
using PgCloud.Errors;
using PgCloud.Pipeline;

namespace PgCloud.Commands.Instance;

/// <summary>Has a removed instance back, with its data and its id.</summary>
/// <remarks>
///   Provider Ibm only, as long as Get-PgReclaimedInstance lists the instance. It can take hours: -Wait waits. Service
///   credentials that were removed with it, by -Recurse, do not come back; make new ones. To make a new instance of a backup is
///   New-PgInstance -FromBackup.
///   After an error the instance can still be had back, or Get-PgInstance lists it again.
/// </remarks>
/// <example>
///   <code>Restore-PgInstance orders -Wait</code>
///   <para>Has an instance back and waits until it is ready.</para>
/// </example>
/// <example>
///   <code>Get-PgReclaimedInstance test-* | Restore-PgInstance -WhatIf</code>
///   <para>Shows what would be had back.</para>
/// </example>
[Cmdlet(VerbsData.Restore, "PgInstance", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(PgInstance))]
public sealed class RestorePgInstanceCommand : ThrottledCmdlet
{
    /// <summary>The names or ids of removed instances, or the objects of Get-PgReclaimedInstance.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public ReclaimedArgument[] Name { get; set; } = [];

    /// <summary>Waits until the instance is ready.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>How long -Wait waits at most, in seconds.</summary>
    /// <value>14400</value>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int TimeoutSec { get; set; } = 14400;

    /// <inheritdoc/>
    private protected override IReadOnlyCollection<object> RecordKeys => [.. Name.Select(n => n.ToString()).Distinct()];

    /// <inheritdoc/>
    private protected override async Task ProcessAsync(CancellationToken cancellation)
    {
        foreach (ReclaimedArgument argument in Name)
        {
            await ForEachAsync(argument.ToString(), () => RestoreAsync(argument, cancellation));
        }
    }

    private async Task RestoreAsync(ReclaimedArgument argument, CancellationToken cancellation)
    {
        PgCloudSession session = Session ?? argument.Reclaimed?.Session ?? SessionOrDefault;
        IReclaimedInstances kept = session.Cloud.Reclaimed;
        PgReclaimedInstance reclaimed = await kept.FindAsync(argument.NameOrId, Reporter, cancellation)
            ?? throw PgErrors.ReclaimedInstanceNotFound(argument.ToString());
        About<PgInstance>(reclaimed.Name);
        if (!await ShouldProcessAsync(reclaimed.Name, "Have the removed instance back"))
        {
            return;
        }

        PgInstance back = await kept.RestoreAsync(
            reclaimed, Wait ? TimeSpan.FromSeconds(TimeoutSec) : TimeSpan.Zero, Reporter, cancellation);
        Record([Stamp(back, session, PgChange.Created)]);
        if (Wait)
        {
            back = await WaitForAsync(back, session, PgInstanceStatus.Ready, TimeSpan.FromSeconds(TimeoutSec), cancellation);
        }

        await WriteAsync(Stamp(back, session, PgChange.Created));
    }
}
