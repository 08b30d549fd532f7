// SPDX-License-Identifier: MIT

using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using PgCloud.Emulator.Ovh.Databases;
using PgCloud.Emulator.Ovh.Services;
using PgCloud.Emulator.Servers;

namespace PgCloud.Emulator.Ovh.Pools;

/// <summary>The sessions that come through a service's pools.</summary>
internal sealed class PoolSessions(Service service)
{
    private readonly X509Certificate2 _certificate = TlsCertificate.Load(
        File.ReadAllText(service.Server!.Files.ServerCertificate), File.ReadAllText(service.Server.Files.ServerKey));

    internal async Task ServeAsync(TcpClient client, CancellationToken cancellation)
    {
        using (client)
        {
            try
            {
                await RunAsync(client, cancellation);
            }
            catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException or ObjectDisposedException
                or AuthenticationException or InvalidDataException)
            {
                // One of the two has gone.
            }
        }
    }

    private async Task RunAsync(TcpClient client, CancellationToken cancellation)
    {
        NetworkStream plain = client.GetStream();
        StartupMessage first = await StartupMessage.ReadAsync(plain, cancellation);
        while (first.Code == StartupMessage.GssRequest)
        {
            await plain.WriteAsync("N"u8.ToArray(), cancellation);
            first = await StartupMessage.ReadAsync(plain, cancellation);
        }

        if (first.Code != StartupMessage.TlsRequest)
        {
            await plain.WriteAsync(StartupMessage.Refusal("08P01", "SSL required"), cancellation);
            return;
        }

        await plain.WriteAsync("S"u8.ToArray(), cancellation);
        await using var secured = new SslStream(plain);
        await secured.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, cancellation);
        StartupMessage message = await StartupMessage.ReadAsync(secured, cancellation);
        if (Refusal(message, ((IPEndPoint)client.Client.RemoteEndPoint!).Address) is { } refusal)
        {
            await secured.WriteAsync(refusal, cancellation);
            return;
        }

        await PassOnAsync(secured, message.For(DatabaseOf(message)!), cancellation);
    }

    private byte[]? Refusal(StartupMessage message, IPAddress from)
    {
        if (!service.LetIn.Any(r => IPNetwork.Parse(r).Contains(from)))
        {
            return StartupMessage.Refusal("28000", $"no pg_hba.conf entry for host \"{from}\", user \"{message.User}\", database \"{message.Database}\"");
        }

        Pool? pool = Find(message);
        return pool is null || DatabaseOf(message) is null ? StartupMessage.Refusal("08P01", $"no such database: {message.Database}")
            : pool.UserId is { } user && service.Users.Find(user)?.Name != message.User ? StartupMessage.Refusal("28P01", $"no such user: {message.User}")
            : null;
    }

    private Pool? Find(StartupMessage message) => service.Pools.Shown.FirstOrDefault(p => p.Name == message.Database);

    private string? DatabaseOf(StartupMessage message) =>
        Find(message) is { } pool && service.Databases.Find(pool.DatabaseId) is Database { Name: var name } ? name : null;

    private async Task PassOnAsync(Stream client, byte[] startup, CancellationToken cancellation)
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync(EmulatorOptions.ServerAddress, service.Server!.Port, cancellation);
        NetworkStream plain = connection.GetStream();
        await plain.WriteAsync(StartupMessage.ForTls(), cancellation);
        await plain.ReadExactlyAsync(new byte[1], cancellation);
        await using var server = new SslStream(plain);
        await server.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = EmulatorOptions.ServerAddress,
                RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.GetCertHashString() == _certificate.GetCertHashString(),
            },
            cancellation);
        await server.WriteAsync(startup, cancellation);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task there = client.CopyToAsync(server, end.Token);
        Task back = server.CopyToAsync(client, end.Token);
        await Task.WhenAny(there, back);
        await end.CancelAsync();
    }
}
