// SPDX-License-Identifier: MIT

using System.Text.Json.Nodes;
using PgCloud.Emulator.Ovh.Services;
using PgCloud.Emulator.Servers;

namespace PgCloud.Emulator.Ovh.Queries;

/// <summary>~/postgresql/{clusterId}/currentQueries and /queryStatistics, as the server has them.</summary>
internal static class QueryRoutes
{
    private const long DefaultLimit = 100;

    internal static void MapQueries(this IEndpointRouteBuilder service)
    {
        service.MapGet("/currentQueries", (ServiceCall call) => ReadAsync(call, QuerySql.Current));
        service.MapPost("/currentQueries/cancel", async (ServiceCall call) =>
        {
            string function = call.Body.Flag("terminate") == true ? "pg_terminate_backend" : "pg_cancel_backend";
            List<bool> done = await call.Server.QueryAsync(
                $"SELECT {function}(pid) FROM pg_stat_activity WHERE pid = $1 AND {QuerySql.OfCustomer}",
                r => r.GetBoolean(0),
                call.Aborted,
                parameters: (int)(call.Body.Number("pid") ?? 0));
            return new { success = done is [true] };
        });
        service.MapGet("/queryStatistics", (ServiceCall call) => ServerSettings.HasStatistics(call.Server.Installation)
            ? ReadAsync(call, QuerySql.Statistics)
            : Task.FromResult(new JsonObject { ["queries"] = new JsonArray() }));
        service.MapPost("/queryStatistics/reset", (ServiceCall call) =>
        {
            call.ThrowIfNotReady();
            return ServerSettings.HasStatistics(call.Server.Installation)
                ? call.Server.ExecuteAsync(["SELECT pg_stat_statements_reset()"], call.Aborted)
                : Task.CompletedTask;
        });
    }

    private static async Task<JsonObject> ReadAsync(ServiceCall call, string query)
    {
        List<JsonNode> rows = await call.Server.QueryAsync(
            query,
            r => JsonNode.Parse(r.GetString(0))!,
            call.Aborted,
            parameters: [call.Query("limit") ?? DefaultLimit, call.Query("offset") ?? 0]);
        return new JsonObject { ["queries"] = new JsonArray([.. rows]) };
    }
}
