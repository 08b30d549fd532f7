// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Contracts;
using PgCloud.Errors;
using PgCloud.Pipeline;

namespace PgCloud.Commands.Instance;

/// <summary>Removes an instance and all its data.</summary>
/// <remarks>
///   Asks first; in a runbook answer beforehand with -Confirm:$false. Provider Local ends the server and leaves nothing on disk or in the
///   process table. An instance that is Failed can be removed too. A cloud takes a while: -Wait waits until the instance is gone. While a change
///   is under way the cmdlet waits for its end first. One that is protected against removal is refused: Set-PgInstance -DeletionProtection
///   $false first.
///   Provider Ibm keeps a removed instance for some days: Get-PgReclaimedInstance lists it and Restore-PgInstance has it back. -Permanent ends it at
///   once, and takes one that was removed before as well. One that has service credentials is refused without -Recurse, and one that is locked
///   until Unlock-PgInstance.
///   After an error the instance is as before or removed, which Get-PgInstance shows; run again it goes on from there. With -Permanent, Get-
///   PgReclaimedInstance may list it still, and can be piped in.
/// </remarks>
/// <example>
///   <code>Remove-PgInstance orders -Confirm:$false</code>
///   <para>Removes one instance without asking.</para>
/// </example>
/// <example>
///   <code>Get-PgReclaimedInstance | Remove-PgInstance -Permanent -Confirm:$false</code>
///   <para>Provider Ibm: ends for good what was removed before.</para>
/// </example>
/// <example>
///   <code>Get-PgInstance test-* | Remove-PgInstance -WhatIf</code>
///   <para>Shows which instances would be removed, and removes none.</para>
/// </example>
[Cmdlet(VerbsCommon.Remove, "PgInstance", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(PgInstance))]
public sealed class RemovePgInstanceCommand : InstanceCmdlet
{
    /// <summary>IBM Cloud: removes the users that were made through the provider with it. Without it an instance that has any is refused.</summary>
    [Parameter]
    public SwitchParameter Recurse { get; set; }

    /// <summary>IBM Cloud: ends the instance for good, so that it cannot be had back; one that was removed already, too.</summary>
    [Parameter]
    public SwitchParameter Permanent { get; set; }

    /// <summary>Waits until the instance is gone. Provider Local always does.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>How long -Wait waits at most, in seconds.</summary>
    /// <value>1200</value>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int TimeoutSec { get; set; } = 1200;

    /// <summary>Writes the instance, with Status Removing or, once it is gone, Removed.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override async Task ProcessAsync(CancellationToken cancellation)
    {
        foreach (InstanceArgument argument in Instance)
        {
            await ForEachAsync(argument.Instance ?? (object)argument.NameOrId, () => ProcessOneAsync(argument, cancellation));
        }
    }

    /// <inheritdoc/>
    private protected override async Task ProcessInstanceAsync(PgInstance instance, CancellationToken cancellation)
    {
        string what = Permanent ? "Remove the instance and all its data for good" : "Remove the instance and all its data";
        About<PgInstance>(instance.Name);
        if (!await ShouldProcessAsync(instance.Name, what))
        {
            return;
        }

        PgCloudSession session = SessionFor(instance);
        PgInstance removed = await session.Cloud.RemoveInstanceAsync(
            instance, new InstanceRemoval(Recurse, Permanent), Reporter, cancellation);
        Record([Stamp(removed, session, PgChange.Removed)]);
        if (Wait)
        {
            await WaitForAsync(removed, session, null, TimeSpan.FromSeconds(TimeoutSec), cancellation);
            removed.Became(PgInstanceStatus.Removed);
        }

        if (PassThru)
        {
            await WriteAsync(Stamp(removed, session, PgChange.Removed));
        }
    }

    private async Task ProcessOneAsync(InstanceArgument argument, CancellationToken cancellation)
    {
        PgInstance instance;
        try
        {
            instance = await ResolveAsync(argument, cancellation);
        }
        catch (PgCloudException exception) when (Permanent && exception.Kind is PgErrorKind.NotFound)
        {
            await PurgeAsync(argument, exception, cancellation);
            return;
        }

        await ForEachAsync(instance, () => ProcessInstanceAsync(instance, cancellation));
    }

    // One that was removed before, but can still be had back.
    private async Task PurgeAsync(InstanceArgument argument, PgCloudException missing, CancellationToken cancellation)
    {
        IReclaimedInstances kept = SessionOrDefault.Cloud.Reclaimed;
        PgReclaimedInstance reclaimed = await kept.FindAsync(argument.NameOrId, Reporter, cancellation) ?? throw missing;
        About<PgInstance>(reclaimed.Name);
        if (await ShouldProcessAsync(reclaimed.Name, "End the removed instance for good"))
        {
            await kept.PurgeAsync(reclaimed, Reporter, cancellation);
            Record([reclaimed]);
        }
    }
}
