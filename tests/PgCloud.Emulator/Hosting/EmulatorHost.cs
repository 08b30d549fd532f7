// SPDX-License-Identifier: MIT

using System.Net;
using System.Security.Cryptography.X509Certificates;
using PgCloud.Emulator.Hosting;
using PgCloud.Emulator.Servers;
using PgCloud.Engine.Providers.Local;

namespace PgCloud.Emulator;

/// <summary>The running emulator. Its end is the end of all its servers and files.</summary>
public sealed class EmulatorHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private EmulatorHost(WebApplication app, StartLine startLine)
    {
        _app = app;
        StartLine = startLine;
    }

    /// <summary>Where it is, and credentials.</summary>
    public StartLine StartLine { get; }

    internal IServiceProvider Services => _app.Services;

    /// <summary>Starts one.</summary>
    public static async Task<EmulatorHost> StartAsync(EmulatorOptions options)
    {
        ServerCertificates certificates = ServerCertificates.Make("emulator", [options.Url.Host]);
        X509Certificate2 certificate = TlsCertificate.Load(certificates.CertificatePem, certificates.KeyPem);
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            var address = IPAddress.Parse(options.Url.Host);
            kestrel.Listen(address, options.Url.Port);
            kestrel.Listen(address, 0, listen => listen.UseHttps(certificate));
        });
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.Encoder = Json.Options.Encoder;
            json.SerializerOptions.Converters.Add(Json.Options.Converters[0]);
        });
        builder.Services.AddEmulator(options);
        WebApplication app = builder.Build();
        app.UseEmulator();
        try
        {
            await app.StartAsync();
            string caFile = Path.Combine(app.Services.GetRequiredService<ServerFactory>().Home, "ca.crt");
            await File.WriteAllTextAsync(caFile, certificates.CaPem);
            return new EmulatorHost(app, StartLine.Of(app, caFile, certificates.CaPem));
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        // What is being made must have come to its end before what was made is removed.
        await _app.Services.GetRequiredService<Background>().DisposeAsync();
        await _app.DisposeAsync();
    }
}
