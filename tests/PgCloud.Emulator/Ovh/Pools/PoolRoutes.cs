// SPDX-License-Identifier: MIT

using PgCloud.Emulator.Hosting;
using PgCloud.Emulator.Ovh.Api;
using PgCloud.Emulator.Ovh.Errors;
using PgCloud.Emulator.Ovh.Services;

namespace PgCloud.Emulator.Ovh.Pools;

/// <summary>~/postgresql/{clusterId}/connectionPool.</summary>
internal static class PoolRoutes
{
    internal static void MapPools(this IEndpointRouteBuilder service, EmulatorClock clock)
    {
        service.MapGet("/connectionPool", (ServiceCall call) => call.List(call.Service.Pools.Shown, p => p.Id, p => p.View(call.Service)));
        service.MapPost("/connectionPool", (ServiceCall call) => Create(call, clock));
        service.MapGet("/connectionPool/{connectionPoolId}", (ServiceCall call) => Find(call).View(call.Service));
        service.MapPut("/connectionPool/{connectionPoolId}", Update);
        service.MapDelete("/connectionPool/{connectionPoolId}", (ServiceCall call) =>
        {
            Pool pool = Find(call);
            call.ThrowIfNotReady();
            pool.Phase = Phase.Deleting(clock, Durations.Appearance);
        });
    }

    private static object Create(ServiceCall call, EmulatorClock clock)
    {
        Body body = call.Body;
        call.ThrowIfNotReady();
        var pool = new Pool
        {
            Name = body.Text("name")!,
            DatabaseId = CheckDatabase(call.Service, body.Id("databaseId")!.Value),
            Mode = body.Text("mode")!,
            Size = CheckSize(body.Number("size")!.Value),
            UserId = CheckUser(call.Service, body.Id("userId")),
            Phase = Phase.Of("CREATING", clock, Durations.Appearance),
        };
        if (!call.Service.Pools.TryAdd(pool, p => p.Name == pool.Name))
        {
            // The class is made up after that of users.
            throw ApiErrors.Conflict("ConnectionPoolAlreadyExist", $"connection pool \"{pool.Name}\" already exist");
        }

        PoolGate.Open(call.Service);
        return pool.View(call.Service);
    }

    private static object Update(ServiceCall call)
    {
        Pool pool = Find(call);
        Body body = call.Body;
        call.ThrowIfNotReady();
        Guid database = CheckDatabase(call.Service, body.Id("databaseId") ?? pool.DatabaseId);
        Guid? user = body.Has("userId") ? CheckUser(call.Service, body.Id("userId")) : pool.UserId;
        pool.Size = CheckSize(body.Number("size") ?? pool.Size);
        pool.Mode = body.Text("mode") ?? pool.Mode;
        pool.DatabaseId = database;
        pool.UserId = user;
        return pool.View(call.Service);
    }

    private static Pool Find(ServiceCall call) => call.Find("connectionPoolId", call.Service.Pools, id => ApiErrors.ObjectNotFound("Connection pool", id));

    private static Guid CheckDatabase(Service service, Guid id) => service.Databases.Find(id)?.IsKnownToPool() == true
        ? id
        : throw new ApiException(403, "Client::Forbidden", $"Service database '{service.Databases.Present.FirstOrDefault(d => d.Id == id)?.Name ?? id.ToString()}' does not exist");

    private static Guid? CheckUser(Service service, Guid? id) => id is { } user && service.Users.Find(user) is null ? throw ApiErrors.UserNotFound(user) : id;

    private static long CheckSize(long size) => size > 0 ? size : throw ApiErrors.BadRequest($"[size] Given data ({size}) is not above 0");
}
