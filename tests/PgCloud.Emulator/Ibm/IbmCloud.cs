// SPDX-License-Identifier: MIT

using PgCloud.Emulator.Hosting;
using PgCloud.Emulator.Ibm.Api;
using PgCloud.Emulator.Ibm.Catalog;
using PgCloud.Emulator.Ibm.Control;
using PgCloud.Emulator.Ibm.Groups;
using PgCloud.Emulator.Ibm.Iam;
using PgCloud.Emulator.Ibm.Instances;
using PgCloud.Emulator.Ibm.Keys;
using PgCloud.Emulator.Ibm.Reclamations;
using PgCloud.Emulator.Ibm.Restrictions;
using PgCloud.Emulator.Ibm.Tags;

namespace PgCloud.Emulator.Ibm;

/// <summary>What belongs to IBM Cloud, and which way a call takes through it.</summary>
internal static class IbmCloud
{
    internal static IServiceCollection AddIbm(this IServiceCollection services) => services
        .AddSingleton<AllowList>()
        .AddSingleton<Enforcement>()
        .AddSingleton<GroupList>()
        .AddSingleton<IamAccount>()
        .AddSingleton<IbmState>()
        .AddSingleton<InstanceCreation>()
        .AddSingleton<InstanceList>()
        .AddSingleton<InstanceRemoval>()
        .AddSingleton<InstanceUpdate>()
        .AddSingleton<InstanceWork>()
        .AddSingleton<KeyCreation>()
        .AddSingleton<KeyList>()
        .AddSingleton<Quirks>()
        .AddSingleton<ReclamationList>()
        .AddSingleton<RestrictionStore>()
        .AddSingleton<TagStore>();

    /// <summary>Before the route is known.</summary>
    internal static void UseIbmBefore(this IApplicationBuilder app) => app.UseMiddleware<IbmErrorMiddleware>();

    /// <summary>Once it is.</summary>
    internal static void UseIbm(this IApplicationBuilder app) => app.UseMiddleware<IbmAuthentication>();

    internal static void MapIbm(this IEndpointRouteBuilder routes, IServiceProvider services)
    {
        IamAccount account = services.GetRequiredService<IamAccount>();
        Quirks quirks = services.GetRequiredService<Quirks>();
        InstanceList instances = services.GetRequiredService<InstanceList>();
        KeyList keys = services.GetRequiredService<KeyList>();
        InstanceRemoval removal = services.GetRequiredService<InstanceRemoval>();
        routes.MapGroup(IbmPaths.Iam).MapIam(account);

        RouteGroupBuilder controller = routes.MapGroup(IbmPaths.ResourceController);
        controller.MapInstances(
            instances, services.GetRequiredService<InstanceCreation>(), services.GetRequiredService<InstanceUpdate>(), removal, quirks);
        controller.MapKeys(keys, services.GetRequiredService<KeyCreation>(), instances, quirks);
        controller.MapReclamations(services.GetRequiredService<ReclamationList>(), removal);
        controller.MapGroups(services.GetRequiredService<GroupList>(), instances, account);

        routes.MapGroup(IbmPaths.GlobalCatalog).MapCatalog();
        routes.MapGroup(IbmPaths.Tagging).MapTags(services.GetRequiredService<TagStore>(), instances);
        routes.MapGroup(IbmPaths.ContextBasedRestrictions).MapRestrictions(
            services.GetRequiredService<RestrictionStore>(),
            services.GetRequiredService<Enforcement>(),
            account,
            services.GetRequiredService<EmulatorClock>(),
            quirks);
    }
}
