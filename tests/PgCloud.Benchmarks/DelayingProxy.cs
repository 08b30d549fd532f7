// SPDX-License-Identifier: MIT

using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace PgCloud.Benchmarks;

/// <summary>
///   A long link: what arrives at this port is handed on to another after a while, in both directions. Any amount may be under way at once,
///   as on a real link, so that only waiting for an answer costs a round trip.
/// </summary>
internal sealed class DelayingProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly int _target;
    private readonly TimeSpan _delay;
    private readonly Task _accepting;
    private bool _isServersTurn;

    internal DelayingProxy(int target, TimeSpan delay)
    {
        _target = target;
        _delay = delay;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    internal int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How often a client has sent something after it had been answered.</summary>
    internal int RoundTrips { get; private set; }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _accepting;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = CarryAsync(await _listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The listener was stopped.
        }
    }

    private async Task CarryAsync(TcpClient client)
    {
        using var server = new TcpClient { NoDelay = true };
        using (client)
        {
            client.NoDelay = true;
            await server.ConnectAsync(IPAddress.Loopback, _target);
            _isServersTurn = false;
            await Task.WhenAll(
                CarryAsync(client.Client, server.Client, fromClient: true), CarryAsync(server.Client, client.Client, fromClient: false));
        }
    }

    private async Task CarryAsync(Socket from, Socket to, bool fromClient)
    {
        var underWay = Channel.CreateUnbounded<(long Arrived, byte[] Data)>();
        Task delivering = DeliverAsync(underWay.Reader, to);
        byte[] buffer = new byte[64 * 1024];
        try
        {
            int read;
            while ((read = await from.ReceiveAsync(buffer)) > 0)
            {
                if (fromClient && !_isServersTurn)
                {
                    RoundTrips++;
                }

                _isServersTurn = fromClient;
                await underWay.Writer.WriteAsync((Stopwatch.GetTimestamp(), buffer[..read]));
            }
        }
        catch (SocketException)
        {
            // The other end is gone.
        }

        underWay.Writer.Complete();
        await delivering;
    }

    private async Task DeliverAsync(ChannelReader<(long Arrived, byte[] Data)> underWay, Socket to)
    {
        try
        {
            await foreach ((long arrived, byte[] data) in underWay.ReadAllAsync())
            {
                TimeSpan left = _delay - Stopwatch.GetElapsedTime(arrived);
                if (left > TimeSpan.Zero)
                {
                    await Task.Delay(left);
                }

                await to.SendAsync(data);
            }

            to.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // The other end is gone.
        }
    }
}
