// SPDX-License-Identifier: MIT

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
                ips = service.Ips.Select(i => i.Ip).Order(StringComparer.Ordinal),
                users = service.Users.Shown.Select(u => u.Name).Order(StringComparer.Ordinal),
                databases = service.Databases.Shown.Select(d => d.Name).Order(StringComparer.Ordinal),
                pools = service.Pools.Shown.Select(p => $"{p.Name} {p.Size}").Order(StringComparer.Ordinal),
                roles = await RowsAsync(service.Server, "SELECT rolname FROM pg_roles WHERE rolname !~ '^(pg_|_)' ORDER BY 1"),
                members = await RowsAsync(
                    service.Server,
                    "SELECT r.rolname || ' ' || m.rolname FROM pg_auth_members a JOIN pg_roles r ON r.oid = a.roleid JOIN pg_roles m ON m.oid = a.member "
                    + "WHERE m.rolname ~ '^soak_' GROUP BY 1 ORDER BY 1"),
                serverDatabases = await RowsAsync(service.Server, "SELECT datname FROM pg_database WHERE NOT datistemplate ORDER BY 1"),
            });
        }

        return all;
    }

    private static async Task<IReadOnlyList<string>> RowsAsync(ServiceServer? server, string query) =>
        server is null ? [] : await server.QueryAsync(query, r => r.GetString(0), CancellationToken.None);
}
