// SPDX-License-Identifier: MIT

using PgCloud.Emulator.Calls;
using PgCloud.Emulator.Faults;
using PgCloud.Emulator.Ibm;
using PgCloud.Emulator.Ovh;
using PgCloud.Emulator.Servers;

namespace PgCloud.Emulator.Hosting;

/// <summary>What belongs to an emulator, and which way a call takes through it.</summary>
internal static class Wiring
{
    internal static void AddEmulator(this IServiceCollection services, EmulatorOptions options) => services
        .AddSingleton(options)
        .AddSingleton(new EmulatorClock(options.Speed))
        .AddSingleton(new FaultPlan { Latency = options.Latency })
        .AddSingleton<Tokens>()
        .AddSingleton<Background>()
        .AddSingleton<CallCounter>()
        .AddSingleton<ServerFactory>()
        .AddOvh()
        .AddIbm();

    internal static void UseEmulator(this WebApplication app)
    {
        app.UseMiddleware<RequestStart>();
        app.UseWhen(Clouds.IsOvh, OvhCloud.UseOvhBefore);
        app.UseWhen(Clouds.IsIbm, IbmCloud.UseIbmBefore);
        app.UseRouting();
        app.UseMiddleware<CallCounting>();
        app.UseMiddleware<FaultMiddleware>();
        app.UseWhen(Clouds.IsOvh, OvhCloud.UseOvh);
        app.UseWhen(Clouds.IsIbm, IbmCloud.UseIbm);
        app.MapControl(app.Services);
        app.MapOvh(app.Services);
        app.MapIbm(app.Services);
    }
}
