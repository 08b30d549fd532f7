// SPDX-License-Identifier: MIT

using Npgsql;
using PgCloud.Emulator.Hosting;
using PgCloud.Emulator.Ovh.Api;
using PgCloud.Emulator.Ovh.Errors;
using PgCloud.Emulator.Ovh.Services;
using PgCloud.Emulator.Ovh.Users;
using PgCloud.Emulator.Servers;

namespace PgCloud.Emulator.Ovh.Databases;

/// <summary>~/postgresql/{clusterId}/database.</summary>
internal static class DatabaseRoutes
{
    private const int LongestName = 63;

    internal static void MapDatabases(this IEndpointRouteBuilder service, EmulatorClock clock)
    {
        service.MapGet("/database", (ServiceCall call) => call.List(call.Service.Databases.Shown, d => d.Id, d => d.View()));
        service.MapPost("/database", (ServiceCall call) => CreateAsync(call, clock));
        service.MapGet("/database/{databaseId}", (ServiceCall call) => Find(call).View());
        service.MapDelete("/database/{databaseId}", (ServiceCall call) => DeleteAsync(call, clock));
    }

    private static async Task<object> CreateAsync(ServiceCall call, EmulatorClock clock)
    {
        string name = call.Body.Text("name") ?? string.Empty;
        if (name.Length is 0 or > LongestName)
        {
            throw ApiErrors.BadRequest($"[name] Given data ({name}) is not a name of 1 to {LongestName} characters");
        }

        call.ThrowIfNotReady();
        var database = new Database
        {
            Name = name,
            Phase = Phase.Of("CREATING", clock, Durations.Appearance),
            UnknownToPools = 1,
        };
        if (!call.Service.Databases.TryAdd(database, d => d.Name == name))
        {
            throw Exists(name);
        }

        try
        {
            await RunAsync(call.Service, $"CREATE DATABASE {Sql.Name(name)} OWNER {AdminRole.Name}");
        }
        catch (PostgresException exception)
        {
            call.Service.Databases.Remove(database);
            throw exception.SqlState == PostgresErrorCodes.DuplicateDatabase ? Exists(name) : ApiErrors.BadRequest(exception.MessageText);
        }

        return database.View();
    }

    private static async Task DeleteAsync(ServiceCall call, EmulatorClock clock)
    {
        Database database = Find(call);
        call.ThrowIfNotReady();
        if (database.IsDefault)
        {
            // The class is not in the sources.
            throw new ApiException(403, "Client::Forbidden", $"Database {database.Name} cannot be deleted");
        }

        await RunAsync(call.Service, $"DROP DATABASE IF EXISTS {Sql.Name(database.Name)} WITH (FORCE)");
        database.Phase = Phase.Deleting(clock, Durations.Appearance);
    }

    private static Database Find(ServiceCall call) => call.Find("databaseId", call.Service.Databases, id => ApiErrors.ObjectNotFound("Database", id));

    // The class is made up after that of users.
    private static ApiException Exists(string name) => ApiErrors.Conflict("DatabaseAlreadyExist", $"database \"{name}\" already exist");

    private static Task RunAsync(Service service, string statement) =>
        service.Server?.ExecuteAsync([statement], CancellationToken.None) ?? Task.CompletedTask;
}
