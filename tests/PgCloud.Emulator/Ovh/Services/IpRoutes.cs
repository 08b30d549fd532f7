// SPDX-License-Identifier: MIT

using PgCloud.Emulator.Ovh.Errors;

namespace PgCloud.Emulator.Ovh.Services;

/// <summary>The deprecated routes for one authorised IP; they act on the service's list.</summary>
internal static class IpRoutes
{
    internal static void MapIps(this IEndpointRouteBuilder service, ServiceChange change)
    {
        service.MapGet("/ipRestriction", (ServiceCall call) => call.List(Shown(call.Service), i => i.Ip, i => i.View()));
        service.MapPost("/ipRestriction", async (ServiceCall call) =>
        {
            string ip = IpEntry.Normalise(call.Body.Text("ip") ?? throw ApiErrors.BadRequest("[ip] Missing parameter"));
            await change.ChangeIpsAsync(call.Service, now => now.Exists(i => i.Ip == ip)
                ? throw ApiErrors.IpExists(ip)
                : now.Append((ip, call.Body.Text("description") ?? string.Empty)));
            return Find(call.Service, ip).View();
        });
        service.MapGet("/ipRestriction/{ipBlock}", (ServiceCall call) => Find(call.Service, Asked(call)).View());
        service.MapPut("/ipRestriction/{ipBlock}", async (ServiceCall call) =>
        {
            string ip = Find(call.Service, Asked(call)).Ip;
            await change.ChangeIpsAsync(call.Service, now => now.Select(i => i.Ip == ip ? (ip, call.Body.Text("description") ?? i.Description) : i));
            return Find(call.Service, ip).View();
        });
        service.MapDelete("/ipRestriction/{ipBlock}", async (ServiceCall call) =>
        {
            string ip = Find(call.Service, Asked(call)).Ip;
            await change.ChangeIpsAsync(call.Service, now => now.Where(i => i.Ip != ip));
        });
    }

    // 1.2.3.4%2F32: routing leaves the slash of a value as it came.
    private static string Asked(ServiceCall call) => IpEntry.Normalise(Uri.UnescapeDataString((string)call.Context.GetRouteValue("ipBlock")!));

    private static IEnumerable<IpEntry> Shown(Service service) => service.Ips.Where(i => !i.Phase.IsGone);

    private static IpEntry Find(Service service, string ip) => Shown(service).FirstOrDefault(i => i.Ip == ip) ?? throw ApiErrors.IpNotFound(ip);
}
