// SPDX-License-Identifier: MIT

using System.Globalization;
using PgCloud.Emulator.Servers;

namespace PgCloud.Emulator.Ovh.Services;

/// <summary>What there is, as the emulator has it, and as the servers have it: to be compared with what a client believes.</summary>
internal static class ServiceState
{
    internal static async Task<IReadOnlyList<object>> ReadAsync(ServiceList services)
    {
        var all = new List<object>();
        foreach (Service service in services.All)
        {
            all.Add(new
            {
                id = service.Id,
                name = service.Description,
                status = service.Status,
                ips = service.LetIn.Order(StringComparer.Ordinal),
                users = service.Users.Shown.Select(u => u.Name).Order(StringComparer.Ordinal),
                databases = service.Databases.Shown.Select(d => d.Name).Order(StringComparer.Ordinal),
                pools = service.Pools.Shown.Select(p => $"{p.Name} {p.Size}").Order(StringComparer.Ordinal),
                backupTime = service.BackupTime.ToString("HH:mm", CultureInfo.InvariantCulture),
                server = await ServerState.ReadAsync(service.Server),
            });
        }

        return all;
    }
}
