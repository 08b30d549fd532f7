// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Pipeline;

namespace PgCloud.Commands.Activity;

/// <summary>Shows the sessions of an instance and their queries, by the provider's API: without a database user.</summary>
/// <remarks>
///   <para>
///     Provider Ovh only. Neither a database user nor an authorised address is needed. Get-PgActivity asks the server itself and tells more:
///     who blocks whom, and what the server's own processes do.
///   </para>
///   <para>An idle session is shown with the query it ran last, and the time that took.</para>
/// </remarks>
/// <example>
///   <code>Get-PgCurrentQuery orders -State active | Sort-Object Duration -Descending</code>
///   <para>Shows what runs now, what runs longest first.</para>
/// </example>
/// <example>
///   <code>Get-PgInstance | Get-PgCurrentQuery -UserName app* -State 'idle in*'</code>
///   <para>Shows who sits in an open transaction, on all instances.</para>
/// </example>
/// <example>
///   <code>Get-PgCurrentQuery orders -State active | Where-Object Duration -gt 00:10:00 | Stop-PgCurrentQuery</code>
///   <para>Cancels, after asking, what has been running for more than ten minutes.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "PgCurrentQuery")]
[OutputType(typeof(PgCurrentQuery))]
public sealed class GetPgCurrentQueryCommand : InstanceCmdlet
{
    /// <summary>Only sessions of these users; wildcards are allowed.</summary>
    /// <value>*</value>
    [Parameter]
    [SupportsWildcards]
    [Alias("User")]
    [ValidateNotNullOrEmpty]
    public string[] UserName { get; set; } = ["*"];

    /// <summary>Only sessions of these databases; wildcards are allowed.</summary>
    /// <value>*</value>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Database { get; set; } = ["*"];

    /// <summary>Only sessions in these states, such as active, idle or 'idle in transaction'; wildcards are allowed.</summary>
    /// <value>*</value>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] State { get; set; } = ["*"];

    /// <summary>Only the sessions of these processes.</summary>
    [Parameter]
    [Alias("Pid")]
    [ValidateNotNullOrEmpty]
    public int[]? ProcessId { get; set; }

    /// <inheritdoc/>
    private protected override async Task ProcessInstanceAsync(PgInstance instance, CancellationToken cancellation)
    {
        var users = new NameFilter(UserName, StringComparison.Ordinal);
        var databases = new NameFilter(Database, StringComparison.Ordinal);
        var states = new NameFilter(State, StringComparison.OrdinalIgnoreCase);
        IReadOnlyList<PgCurrentQuery> all = await SessionFor(instance).Cloud.CurrentQueries.GetAsync(instance, Reporter, cancellation);
        await WriteAllAsync(all.Where(q =>
            users.Includes(q.User ?? string.Empty)
            && databases.Includes(q.Database ?? string.Empty)
            && states.Includes(q.State)
            && (ProcessId is null || ProcessId.Contains(q.ProcessId))));
    }
}
