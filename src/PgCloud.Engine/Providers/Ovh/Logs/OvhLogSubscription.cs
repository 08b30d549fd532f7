// SPDX-License-Identifier: MIT

namespace PgCloud.Engine.Providers.Ovh.Logs;

/// <summary>The API's <c>dbaas.logs.LogSubscription</c>.</summary>
internal sealed record OvhLogSubscription
{
    public string SubscriptionId { get; init; } = string.Empty;

    public string Kind { get; init; } = string.Empty;

    public string StreamId { get; init; } = string.Empty;

    public string ServiceName { get; init; } = string.Empty;

    public DateTimeOffset? CreatedAt { get; init; }

    public DateTimeOffset? UpdatedAt { get; init; }
}
