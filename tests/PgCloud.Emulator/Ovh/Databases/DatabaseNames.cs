// SPDX-License-Identifier: MIT

using PgCloud.Emulator.Ovh.Api;
using PgCloud.Emulator.Ovh.Services;
using PgCloud.Emulator.Ovh.Users;
using PgCloud.Emulator.Servers;

namespace PgCloud.Emulator.Ovh.Databases;

/// <summary>Has the service show the databases that its server has.</summary>
internal static class DatabaseNames
{
    internal static async Task AdoptAsync(Service service, ServiceServer server, CancellationToken cancellation)
    {
        foreach (string name in await UserRoles.DatabasesAsync(server, cancellation))
        {
            service.Databases.TryAdd(new Database { Name = name, Phase = Phase.Ready }, d => d.Name == name);
        }
    }
}
