// SPDX-License-Identifier: MIT

namespace PgCloud.Contracts;

/// <summary>The kinds of log that a provider can hand on, links to them, and their subscriptions: log streams that they are sent to.</summary>
public interface ILogSubscriptions
{
    /// <summary>Reads the kinds of log.</summary>
    Task<IReadOnlyList<PgLogKind>> GetKindsAsync(PgInstance instance, IReporter reporter, CancellationToken cancellation);

    /// <summary>Makes a link that shows the log to whoever has it, for a while.</summary>
    Task<PgLogUrl> CreateUrlAsync(PgInstance instance, string kind, IReporter reporter, CancellationToken cancellation);

    /// <summary>Reads the subscriptions.</summary>
    Task<IReadOnlyList<PgLogSubscription>> GetAsync(PgInstance instance, IReporter reporter, CancellationToken cancellation);

    /// <summary>Has a kind of log sent to a stream, and waits until it is. One that is there already is Unchanged.</summary>
    Task<PgLogSubscription> CreateAsync(
        PgInstance instance, string streamId, string kind, IReporter reporter, CancellationToken cancellation);

    /// <summary>Ends a subscription, and waits until it has ended. One that is not there is Unchanged.</summary>
    Task<PgLogSubscription> RemoveAsync(PgInstance instance, string subscriptionId, IReporter reporter, CancellationToken cancellation);
}
