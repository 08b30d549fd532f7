// SPDX-License-Identifier: MIT

using System.Net;
using System.Net.Sockets;

namespace PgCloud.Engine.Tests.Sql.Servers;

/// <summary>Stands between a client and a server. From some moment on the server's answers do not arrive; in the end the connection breaks.</summary>
internal sealed class SilentRelay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<TcpClient> _all = [];
    private readonly int _target;
    private readonly Task _accepting;
    private volatile bool _isSilent;

    internal SilentRelay(int target)
    {
        _target = target;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    internal int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>From now on what the server says is lost.</summary>
    internal void Silence() => _isSilent = true;

    /// <summary>Breaks what is connected; who connects anew is served.</summary>
    internal void Break()
    {
        lock (_all)
        {
            _all.ForEach(c => c.Close());
            _all.Clear();
        }

        _isSilent = false;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        Break();
        await _accepting;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                TcpClient client = await _listener.AcceptTcpClientAsync();
                var server = new TcpClient();
                await server.ConnectAsync(IPAddress.Loopback, _target);
                lock (_all)
                {
                    _all.AddRange([client, server]);
                }

                _ = PumpAsync(client, server, isAnswer: false);
                _ = PumpAsync(server, client, isAnswer: true);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task PumpAsync(TcpClient from, TcpClient to, bool isAnswer)
    {
        byte[] buffer = new byte[8192];
        try
        {
            int count;
            while ((count = await from.GetStream().ReadAsync(buffer)) > 0)
            {
                if (!(isAnswer && _isSilent))
                {
                    await to.GetStream().WriteAsync(buffer.AsMemory(0, count));
                }
            }

            to.Close();
        }
        catch (Exception exception) when (exception is IOException or InvalidOperationException or ObjectDisposedException)
        {
            from.Close();
            to.Close();
        }
    }
}
