// SPDX-License-Identifier: MIT

using System.Net;
using System.Net.Sockets;
using PgCloud.Emulator.Ovh.Services;

namespace PgCloud.Emulator.Ovh.Pools;

/// <summary>
///   The port of a service's pools. A session that names a pool as its database goes on to the pool's database; nothing is pooled, so that
///   mode and size have no effect. It has the server's own certificate: a login bound to the channel works through it.
/// </summary>
internal sealed class PoolGate : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Parse(EmulatorOptions.ServerAddress), 0);
    private readonly CancellationTokenSource _end = new();
    private readonly PoolSessions _sessions;

    private PoolGate(Service service)
    {
        _sessions = new PoolSessions(service);
        _listener.Start();
        _ = AcceptAsync();
    }

    internal int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Opens the port with the first pool of a service that has a server.</summary>
    internal static void Open(Service service)
    {
        lock (service.Sync)
        {
            service.PoolGate ??= service.Server is null ? null : new PoolGate(service);
        }
    }

    public void Dispose()
    {
        _end.Cancel();
        _listener.Stop();
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                TcpClient client = await _listener.AcceptTcpClientAsync(_end.Token);
                _ = _sessions.ServeAsync(client, _end.Token);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The service is gone.
        }
    }
}
