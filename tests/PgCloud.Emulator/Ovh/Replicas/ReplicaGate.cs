// SPDX-License-Identifier: MIT

using System.Net;
using System.Net.Sockets;
using PgCloud.Emulator.Ovh.Services;
using PgCloud.Emulator.Servers;

namespace PgCloud.Emulator.Ovh.Replicas;

/// <summary>The port of a service's read replica: a standby that follows the server, and that is made when somebody comes for the first time.</summary>
internal sealed class ReplicaGate : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Parse(EmulatorOptions.ServerAddress), 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Service _service;
    private readonly ServerFactory _factory;
    private readonly Lazy<Task<ServiceServer>> _replica;

    private ReplicaGate(Service service, ServerFactory factory)
    {
        _service = service;
        _factory = factory;
        _replica = new(MakeAsync);
        _listener.Start();
        _ = AcceptAsync();
    }

    internal int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Opens the port of a service whose server runs.</summary>
    internal static void Open(Service service, ServerFactory factory) => service.ReplicaGate = new ReplicaGate(service, factory);

    /// <summary>Has the replica let in who is authorised, where there is one yet.</summary>
    internal async Task AuthoriseAsync(CancellationToken cancellation)
    {
        if (_replica.IsValueCreated)
        {
            await (await _replica.Value).AuthoriseAsync(() => _service.LetIn, cancellation);
        }
    }

    /// <summary>Closes the port, and removes the replica.</summary>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        if (_replica.IsValueCreated)
        {
            await _factory.RemoveAsync(await _replica.Value, CancellationToken.None);
        }

        _end.Dispose();
    }

    private async Task<ServiceServer> MakeAsync()
    {
        ServiceServer replica = await _factory.ReplicateAsync("replica-" + _service.HostName, _service.Server!, CancellationToken.None);
        await replica.AuthoriseAsync(() => _service.LetIn, CancellationToken.None);
        return replica;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_end.Token));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The service is gone.
        }
    }

    // By the address of the client, which the replica's rules are about.
    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                ServiceServer replica = await _replica.Value;
                using var connection = new TcpClient(new IPEndPoint(((IPEndPoint)client.Client.RemoteEndPoint!).Address, 0));
                await connection.ConnectAsync(EmulatorOptions.ServerAddress, replica.Port, _end.Token);
                using var end = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
                Task there = client.GetStream().CopyToAsync(connection.GetStream(), end.Token);
                Task back = connection.GetStream().CopyToAsync(client.GetStream(), end.Token);
                await Task.WhenAny(there, back);
                await end.CancelAsync();
            }
            catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // One of the two has gone.
            }
            catch (Exception exception)
            {
                await Console.Error.WriteLineAsync($"The replica of {_service.Id}: {exception}");
            }
        }
    }
}
