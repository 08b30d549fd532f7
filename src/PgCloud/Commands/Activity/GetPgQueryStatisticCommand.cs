// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Pipeline;

namespace PgCloud.Commands.Activity;

/// <summary>Shows what the statements of an instance have cost, by the provider's API: without a database user.</summary>
/// <remarks>
///   Provider Ovh only. What all executions of a statement by one user in one database took is shown as one object, those that took longest
///   in all first. The numbers are those of pg_stat_statements since Reset-PgQueryStatistic, or since the server forgot them.
/// </remarks>
/// <example>
///   <code>Get-PgQueryStatistic orders | Select-Object -First 10</code>
///   <para>Shows the ten statements that took longest in all.</para>
/// </example>
/// <example>
///   <code>Get-PgQueryStatistic orders -UserName app | Where-Object CacheHitPercent -lt 90 | Format-List</code>
///   <para>Shows all about the statements of one user that had to read more than a tenth of their blocks.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "PgQueryStatistic")]
[OutputType(typeof(PgQueryStatistic))]
public sealed class GetPgQueryStatisticCommand : InstanceCmdlet
{
    /// <summary>Only statements of these users; wildcards are allowed.</summary>
    /// <value>*</value>
    [Parameter]
    [SupportsWildcards]
    [Alias("User")]
    [ValidateNotNullOrEmpty]
    public string[] UserName { get; set; } = ["*"];

    /// <summary>Only statements in these databases; wildcards are allowed.</summary>
    /// <value>*</value>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Database { get; set; } = ["*"];

    /// <inheritdoc/>
    private protected override async Task ProcessInstanceAsync(PgInstance instance, CancellationToken cancellation)
    {
        var users = new NameFilter(UserName, StringComparison.Ordinal);
        var databases = new NameFilter(Database, StringComparison.Ordinal);
        IReadOnlyList<PgQueryStatistic> all = await SessionFor(instance).Cloud.QueryStatistics.GetAsync(instance, Reporter, cancellation);
        await WriteAllAsync(all.Where(s => users.Includes(s.User) && databases.Includes(s.Database)));
    }
}
