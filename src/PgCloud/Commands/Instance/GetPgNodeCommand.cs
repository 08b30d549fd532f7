// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Errors;
using PgCloud.Pipeline;

namespace PgCloud.Commands.Instance;

/// <summary>Lists the nodes of an instance: the machines it stands on.</summary>
/// <remarks>
///   How many there are follows from the plan. Nodes are replaced in maintenance and when the flavor changes, and have other names then: clients
///   connect to the instance's host, not to a node. Offered by provider Ovh.
/// </remarks>
/// <example>
///   <code>Get-PgNode orders</code>
///   <para>Lists the nodes of one instance.</para>
/// </example>
/// <example>
///   <code>Get-PgInstance | Get-PgNode | Where-Object Status -ne Ready</code>
///   <para>Shows the nodes of all instances that are not ready.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "PgNode")]
[OutputType(typeof(PgNode))]
public sealed class GetPgNodeCommand : InstanceCmdlet
{
    /// <summary>Only nodes of these names or ids. Wildcards are allowed in names; a name without them that does not exist is an error.</summary>
    /// <value>*</value>
    [Parameter(Position = 1)]
    [SupportsWildcards]
    [ValidateNotNull]
    public string[] Name { get; set; } = ["*"];

    /// <inheritdoc/>
    private protected override async Task ProcessInstanceAsync(PgInstance instance, CancellationToken cancellation)
    {
        var names = new NameFilter(Name, StringComparison.OrdinalIgnoreCase);
        IReadOnlyList<PgNode> all = await SessionFor(instance).Cloud.Nodes.GetAsync(instance, Reporter, cancellation);
        await WriteAllAsync(all.Where(n => names.Includes(n.Name) || names.IncludesExactly(n.Id)));
        await WriteMissingAsync(names, all.SelectMany(n => new[] { n.Name, n.Id }), missing => PgErrors.NodeNotOfInstance(missing, instance.Name));
    }
}
