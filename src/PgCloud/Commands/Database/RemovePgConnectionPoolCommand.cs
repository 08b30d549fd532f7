// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Completion;
using PgCloud.Contracts;
using PgCloud.Errors;
using PgCloud.Pipeline;

namespace PgCloud.Commands.Database;

/// <summary>Removes connection pools. Their databases stay.</summary>
/// <remarks>
///   The connections through the pool end. The cmdlet ends when the pool is gone. Asks first; answer beforehand with -Confirm:$false. OVHcloud
///   offers pools; provider Local does not.
///   After an error the pool is there or gone, which Get-PgConnectionPool shows; run again it is removed, or the error says that there is none.
/// </remarks>
/// <example>
///   <code>Get-PgConnectionPool orders test* | Remove-PgConnectionPool -Confirm:$false</code>
///   <para>Removes pools without asking.</para>
/// </example>
/// <example>
///   <code>Remove-PgConnectionPool orders -Name web -WhatIf</code>
///   <para>Shows what would be removed, and removes nothing.</para>
/// </example>
[Cmdlet(VerbsCommon.Remove, "PgConnectionPool", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(PgConnectionPool))]
public sealed class RemovePgConnectionPoolCommand : InstancePartCmdlet
{
    /// <summary>The pools' names. A pool that is piped in is taken by its name; the name of another object is not.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(PoolNameCompleter))]
    [Alias("PoolName")]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = [];

    /// <summary>Writes the pool as it was.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override async Task ProcessInstanceAsync(PgInstance instance, CancellationToken cancellation)
    {
        IConnectionPools pools = SessionFor(instance).Cloud.ConnectionPools;
        await ForEachNameAsync<PgConnectionPool>(Name, PgErrors.PoolNameNotGiven, async name =>
        {
            About<PgConnectionPool>(name);
            if (await ShouldProcessAsync(instance.Name, $"Remove the connection pool '{name}'"))
            {
                PgConnectionPool removed = await pools.RemoveAsync(instance, name, Reporter, cancellation);
                removed.Instance ??= instance;
                await WriteChangedAsync(removed, PassThru);
            }
        });
    }
}
