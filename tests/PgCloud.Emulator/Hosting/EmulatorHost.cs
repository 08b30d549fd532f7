// SPDX-License-Identifier: MIT

using System.Net;
using System.Security.Cryptography.X509Certificates;
using PgCloud.Emulator.Auth;
using PgCloud.Emulator.Calls;
using PgCloud.Emulator.Errors;
using PgCloud.Emulator.Faults;
using PgCloud.Emulator.Projects;
using PgCloud.Emulator.Schema;
using PgCloud.Emulator.Services;
using PgCloud.Engine.Providers.Local;

namespace PgCloud.Emulator.Hosting;

/// <summary>The running emulator.</summary>
internal sealed class EmulatorHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private EmulatorHost(WebApplication app, StartLine startLine)
    {
        _app = app;
        StartLine = startLine;
    }

    internal StartLine StartLine { get; }

    internal Account Account => _app.Services.GetRequiredService<Account>();

    internal static async Task<EmulatorHost> StartAsync(EmulatorOptions options)
    {
        ServerCertificates certificates = ServerCertificates.Make("emulator", [options.Url.Host]);
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            var address = IPAddress.Parse(options.Url.Host);
            kestrel.Listen(address, options.Url.Port);
            kestrel.Listen(address, 0, listen => listen.UseHttps(Certificate(certificates)));
        });
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.Encoder = Json.Options.Encoder;
            json.SerializerOptions.Converters.Add(Json.Options.Converters[0]);
        });
        builder.Services.AddSingleton(options).AddSingleton(new EmulatorClock(options.Speed)).AddSingleton(ApiSchema.Load())
            .AddSingleton<Services.ServiceStore>().AddSingleton<Account>().AddSingleton<Projects.Projects>().AddSingleton<FaultPlan>().AddSingleton<CallCounter>();
        WebApplication app = builder.Build();
        Wire(app);
        await app.StartAsync();
        return new EmulatorHost(app, StartLine.Of(app, certificates.CaPem));
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static void Wire(WebApplication app)
    {
        IServiceProvider services = app.Services;
        app.UseMiddleware<RequestStart>();
        app.UseMiddleware<ErrorMiddleware>();
        app.UseRouting();
        app.UseMiddleware<CallCounting>();
        app.UseMiddleware<FaultMiddleware>();
        app.UseMiddleware<AuthenticationMiddleware>();
        app.UseMiddleware<RequestCheck>();

        Account account = services.GetRequiredService<Account>();
        app.MapAuth(account);
        app.MapPost("/auth/oauth2/token", (Delegate)((HttpContext context) => TokenRoute.AnswerAsync(context, account))).WithMetadata(new PublicRoute());
        app.MapGet("/auth/", (string credentialToken, bool refuse = false) => AuthRoutes.Validate(account, credentialToken, refuse)).WithMetadata(new PublicRoute());
        app.MapProjects(services.GetRequiredService<Projects.Projects>());
        app.MapServices(
            services.GetRequiredService<Projects.Projects>(), services.GetRequiredService<ServiceStore>(), services.GetRequiredService<EmulatorClock>());
        app.MapControl(account, services.GetRequiredService<FaultPlan>(), services.GetRequiredService<CallCounter>());
    }

    private static X509Certificate2 Certificate(ServerCertificates certificates)
    {
        using var pem = X509Certificate2.CreateFromPem(certificates.CertificatePem, certificates.KeyPem);
        return new X509Certificate2(pem.Export(X509ContentType.Pkcs12));
    }
}

/// <summary>Marks a route that is not part of the API and asks for no signature.</summary>
internal sealed class PublicRoute;
