// SPDX-License-Identifier: MIT

using PgCloud.Emulator.Ovh.Api;
using PgCloud.Emulator.Ovh.Services;

namespace PgCloud.Emulator.Ovh.Pools;

/// <summary>A connection pool. It has no status: it appears a while after it was made, and disappears a while after it was dropped.</summary>
internal sealed class Pool : IShelved
{
    // Where a service has no server.
    private const int NoPort = 20185;

    public Guid Id { get; } = Guid.NewGuid();

    public bool IsShown => Phase.ThenGone != Phase.IsOver;

    public bool IsGone => Phase.IsGone;

    internal required string Name { get; init; }

    internal required Guid DatabaseId { get; set; }

    internal required string Mode { get; set; }

    internal required long Size { get; set; }

    internal Guid? UserId { get; set; }

    internal required Phase Phase { get; set; }

    internal object View(Service service)
    {
        int port = service.PoolGate?.Port ?? NoPort;
        string host = service.PoolGate is null ? $"{service.HostName}.database.cloud.ovh.net" : EmulatorOptions.ServerAddress;
        return new
        {
            databaseId = DatabaseId,
            id = Id,
            mode = Mode,
            name = Name,
            port,
            size = Size,
            sslMode = "require",
            uri = $"postgres://<username>:<password>@{host}:{port}/{Uri.EscapeDataString(Name)}?sslmode=require",
            userId = UserId,
        };
    }
}
