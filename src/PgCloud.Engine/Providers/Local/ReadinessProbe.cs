// SPDX-License-Identifier: MIT

using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace PgCloud.Engine.Providers.Local;

/// <summary>
///   Asks a server of this machine whether it accepts connections, as pg_isready does: by beginning a login and looking at the kind of the
///   answer (PostgreSQL documentation, 54.7, StartupMessage). No credential is sent.
/// </summary>
internal static class ReadinessProbe
{
    private const int ProtocolVersion = 3 << 16;
    private const string CannotConnectNow = "57P03";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>
    ///   <see langword="true"/>: it does; <see langword="false"/>: it is up and says not yet; <see langword="null"/>: no answer.
    /// </summary>
    internal static async Task<bool?> AskAsync(int port, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, port, patience.Token);
            NetworkStream stream = client.GetStream();
            await stream.WriteAsync(StartupMessage(), patience.Token);
            byte[] answer = new byte[512];
            int length = await stream.ReadAtLeastAsync(answer, 5, throwOnEndOfStream: false, patience.Token);
            return length < 5 ? null
                : answer[0] == (byte)'R' || (answer[0] == (byte)'E' && !Encoding.ASCII.GetString(answer, 0, length).Contains(CannotConnectNow, StringComparison.Ordinal));
        }
        catch (Exception exception) when (exception is SocketException or IOException)
        {
            return null;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return null;
        }
    }

    private static byte[] StartupMessage()
    {
        byte[] parameters = Encoding.ASCII.GetBytes("user\0pgcloud_probe\0database\0postgres\0\0");
        byte[] message = new byte[8 + parameters.Length];
        BinaryPrimitives.WriteInt32BigEndian(message, message.Length);
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(4), ProtocolVersion);
        parameters.CopyTo(message, 8);
        return message;
    }
}
