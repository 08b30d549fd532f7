// SPDX-License-Identifier: MIT

using Npgsql;
using PgCloud.Emulator.Hosting;
using PgCloud.Emulator.Ovh.Api;
using PgCloud.Emulator.Ovh.Errors;
using PgCloud.Emulator.Ovh.Services;

namespace PgCloud.Emulator.Ovh.Users;

/// <summary>~/postgresql/{clusterId}/user and /roles.</summary>
internal static class UserRoutes
{
    private const int PasswordLength = 24;

    internal static void MapUsers(this IEndpointRouteBuilder service, EmulatorClock clock)
    {
        service.MapGet("/roles", (ServiceCall call) => new[] { UserRoles.Replication });
        service.MapGet("/user", (ServiceCall call) => call.List(call.Service.Users.Shown, u => u.Id, u => u.View()));
        service.MapPost("/user", (ServiceCall call) => CreateAsync(call, clock));
        service.MapGet("/user/{userId}", (ServiceCall call) => Find(call).View());
        service.MapPut("/user/{userId}", (ServiceCall call) => UpdateAsync(call, clock));
        service.MapDelete("/user/{userId}", (ServiceCall call) => DeleteAsync(call, clock));
        service.MapPost("/user/{userId}/credentials/reset", (ServiceCall call) => ResetAsync(call, clock));
    }

    private static async Task<object> CreateAsync(ServiceCall call, EmulatorClock clock)
    {
        string name = UserName.Check(call.Body.Text("name") ?? string.Empty);
        IReadOnlyList<string> roles = ReadRoles(call.Body) ?? [];
        call.ThrowIfNotReady();
        var user = new User { Name = name, Roles = roles, Phase = Phase.Of("CREATING", clock, Durations.UserChange) };
        if (!call.Service.Users.TryAdd(user, u => u.Name == name))
        {
            throw ApiErrors.UserExists(name);
        }

        string password = Secrets.New(PasswordLength);
        try
        {
            // The caller may go away: what was begun is done all the same, as at OVHcloud.
            await (call.Service.Server is { } server ? UserRoles.CreateAsync(server, name, password, roles, CancellationToken.None) : Task.CompletedTask);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.DuplicateObject)
        {
            call.Service.Users.Remove(user);
            throw ApiErrors.UserExists(name);
        }
        catch
        {
            call.Service.Users.Remove(user);
            throw;
        }

        return user.View(password);
    }

    private static async Task<object> UpdateAsync(ServiceCall call, EmulatorClock clock)
    {
        User user = Find(call);
        call.ThrowIfNotReady();
        IReadOnlyList<string> roles = ReadRoles(call.Body) ?? user.Roles;
        await (call.Service.Server is { } server ? UserRoles.SetRolesAsync(server, user.Name, roles, CancellationToken.None) : Task.CompletedTask);
        user.Roles = roles;
        user.Phase = Phase.Of("UPDATING", clock, Durations.UserChange);
        return user.View();
    }

    private static async Task DeleteAsync(ServiceCall call, EmulatorClock clock)
    {
        User user = Find(call);
        call.ThrowIfNotReady();
        if (user.Name == AdminRole.Name)
        {
            // The class is not in the sources.
            throw new ApiException(403, "Client::Forbidden", $"User {user.Name} cannot be deleted");
        }

        // A second deletion while the first is under way adds nothing to it; that one answers so too is made up.
        Phase before = user.Phase;
        if (before.ThenGone)
        {
            return;
        }

        user.Phase = new Phase("DELETING", DateTimeOffset.MaxValue, ThenGone: true);
        try
        {
            await (call.Service.Server is { } server ? UserRoles.DropAsync(server, user.Name, CancellationToken.None) : Task.CompletedTask);
            user.Phase = Phase.Deleting(clock, Durations.UserDeletion);
        }
        catch
        {
            user.Phase = before;
            throw;
        }
    }

    private static async Task<object> ResetAsync(ServiceCall call, EmulatorClock clock)
    {
        User user = Find(call);
        call.ThrowIfNotReady();
        string password = Secrets.New(PasswordLength);
        await (call.Service.Server is { } server ? UserRoles.SetPasswordAsync(server, user.Name, password, CancellationToken.None) : Task.CompletedTask);
        user.Phase = Phase.Of("UPDATING", clock, Durations.UserChange);
        return user.View(password);
    }

    private static User Find(ServiceCall call) => call.Find("userId", call.Service.Users, ApiErrors.UserNotFound);

    private static IReadOnlyList<string>? ReadRoles(Body body) => body.Texts("roles") is not { } roles ? null
        : roles.FirstOrDefault(r => r != UserRoles.Replication) is { } unknown ? throw ApiErrors.NotFound("RoleNotFound", $"Role {unknown} does not exist")
        : [.. roles.Distinct()];
}
