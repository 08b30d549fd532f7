// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Errors;
using PgCloud.Pipeline;

namespace PgCloud.Commands.Backup;

/// <summary>Lists the backups of an instance, the newest first.</summary>
/// <remarks>
///   Provider Ovh makes them every day and keeps them as long as the plan says. New-PgInstance restores one, always into a new instance. Between
///   two backups -PointInTime of New-PgInstance restores, from the moment on that Get-PgInstance shows as Detail.PointInTimeFrom. Provider Local
///   makes no backups.
/// </remarks>
/// <example>
///   <code>Get-PgBackup orders</code>
///   <para>Lists the backups of one instance.</para>
/// </example>
/// <example>
///   <code>Get-PgBackup orders -Newest | New-PgInstance -Name orders-restored -Wait</code>
///   <para>Makes an instance with the data of the newest backup, and waits until it is ready.</para>
/// </example>
/// <example>
///   <code>Get-PgInstance | Get-PgBackup -Newest | Where-Object CreatedAt -lt (Get-Date).AddDays(-1)</code>
///   <para>Shows the instances whose newest backup is older than a day.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "PgBackup")]
[OutputType(typeof(PgBackup))]
public sealed class GetPgBackupCommand : InstanceCmdlet
{
    /// <summary>Only backups of these ids. Wildcards are allowed; an id without them that does not exist is an error.</summary>
    /// <value>*</value>
    [Parameter(Position = 1)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(Completion.BackupCompleter))]
    [ValidateNotNull]
    public string[] Id { get; set; } = ["*"];

    /// <summary>Only the newest one.</summary>
    [Parameter]
    public SwitchParameter Newest { get; set; }

    /// <inheritdoc/>
    private protected override async Task ProcessInstanceAsync(PgInstance instance, CancellationToken cancellation)
    {
        var ids = new NameFilter(Id, StringComparison.OrdinalIgnoreCase);
        IReadOnlyList<PgBackup> all = await SessionFor(instance).Cloud.Backups.GetAsync(instance, Reporter, cancellation);
        IEnumerable<PgBackup> wanted = all.Where(b => ids.Includes(b.Id));
        await WriteAllAsync(Newest ? wanted.Take(1) : wanted);
        await WriteMissingAsync(ids, all.Select(b => b.Id), missing => PgErrors.BackupNotOfInstance(missing, instance.Name, [.. all.Take(3)]));
    }
}
