// SPDX-License-Identifier: MIT

using PgCloud.Emulator.Servers;

namespace PgCloud.Emulator.Ovh.Users;

/// <summary>A server as OVHcloud makes it.</summary>
internal sealed class OvhServer : ServerKind
{
    internal static OvhServer Instance { get; } = new();

    internal override string Name => "ovh";

    internal override async Task SetUpAsync(ServiceServer server, CancellationToken cancellation)
    {
        foreach (string statement in AdminRole.SetUp())
        {
            await server.ExecuteAsync([statement], cancellation);
        }

        await server.ExecuteAsync(AdminRole.SetUpDefaultDatabase(), cancellation, AdminRole.Database);
        if (ServerSettings.HasStatistics(server.Installation))
        {
            await server.ExecuteAsync(["CREATE EXTENSION pg_stat_statements"], cancellation);
        }
    }
}
