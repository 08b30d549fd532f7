// SPDX-License-Identifier: MIT

using PgCloud.Emulator.Ovh.Api;
using PgCloud.Emulator.Ovh.Errors;
using PgCloud.Emulator.Ovh.Services;
using PgCloud.Emulator.Servers;

namespace PgCloud.Emulator.Ovh.Extras;

/// <summary>~/postgresql/{clusterId}/advancedConfiguration and /capabilities/advancedConfiguration. What is set cannot be unset.</summary>
internal static class ParameterRoutes
{
    internal static void MapParameters(this IEndpointRouteBuilder service, ServiceWork work)
    {
        service.MapGet("/capabilities/advancedConfiguration", (ServiceCall call) => Parameter.All.Select(p => p.View()));
        service.MapGet("/advancedConfiguration", (ServiceCall call) => Set(call.Service));
        service.MapPut("/advancedConfiguration", (ServiceCall call) =>
        {
            Change(call.Service, call.Body, work);
            return Set(call.Service);
        });
    }

    private static SortedDictionary<string, string> Set(Service service) => new(service.Extras.Parameters, StringComparer.Ordinal);

    private static void Change(Service service, Body body, ServiceWork work)
    {
        List<(Parameter Parameter, string Value)> wanted = [.. body.Names.Select(n => Read(n, body.Text(n)!))];
        lock (service.Sync)
        {
            Readiness.Check(service);
            wanted.RemoveAll(w => service.Extras.Parameters.GetValueOrDefault(w.Parameter.Name) == w.Value);
            if (wanted.Count == 0)
            {
                throw ApiErrors.NoUpdate();
            }

            foreach ((Parameter parameter, string value) in wanted)
            {
                service.Extras.Parameters[parameter.Name] = value;
            }

            service.Status = "UPDATING";
            work.Begin(service, Durations.SettingsUpdate, cancellation => ApplyAsync(service, wanted, cancellation));
        }
    }

    private static (Parameter Parameter, string Value) Read(string name, string value)
    {
        Parameter parameter = Parameter.All.FirstOrDefault(p => p.Name == name) ?? throw ApiErrors.BadRequest($"Received not described parameters: ({name}) while calling this API");
        return parameter.Allows(value) ? (parameter, value) : throw ApiErrors.BadRequest($"[{name}] Given data ({value}) is not valid for type {parameter.Type}");
    }

    private static async Task ApplyAsync(Service service, IEnumerable<(Parameter Parameter, string Value)> wanted, CancellationToken cancellation)
    {
        if (service.Server is not { } server)
        {
            return;
        }

        // ALTER SYSTEM may not be in a transaction.
        foreach ((Parameter parameter, string value) in wanted.Where(w => w.Parameter.Setting is not null))
        {
            await server.ExecuteAsync([$"ALTER SYSTEM SET {Sql.Name(parameter.Setting!)} = {Sql.Text(value)}"], cancellation);
        }

        await server.ExecuteAsync(["SELECT pg_reload_conf()"], cancellation);
    }
}
