// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Pipeline;

namespace PgCloud.Commands.Activity;

/// <summary>Begins the query statistics of an instance anew.</summary>
/// <remarks>
///   Provider Ovh only. The statistics of all users and databases are forgotten, which cannot be undone; so it asks first. Answer beforehand
///   with -Confirm:$false. While something else is under way it waits.
///   After an error the statistics are as before or forgotten; run again it is the same.
/// </remarks>
/// <example>
///   <code>Reset-PgQueryStatistic orders</code>
///   <para>Forgets the statistics, after asking.</para>
/// </example>
/// <example>
///   <code>Get-PgInstance | Reset-PgQueryStatistic -Confirm:$false</code>
///   <para>Forgets those of all instances without asking, before a load test for example.</para>
/// </example>
[Cmdlet(VerbsCommon.Reset, "PgQueryStatistic", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(PgInstance))]
public sealed class ResetPgQueryStatisticCommand : InstanceCmdlet
{
    /// <summary>Writes the instance.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override async Task ProcessInstanceAsync(PgInstance instance, CancellationToken cancellation)
    {
        if (!await ShouldProcessAsync(instance.Name, "Forget the query statistics of all users and databases"))
        {
            return;
        }

        await SessionFor(instance).Cloud.QueryStatistics.ResetAsync(instance, Reporter, cancellation);
        await WriteChangedAsync(Stamp(instance, SessionFor(instance), PgChange.Updated), PassThru);
    }
}
