// SPDX-License-Identifier: MIT

using Newtonsoft.Json.Linq;
using PgCloud.Contracts;
using PgCloud.Engine.Providers.Ovh.Api;
using PgCloud.Engine.Providers.Ovh.Instances;
using PgCloud.Errors;

namespace PgCloud.Engine.Providers.Ovh.Logs;

/// <summary>Kinds of log, links to them, and the streams of Logs Data Platform that they are sent to.</summary>
internal sealed class OvhLogSubscriptions(OvhProject project, OvhPatience patience, OvhLogOperations operations) : ILogSubscriptions
{
    /// <summary>How long what an operation is said to have done may take to be seen.</summary>
    internal TimeSpan AppearanceTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<PgLogKind>> GetKindsAsync(PgInstance instance, IReporter reporter, CancellationToken cancellation) =>
    [
        .. (await ListKindsAsync(instance, reporter, cancellation)).Select(k => new PgLogKind
        {
            Kind = k.Name,
            DisplayName = k.DisplayName ?? string.Empty,
            Id = k.KindId ?? string.Empty,
            Field = k.AdditionalReturnedFields ?? [],
            CreatedAt = k.CreatedAt?.ToUniversalTime(),
            UpdatedAt = k.UpdatedAt?.ToUniversalTime(),
            Instance = instance,
        }),
    ];

