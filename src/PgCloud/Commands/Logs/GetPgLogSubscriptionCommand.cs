// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Errors;
using PgCloud.Pipeline;

namespace PgCloud.Commands.Logs;

/// <summary>Lists the log streams that an instance's log is sent to.</summary>
/// <remarks>Provider Ovh offers this, with streams of Logs Data Platform.</remarks>
/// <example>
///   <code>Get-PgInstance | Get-PgLogSubscription</code>
///   <para>Lists the subscriptions of all instances.</para>
/// </example>
/// <example>
///   <code>Get-PgLogSubscription orders -Kind customer_logs | Remove-PgLogSubscription</code>
///   <para>Ends all subscriptions of one kind.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "PgLogSubscription")]
[OutputType(typeof(PgLogSubscription))]
public sealed class GetPgLogSubscriptionCommand : InstanceCmdlet
{
    /// <summary>Only subscriptions of these ids; wildcards are allowed. An id without them that does not exist is an error.</summary>
    /// <value>*</value>
    [Parameter(Position = 1)]
    [SupportsWildcards]
    [Alias("Id")]
    [ValidateNotNull]
    public string[] SubscriptionId { get; set; } = ["*"];

    /// <summary>Only those to these streams; wildcards are allowed.</summary>
    /// <value>*</value>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNull]
    public string[] StreamId { get; set; } = ["*"];

    /// <summary>Only those of these kinds of log; wildcards are allowed.</summary>
    /// <value>*</value>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(Completion.LogKindCompleter))]
    [ValidateNotNull]
    public string[] Kind { get; set; } = ["*"];

    /// <inheritdoc/>
    private protected override async Task ProcessInstanceAsync(PgInstance instance, CancellationToken cancellation)
    {
        var ids = new NameFilter(SubscriptionId, StringComparison.OrdinalIgnoreCase);
        var streams = new NameFilter(StreamId, StringComparison.OrdinalIgnoreCase);
        var kinds = new NameFilter(Kind, StringComparison.Ordinal);
        IReadOnlyList<PgLogSubscription> all = await SessionFor(instance).Cloud.LogSubscriptions.GetAsync(instance, Reporter, cancellation);
        await WriteAllAsync(all.Where(s => ids.Includes(s.SubscriptionId) && streams.Includes(s.StreamId) && kinds.Includes(s.Kind)));
        await WriteMissingAsync(ids, all.Select(s => s.SubscriptionId), missing => PgErrors.LogSubscriptionNotFound(missing, instance.Name));
    }
}
