// SPDX-License-Identifier: MIT

using PgCloud.Emulator.Hosting;
using PgCloud.Emulator.Ovh.Api;
using PgCloud.Emulator.Ovh.Auth;
using PgCloud.Emulator.Ovh.Databases;
using PgCloud.Emulator.Ovh.Errors;
using PgCloud.Emulator.Ovh.Extras;
using PgCloud.Emulator.Ovh.Logs;
using PgCloud.Emulator.Ovh.Pools;
using PgCloud.Emulator.Ovh.Projects;
using PgCloud.Emulator.Ovh.Queries;
using PgCloud.Emulator.Ovh.Schema;
using PgCloud.Emulator.Ovh.Services;
using PgCloud.Emulator.Ovh.Users;

namespace PgCloud.Emulator.Ovh;

/// <summary>What belongs to OVHcloud, and which way a call takes through it.</summary>
internal static class OvhCloud
{
    internal static IServiceCollection AddOvh(this IServiceCollection services) => services
        .AddSingleton(ApiSchema.Load())
        .AddSingleton<Account>()
        .AddSingleton<LogOperations>()
        .AddSingleton<ProjectList>()
        .AddSingleton<ServiceChange>()
        .AddSingleton<ServiceCreation>()
        .AddSingleton<ServiceList>()
        .AddSingleton<ServiceWork>();

    /// <summary>Before the route is known.</summary>
    internal static void UseOvhBefore(this IApplicationBuilder app)
    {
        app.UseMiddleware<VersionPrefix>();
        app.UseMiddleware<ErrorMiddleware>();
    }

    /// <summary>Once it is.</summary>
    internal static void UseOvh(this IApplicationBuilder app)
    {
        app.UseMiddleware<AuthenticationMiddleware>();
        app.UseMiddleware<ResponseCheck>();
        app.UseMiddleware<RequestCheck>();
    }

    internal static void MapOvh(this IEndpointRouteBuilder routes, IServiceProvider services)
    {
        Account account = services.GetRequiredService<Account>();
        routes.MapAuth(account);
        routes.MapPost("/auth/oauth2/token", (Delegate)((HttpContext context) => TokenRoute.AnswerAsync(context, account))).WithMetadata(new PublicRoute());
        routes.MapGet("/auth/", (string credentialToken, bool refuse = false) => AuthRoutes.Validate(account, credentialToken, refuse)).WithMetadata(new PublicRoute());
        ProjectList projects = services.GetRequiredService<ProjectList>();
        routes.MapProjects(projects);
        EmulatorClock clock = services.GetRequiredService<EmulatorClock>();
        ServiceChange change = services.GetRequiredService<ServiceChange>();
        RouteGroupBuilder database = routes.MapGroup("/cloud/project/{serviceName}/database").AddEndpointFilter(ProjectRoutes.Exists(projects));
        database.MapServices(services.GetRequiredService<ServiceList>(), services.GetRequiredService<ServiceCreation>(), change);
        RouteGroupBuilder service = database.MapGroup("/postgresql/{clusterId}");
        service.MapIps(change);
        service.MapUsers(clock);
        service.MapDatabases(clock);
        service.MapServer();
        service.MapPools(clock);
        ServiceWork work = services.GetRequiredService<ServiceWork>();
        service.MapBackups(work);
        service.MapParameters(work);
        service.MapIntegrations(clock);
        service.MapPrometheus();
        service.MapQueries();
        service.MapMetrics();
        LogOperations operations = services.GetRequiredService<LogOperations>();
        service.MapLogs(operations, clock);
        operations.Map(routes);
    }
}

/// <summary>Marks a route that is not part of the API and asks for no signature.</summary>
internal sealed class PublicRoute;
