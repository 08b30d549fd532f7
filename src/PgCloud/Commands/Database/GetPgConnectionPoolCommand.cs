// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Completion;
using PgCloud.Errors;
using PgCloud.Pipeline;

namespace PgCloud.Commands.Database;

/// <summary>Lists the connection pools of an instance.</summary>
/// <remarks>
///   A pool lets many clients share few server connections. Clients connect to its own port, and give its name as the name of the database:
///   Get-PgConnection -Pool does that. OVHcloud offers pools; provider Local does not.
/// </remarks>
/// <example>
///   <code>Get-PgInstance | Get-PgConnectionPool</code>
///   <para>Lists the pools of all instances.</para>
/// </example>
/// <example>
///   <code>Get-PgConnectionPool orders web | Get-PgConnection -Credential app | Invoke-PgQuery 'SELECT count(*) FROM bills'</code>
///   <para>Asks for the password of app and queries through the pool.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "PgConnectionPool")]
[OutputType(typeof(PgConnectionPool))]
public sealed class GetPgConnectionPoolCommand : InstanceCmdlet
{
    /// <summary>Only pools of these names; wildcards are allowed. A name without them that does not exist is an error.</summary>
    /// <value>*</value>
    [Parameter(Position = 1)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(PoolNameCompleter))]
    [Alias("PoolName")]
    [ValidateNotNull]
    public string[] Name { get; set; } = ["*"];

    /// <inheritdoc/>
    private protected override async Task ProcessInstanceAsync(PgInstance instance, CancellationToken cancellation)
    {
        var names = new NameFilter(Name, StringComparison.Ordinal);
        IReadOnlyList<PgConnectionPool> all = await SessionFor(instance).Cloud.ConnectionPools.GetAsync(instance, Reporter, cancellation);
        await WriteAllAsync(all.Where(p => names.Includes(p.Name)));
        await WriteMissingAsync(names, all.Select(p => p.Name), missing => PgErrors.PoolNotFound(missing, instance.Name, all.Select(p => p.Name)));
    }
}
