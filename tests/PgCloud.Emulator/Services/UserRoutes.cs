// SPDX-License-Identifier: MIT

using System.Security.Cryptography;
using System.Text.Json;
using PgCloud.Emulator.Errors;
using PgCloud.Emulator.Hosting;

namespace PgCloud.Emulator.Services;

/// <summary>The users of a service: roles of its server.</summary>
internal static class UserRoutes
{
    private const string Replication = "replication";

    internal static void MapUsers(this RouteGroupBuilder databases, ServiceStore store, EmulatorClock clock)
    {
        RouteGroupBuilder service = databases.MapGroup("/postgresql/{clusterId}");
        service.MapGet("/roles", () => new[] { Replication });
        service.MapGet("/user", (HttpContext context, string serviceName, Guid clusterId) =>
            Listing.Of(context, Of(store.Find(serviceName, clusterId)), u => u.Id, u => u.View()));
        service.MapGet("/user/{userId}", (string serviceName, Guid clusterId, Guid userId) => Find(store.Find(serviceName, clusterId), userId).View());
        service.MapPost("/user", (HttpContext context, string serviceName, Guid clusterId) =>
            CreateAsync(Ready(store, serviceName, clusterId), ServiceRoutes.Body(context), clock));
        service.MapPut("/user/{userId}", async (HttpContext context, string serviceName, Guid clusterId, Guid userId) =>
        {
            Service found = Ready(store, serviceName, clusterId);
            User user = Find(found, userId);
            user.Roles = RolesOf(ServiceRoutes.Body(context));
            await (await found.Server!).SetReplicationAsync(user.Name, user.Roles.Contains(Replication));
            user.BusyUntil = clock.After(Service.UserTime);
            return user.View();
        });
        service.MapDelete("/user/{userId}", async (string serviceName, Guid clusterId, Guid userId) =>
        {
            Service found = Ready(store, serviceName, clusterId);
            User user = Find(found, userId);
            lock (found.Users)
            {
                found.Users.Remove(user);
            }

            await (await found.Server!).RemoveUserAsync(user.Name);
        });
        service.MapPost("/user/{userId}/credentials/reset", async (string serviceName, Guid clusterId, Guid userId) =>
        {
            Service found = Ready(store, serviceName, clusterId);
            User user = Find(found, userId);
            string password = NewPassword();
            await (await found.Server!).SetPasswordAsync(user.Name, password);
            user.BusyUntil = clock.After(Service.UserTime);
            return user.View(password);
        });
    }

    private static async Task<object> CreateAsync(Service service, JsonElement body, EmulatorClock clock)
    {
        string name = body.GetProperty("name").GetString()!;
        IReadOnlyList<string> roles = RolesOf(body);
        var user = new User(name, roles, clock.After(Service.UserTime));
        lock (service.Users)
        {
            if (service.Users.Exists(u => u.Name == name))
            {
                throw ApiErrors.Conflict("PostgresUserAlreadyExist", $"user \"{name}\" already exist");
            }

            service.Users.Add(user);
        }

        string password = NewPassword();
        await (await service.Server!).AddUserAsync(name, password, roles.Contains(Replication));
        return user.View(password);
    }

    private static List<User> Of(Service service)
    {
        lock (service.Users)
        {
            return [.. service.Users];
        }
    }

    private static User Find(Service service, Guid id) => Of(service).Find(u => u.Id == id) ?? throw ApiErrors.UserNotFound(id);

    private static Service Ready(ServiceStore store, string project, Guid id)
    {
        Service service = store.Find(project, id);
        return service.Status == "READY" ? service : throw ApiErrors.ServiceNotReady(id);
    }

    private static IReadOnlyList<string> RolesOf(JsonElement body)
    {
        string[] roles = body.TryGetProperty("roles", out JsonElement list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Select(r => r.GetString()!)]
            : [];
        return roles.FirstOrDefault(r => r != Replication) is { } unknown
            ? throw ApiErrors.NotFound("RoleNotFound", $"Role {unknown} does not exist")
            : roles;
    }

    private static string NewPassword() => RandomNumberGenerator.GetString("ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789", 20);
}
