// SPDX-License-Identifier: MIT

using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace PgCloud.Engine.Providers.Local;

/// <summary>
///   Ports for servers. One that the system gives out by itself would do only as long as the server runs: while it is stopped any connection of
///   any program may get it, and the server could not be started again. So they are chosen below those (ip(7), ip_local_port_range).
/// </summary>
internal static class ServerPort
{
    private const int First = 20_000;
    private const int Last = 29_999;
    private const int Tries = 100;

    private const string GivenOut = "/proc/sys/net/ipv4/ip_local_port_range";

    /// <summary>A port that is free now.</summary>
    internal static int FindFree()
    {
        int end = Math.Min(Last, FirstGivenOut() - 1);
        for (int attempt = 0; attempt < Tries && end >= First; attempt++)
        {
            int port = Random.Shared.Next(First, end + 1);
            if (IsFree(port))
            {
                return port;
            }
        }

        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }

    /// <summary>Whether nobody listens on it now.</summary>
    internal static bool IsFree(int port)
    {
        try
        {
            using var socket = new TcpListener(IPAddress.Loopback, port);
            socket.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static int FirstGivenOut()
    {
        try
        {
            return int.Parse(File.ReadAllText(GivenOut).Split('\t', ' ')[0], CultureInfo.InvariantCulture);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException)
        {
            // Elsewhere they begin above (IANA, RFC 6335, section 6: 49152).
            return Last + 1;
        }
    }
}
