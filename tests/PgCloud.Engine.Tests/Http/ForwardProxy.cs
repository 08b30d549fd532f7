// SPDX-License-Identifier: MIT

using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace PgCloud.Engine.Tests.Http;

/// <summary>A forward proxy on loopback: it makes tunnels by CONNECT, and passes plain HTTP on. It keeps the lines that it was asked by.</summary>
internal sealed class ForwardProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentQueue<string> _asked = [];
    private readonly string? _authorisation;

    /// <param name="credential">Who may use it; <see langword="null"/> for everybody.</param>
    internal ForwardProxy(NetworkCredential? credential = null)
    {
        _authorisation = credential is null
            ? null
            : "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{credential.UserName}:{credential.Password}"));
        _listener.Start();
        _ = AcceptAsync();
    }

    internal Uri Url => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    internal IReadOnlyList<string> Asked => [.. _asked];

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
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_end.Token));
            }
        }
        catch (Exception failure) when (failure is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            using (client)
            {
                NetworkStream near = client.GetStream();
                while (await ReadHeadAsync(near) is { Count: > 0 } head)
                {
                    _asked.Enqueue(head[0]);
                    string[] line = head[0].Split(' ');
                    if (_authorisation is not null && !head.Contains($"Proxy-Authorization: {_authorisation}"))
                    {
                        await SendAsync(near, "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"p\"\r\nContent-Length: 0\r\n\r\n");
                        continue;
                    }

                    await PassAsync(near, line, head);
                    return;
                }
            }
        }
        catch (Exception failure) when (failure is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // One side has gone.
        }
    }

    private async Task PassAsync(NetworkStream near, string[] line, List<string> head)
    {
        bool isTunnel = line[0] == "CONNECT";
        var target = new Uri(isTunnel ? $"tcp://{line[1]}" : line[1]);
        using var server = new TcpClient();
        await server.ConnectAsync(target.Host, target.Port, _end.Token);
        NetworkStream far = server.GetStream();
        if (isTunnel)
        {
            await SendAsync(near, "HTTP/1.1 200 Connection established\r\n\r\n");
        }
        else
        {
            // One request a connection keeps it simple: the server closes it after its answer.
            string[] kept = [.. head.Skip(1).Where(h => !h.StartsWith("Proxy-", StringComparison.OrdinalIgnoreCase)), "Connection: close"];
            await SendAsync(far, $"{line[0]} {target.PathAndQuery} HTTP/1.1\r\n{string.Join("\r\n", kept)}\r\n\r\n");
        }

        await Task.WhenAny(near.CopyToAsync(far, _end.Token), far.CopyToAsync(near, _end.Token));
    }

    private async Task<List<string>?> ReadHeadAsync(NetworkStream stream)
    {
        var text = new StringBuilder();
        byte[] one = new byte[1];
        while (!text.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one, _end.Token) == 0)
            {
                return null;
            }

            text.Append((char)one[0]);
        }

        return [.. text.ToString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries)];
    }

    private async Task SendAsync(NetworkStream stream, string text) => await stream.WriteAsync(Encoding.ASCII.GetBytes(text), _end.Token);
}
