// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Errors;
using PgCloud.Pipeline;

namespace PgCloud.Commands.Logs;

/// <summary>Lists the kinds of log that an instance can hand on.</summary>
/// <remarks>
///   New-PgLogUrl and New-PgLogSubscription take a kind. Provider Ovh offers this; provider Local has its log file only, which Get-PgLog reads.
/// </remarks>
/// <example>
///   <code>Get-PgLogKind orders</code>
///   <para>Lists the kinds.</para>
/// </example>
/// <example>
///   <code>Get-PgLogKind orders | New-PgLogUrl</code>
///   <para>Makes a link to the log of each kind.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "PgLogKind")]
[OutputType(typeof(PgLogKind))]
public sealed class GetPgLogKindCommand : InstanceCmdlet
{
    /// <summary>Only these kinds; wildcards are allowed. A kind without them that does not exist is an error.</summary>
    /// <value>*</value>
    [Parameter(Position = 1)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(Completion.LogKindCompleter))]
    [ValidateNotNull]
    public string[] Kind { get; set; } = ["*"];

    /// <inheritdoc/>
    private protected override async Task ProcessInstanceAsync(PgInstance instance, CancellationToken cancellation)
    {
        var names = new NameFilter(Kind, StringComparison.Ordinal);
        IReadOnlyList<PgLogKind> all = await SessionFor(instance).Cloud.LogSubscriptions.GetKindsAsync(instance, Reporter, cancellation);
        await WriteAllAsync(all.Where(k => names.Includes(k.Kind)));
        await WriteMissingAsync(
            names, all.Select(k => k.Kind), missing => PgErrors.LogKindNotFound(missing, instance.Name, all.Select(k => k.Kind)));
    }
}