    /// <inheritdoc/>
    public async Task<PgLogUrl> CreateUrlAsync(PgInstance instance, string kind, IReporter reporter, CancellationToken cancellation)
    {
        await CheckKindAsync(instance, kind, reporter, cancellation);
        using var step = new StepTimer(reporter, $"Make a link to the {kind} of {instance.Name}");

        // Repeated, it makes another link; one that nobody has seen harms nobody.
        OvhLogLink link = await patience.RunAsync(
            instance,
            () => project.Client.PostAsync<OvhLogLink>(
                project.PathOf(instance, "/log/url"), new JObject { ["kind"] = kind }, reporter, cancellation, isRepeatable: true),
            reporter,
            cancellation);
        return new PgLogUrl { Kind = kind, Url = link.Url, ExpiresAt = link.ExpirationDate?.ToUniversalTime(), Instance = instance };
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<PgLogSubscription>> GetAsync(PgInstance instance, IReporter reporter, CancellationToken cancellation) =>
    [
        .. (await ListAsync(instance, reporter, cancellation))
            .Select(s => Describe(s, instance, PgChange.None))
            .OrderBy(s => s.Kind, StringComparer.Ordinal)
            .ThenBy(s => s.CreatedAt),
    ];

    /// <inheritdoc/>
    public async Task<PgLogSubscription> CreateAsync(
        PgInstance instance, string streamId, string kind, IReporter reporter, CancellationToken cancellation)
    {
        string stream = Guid.TryParse(streamId, out Guid id) ? id.ToString("D") : throw PgErrors.LogStreamInvalid(streamId);
        if (await FindAsync(instance, stream, kind, reporter, cancellation) is { } present)
        {
            return Describe(present, instance, PgChange.Unchanged);
        }

        await CheckKindAsync(instance, kind, reporter, cancellation);
        string what = $"Send the {kind} of {instance.Name} to the stream {stream}";

        // Where the answer is lost its operation is not known, so what it makes is waited for.
        (OvhLogSubscription made, bool isOurs) = await project.MakeAsync(
            "the log subscription",
            MakeAsync,
            () => FindAsync(instance, stream, kind, reporter, cancellation),
            AppearanceTimeout,
            reporter,
            cancellation);
        return Describe(made, instance, isOurs ? PgChange.Created : PgChange.Unchanged);

        async Task<OvhLogSubscription> MakeAsync()
        {
            var body = new JObject { ["kind"] = kind, ["streamId"] = stream };
            OvhLogOperation begun = await patience.RunAsync(
                instance, () => project.Client.PostAsync<OvhLogOperation>(PathOf(instance), body, reporter, cancellation), reporter, cancellation);
            string? id = await operations.WaitAsync(begun, what, streamId, reporter, cancellation);
            (OvhLogSubscription? seen, _) = await project.WaitAsync(
                () => id is null
                    ? FindAsync(instance, stream, kind, reporter, cancellation)
                    : FindAsync(instance, id, reporter, cancellation),
                s => s is not null,
                AppearanceTimeout,
                cancellation);
            return seen
                ?? new OvhLogSubscription { SubscriptionId = id ?? string.Empty, Kind = kind, StreamId = stream, ServiceName = begun.ServiceName };
        }
    }

    /// <inheritdoc/>
    public async Task<PgLogSubscription> RemoveAsync(
        PgInstance instance, string subscriptionId, IReporter reporter, CancellationToken cancellation)
    {
        OvhLogSubscription? present = await FindAsync(instance, subscriptionId, reporter, cancellation);
        if (present is null)
        {
            return new PgLogSubscription { SubscriptionId = subscriptionId, Instance = instance, Change = PgChange.Unchanged };
        }

        string what = $"End the log subscription {subscriptionId} of {instance.Name}";
        OvhLogOperation? begun = await patience.RunAsync(
            instance, () => DeleteAsync(instance, subscriptionId, reporter, cancellation), reporter, cancellation);
        if (begun is not null)
        {
            await operations.WaitAsync(begun, what, subscriptionId, reporter, cancellation);
        }

        (_, bool isGone) = await project.WaitAsync(
            () => FindAsync(instance, subscriptionId, reporter, cancellation), s => s is null, AppearanceTimeout, cancellation);
        return isGone
            ? Describe(present, instance, PgChange.Removed)
            : throw PgErrors.LogOperationTimeout(what, subscriptionId, begun?.OperationId ?? "of another call", "under way", AppearanceTimeout);
    }

    private static PgLogSubscription Describe(OvhLogSubscription subscription, PgInstance instance, PgChange change) => new()
    {
        SubscriptionId = subscription.SubscriptionId,
        Kind = subscription.Kind,
        StreamId = subscription.StreamId,
        ServiceName = subscription.ServiceName,
        CreatedAt = subscription.CreatedAt?.ToUniversalTime(),
        UpdatedAt = subscription.UpdatedAt?.ToUniversalTime(),
        Instance = instance,
        Change = change,
    };

    private string PathOf(PgInstance instance) => project.PathOf(instance, "/log/subscription");

    private string PathOf(PgInstance instance, string subscriptionId) => $"{PathOf(instance)}/{Uri.EscapeDataString(subscriptionId)}";

    // The end of an earlier one, or one that is under way already: either way it is waited for.
    private async Task<OvhLogOperation?> DeleteAsync(
        PgInstance instance, string subscriptionId, IReporter reporter, CancellationToken cancellation)
    {
        try
        {
            return await project.Client.DeleteAsync<OvhLogOperation>(PathOf(instance, subscriptionId), reporter, cancellation);
        }
        catch (PgCloudException exception) when (exception.ErrorId is OvhErrorIds.Conflict or OvhErrorIds.NotFound)
        {
            return null;
        }
    }

    private async Task CheckKindAsync(PgInstance instance, string kind, IReporter reporter, CancellationToken cancellation)
    {
        OvhLogKind? found = await patience.RunAsync(
            instance,
            () => project.Client.FindAsync<OvhLogKind>(project.PathOf(instance, $"/log/kind/{Uri.EscapeDataString(kind)}"), reporter, cancellation),
            reporter,
            cancellation);
        if (found is null)
        {
            throw PgErrors.LogKindNotFound(kind, instance.Name, (await ListKindsAsync(instance, reporter, cancellation)).Select(k => k.Name));
        }
    }

    private Task<IReadOnlyList<OvhLogKind>> ListKindsAsync(PgInstance instance, IReporter reporter, CancellationToken cancellation) =>
        patience.RunAsync(
            instance,
            () => project.Client.ListAsync<OvhLogKind>(project.PathOf(instance, "/log/kind"), reporter, cancellation),
            reporter,
            cancellation);

    private Task<IReadOnlyList<OvhLogSubscription>> ListAsync(PgInstance instance, IReporter reporter, CancellationToken cancellation) =>
        patience.RunAsync(
            instance, () => project.Client.ListAsync<OvhLogSubscription>(PathOf(instance), reporter, cancellation), reporter, cancellation);

    private Task<OvhLogSubscription?> FindAsync(PgInstance instance, string subscriptionId, IReporter reporter, CancellationToken cancellation) =>
        patience.RunAsync(
            instance,
            () => project.Client.FindAsync<OvhLogSubscription>(PathOf(instance, subscriptionId), reporter, cancellation),
            reporter,
            cancellation);

    private async Task<OvhLogSubscription?> FindAsync(
        PgInstance instance, string stream, string kind, IReporter reporter, CancellationToken cancellation) =>
        (await ListAsync(instance, reporter, cancellation))
            .FirstOrDefault(s => s.Kind == kind && string.Equals(s.StreamId, stream, StringComparison.OrdinalIgnoreCase));

    // A class and not a record: a record's ToString would show the link.
    private sealed class OvhLogLink
    {
        public string Url { get; init; } = string.Empty;

        public DateTimeOffset? ExpirationDate { get; init; }
    }
}
