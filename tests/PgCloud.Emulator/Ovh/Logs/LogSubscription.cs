// SPDX-License-Identifier: MIT

using PgCloud.Emulator.Ovh.Api;

namespace PgCloud.Emulator.Ovh.Logs;

/// <summary>A subscription of a log stream to a service's log. It is there once the operation that makes it is done.</summary>
internal sealed class LogSubscription : IShelved
{
    public Guid Id { get; } = Guid.NewGuid();

    public bool IsShown => Phase.ThenGone != Phase.IsOver;

    public bool IsGone => Phase.IsGone;

    internal DateTimeOffset CreatedAt { get; } = DateTimeOffset.UtcNow;

    internal required string Kind { get; init; }

    internal required Guid Stream { get; init; }

    internal required Phase Phase { get; set; }

    internal object View(Guid service) => new
    {
        createdAt = CreatedAt,
        kind = Kind,
        resource = new { name = service.ToString(), type = "cloud/project/database/postgresql" },
        serviceName = LogOperations.LogService,
        streamId = Stream.ToString(),
        subscriptionId = Id,
        updatedAt = CreatedAt,
    };
}
