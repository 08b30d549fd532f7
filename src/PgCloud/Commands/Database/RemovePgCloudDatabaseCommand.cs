// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Completion;
using PgCloud.Contracts;
using PgCloud.Errors;
using PgCloud.Pipeline;

namespace PgCloud.Commands.Database;

/// <summary>Removes databases through the provider's API, with all that is in them.</summary>
/// <remarks>
///   The database that the instance has from the start stays, and so does one that a connection pool leads to: the error names the pools. The
///   cmdlet ends when the database is gone. Asks first; answer beforehand with -Confirm:$false. Remove-PgDatabase drops a database by SQL.
///   OVHcloud offers this; provider Local does not.
///   After an error the database is there or gone, which Get-PgCloudDatabase shows; run again it is removed, or the error says that there is none.
/// </remarks>
/// <example>
///   <code>Get-PgCloudDatabase orders tmp_* | Remove-PgCloudDatabase -Confirm:$false</code>
///   <para>Removes databases without asking.</para>
/// </example>
/// <example>
///   <code>Remove-PgCloudDatabase orders -Name shop -WhatIf</code>
///   <para>Shows what would be removed, and removes nothing.</para>
/// </example>
[Cmdlet(VerbsCommon.Remove, "PgCloudDatabase", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(PgCloudDatabase))]
public sealed class RemovePgCloudDatabaseCommand : InstancePartCmdlet
{
    /// <summary>The databases' names. A database that is piped in is taken by its name; the name of another object is not.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(CloudDatabaseNameCompleter))]
    [Alias("DatabaseName")]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = [];

    /// <summary>Writes the database as it was.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override async Task ProcessInstanceAsync(PgInstance instance, CancellationToken cancellation)
    {
        ICloudDatabases databases = SessionFor(instance).Cloud.Databases;
        await ForEachNameAsync<PgCloudDatabase>(Name, PgErrors.CloudDatabaseNameNotGiven, async name =>
        {
            About<PgCloudDatabase>(name);
            if (await ShouldProcessAsync(instance.Name, $"Remove the database '{name}' and all that is in it"))
            {
                PgCloudDatabase removed = await databases.RemoveAsync(instance, name, Reporter, cancellation);
                removed.Instance ??= instance;
                await WriteChangedAsync(removed, PassThru);
            }
        });
    }
}
