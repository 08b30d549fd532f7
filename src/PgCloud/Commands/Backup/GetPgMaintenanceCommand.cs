// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Errors;
using PgCloud.Pipeline;

namespace PgCloud.Commands.Backup;

/// <summary>Lists the maintenance of an instance: what is to come, then what was done.</summary>
/// <remarks>
///   Start-PgMaintenance applies one before its time; Set-PgInstance -MaintenanceTime says when the cloud may do so by itself. Offered by provider
///   Ovh.
/// </remarks>
/// <example>
///   <code>Get-PgMaintenance orders</code>
///   <para>Lists the maintenance of one instance.</para>
/// </example>
/// <example>
///   <code>Get-PgInstance test-* | Get-PgMaintenance | Where-Object Status -in Pending, Scheduled | Start-PgMaintenance -Wait</code>
///   <para>Applies all that is to come to the test instances, one after the other.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "PgMaintenance")]
[OutputType(typeof(PgMaintenance))]
public sealed class GetPgMaintenanceCommand : InstanceCmdlet
{
    /// <summary>Only maintenance of these ids. Wildcards are allowed; an id without them that does not exist is an error.</summary>
    /// <value>*</value>
    [Parameter(Position = 1)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(Completion.MaintenanceCompleter))]
    [ValidateNotNull]
    public string[] Id { get; set; } = ["*"];

    /// <inheritdoc/>
    private protected override async Task ProcessInstanceAsync(PgInstance instance, CancellationToken cancellation)
    {
        var ids = new NameFilter(Id, StringComparison.OrdinalIgnoreCase);
        IReadOnlyList<PgMaintenance> all = await SessionFor(instance).Cloud.Maintenances.GetAsync(instance, Reporter, cancellation);
        await WriteAllAsync(all.Where(m => ids.Includes(m.Id)));
        await WriteMissingAsync(ids, all.Select(m => m.Id), missing => PgErrors.MaintenanceNotFound(missing, instance.Name));
    }
}
