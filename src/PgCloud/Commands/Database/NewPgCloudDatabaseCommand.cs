// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Contracts;
using PgCloud.Pipeline;

namespace PgCloud.Commands.Database;

/// <summary>Makes databases through the provider's API, without an SQL login.</summary>
/// <remarks>
///   The database belongs to the provider's admin (OVHcloud: avnadmin) and has its defaults; New-PgDatabase makes one by SQL, with owner,
///   encoding and locale. The cmdlet ends when the database is there. One that is there already is reported as Unchanged. OVHcloud offers
///   this; provider Local does not.
///   After an error there is no such database, or Get-PgCloudDatabase lists it; run again it makes no second one.
/// </remarks>
/// <example>
///   <code>New-PgCloudDatabase orders shop, archive</code>
///   <para>Makes two databases.</para>
/// </example>
/// <example>
///   <code>Get-PgInstance orders | New-PgCloudDatabase -Name shop | New-PgConnectionPool -Name web -Mode Transaction -Size 20</code>
///   <para>Makes a database and a connection pool to it.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "PgCloudDatabase", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(PgCloudDatabase))]
public sealed class NewPgCloudDatabaseCommand : InstanceCmdlet
{
    /// <summary>The databases' names.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [Alias("DatabaseName")]
    [AllowEmptyString]
    public string[] Name { get; set; } = [];

    /// <inheritdoc/>
    private protected override async Task ProcessInstanceAsync(PgInstance instance, CancellationToken cancellation)
    {
        ICloudDatabases databases = SessionFor(instance).Cloud.Databases;
        foreach (string name in Name)
        {
            await ForEachAsync(async () =>
            {
                About<PgCloudDatabase>(name);
                if (await ShouldProcessAsync(instance.Name, $"Make the database '{name}'"))
                {
                    PgCloudDatabase made = await databases.CreateAsync(instance, name, Reporter, cancellation);
                    made.Instance = instance;
                    await WriteChangedAsync(made);
                }
            });
        }
    }
}
