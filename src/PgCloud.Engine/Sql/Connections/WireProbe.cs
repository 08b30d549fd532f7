// SPDX-License-Identifier: MIT

using System.Buffers.Binary;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using PgCloud.Contracts;
using PgCloud.Errors;

namespace PgCloud.Engine.Sql.Connections;

/// <summary>
///   The beginning of a PostgreSQL connection, step by step and without a password: as far as the server's answer to the start-up message,
///   which tells whether it lets this address in (PostgreSQL documentation, 54.2.1 and 54.2.10).
/// </summary>
internal sealed class WireProbe(SqlTarget target) : IAsyncDisposable
{
    /// <summary>What is said of a peer that is something else.</summary>
    internal const string NotPostgres = "What answers there does not speak PostgreSQL's protocol.";

    private const int SslRequestCode = 80877103;
    private const int ProtocolVersion3 = 196608;

    // No answer to a start-up message is larger; what is, does not come from a PostgreSQL server.
    private const int LargestMessage = 30_000;

    private Socket? _socket;
    private Stream? _stream;

    /// <summary>Makes the TCP connection.</summary>
    internal async Task<IPEndPoint> ConnectAsync(IReadOnlyList<IPAddress> addresses, IPAddress? source, CancellationToken cancellation)
    {
        SocketException? failure = null;
        foreach (IPAddress address in addresses)
        {
            if (source is not null && source.AddressFamily != address.AddressFamily)
            {
                continue;
            }

            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                Bind(socket, source);
                var endPoint = new IPEndPoint(address, target.Port);
                await socket.ConnectAsync(endPoint, cancellation);
                _socket = socket;
                _stream = new NetworkStream(socket, ownsSocket: true);
                return endPoint;
            }
            catch (SocketException exception)
            {
                socket.Dispose();
                failure = exception;
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }

        throw failure ?? (Exception)PgErrors.SourceAddressInvalid($"{source}", "the server has no address of its family", null);
    }

    /// <summary>Asks for TLS, and checks the server's certificate.</summary>
    internal async Task<SslStream> SecureAsync(ServerCertificateCheck check, CancellationToken cancellation)
    {
        byte[] request = new byte[8];
        BinaryPrimitives.WriteInt32BigEndian(request, request.Length);
        BinaryPrimitives.WriteInt32BigEndian(request.AsSpan(4), SslRequestCode);
        await _stream!.WriteAsync(request, cancellation);

        byte[] answer = new byte[1];
        int received = await _stream.ReadAsync(answer, cancellation);
        if (received == 0 || answer[0] != 'S')
        {
            throw received == 1 && answer[0] == 'N'
                ? PgErrors.TlsNotOffered(target.ToString())
                : PgErrors.TlsFailed(target.ToString(), NotPostgres);
        }

        var secured = new SslStream(_stream, leaveInnerStreamOpen: false);
        _stream = secured;
        var options = new SslClientAuthenticationOptions();
        check.Apply(options);
        try
        {
            await secured.AuthenticateAsClientAsync(options, cancellation);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw check.Explain(exception);
        }

        return secured;
    }

    /// <summary>Sends the start-up message; the error the server answers, or <see langword="null"/> where it asks for the password.</summary>
    internal async Task<ServerError?> StartAsync(CancellationToken cancellation)
    {
        // A user that does not exist is asked for a password like any other, so that a connection without one can be tested too.
        string user = target.UserName.Length == 0 ? "pgcloud" : target.UserName;
        await _stream!.WriteAsync(StartupMessage(user, target.Database), cancellation);
        while (true)
        {
            byte[] head = new byte[5];
            await _stream.ReadExactlyAsync(head, cancellation);
            int length = BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(1)) - 4;
            if (length is < 0 or > LargestMessage)
            {
                throw new IOException(NotPostgres);
            }

            byte[] body = new byte[length];
            await _stream.ReadExactlyAsync(body, cancellation);
            switch ((char)head[0])
            {
                case 'R':
                    return null;
                case 'E':
                    return ReadError(body);
                case 'N' or 'v':
                    continue;
                default:
                    throw new IOException(NotPostgres);
            }
        }
    }

    /// <summary>This end's address.</summary>
    internal IPAddress? LocalAddress => (_socket?.LocalEndPoint as IPEndPoint)?.Address;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_stream is not null)
        {
            await _stream.DisposeAsync();
        }
    }

    private static void Bind(Socket socket, IPAddress? source)
    {
        if (source is null)
        {
            return;
        }

        try
        {
            socket.Bind(new IPEndPoint(source, 0));
        }
        catch (SocketException exception)
        {
            throw PgErrors.SourceAddressInvalid(source.ToString(), exception.Message, exception);
        }
    }

    private static byte[] StartupMessage(string user, string database)
    {
        using var message = new MemoryStream();
        message.Write(new byte[8]);
        string[] words =
        [
            "user", user, "database", database.Length == 0 ? user : database, "application_name", "PgCloud", "client_encoding", "UTF8",
        ];
        foreach (string word in words)
        {
            message.Write(Encoding.UTF8.GetBytes(word));
            message.WriteByte(0);
        }

        message.WriteByte(0);
        byte[] bytes = message.ToArray();
        BinaryPrimitives.WriteInt32BigEndian(bytes, bytes.Length);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4), ProtocolVersion3);
        return bytes;
    }

    // Fields: a letter and a string that ends in NUL, until a NUL in place of the letter (documentation, 54.8).
    private static ServerError ReadError(ReadOnlySpan<byte> body)
    {
        var fields = new Dictionary<char, string>();
        while (!body.IsEmpty && body[0] != 0)
        {
            int end = body.IndexOf((byte)0);
            end = end < 0 ? body.Length : end;
            fields[(char)body[0]] = Encoding.UTF8.GetString(body[1..end]);
            body = body[Math.Min(end + 1, body.Length)..];
        }

        return new ServerError(
            fields.GetValueOrDefault('C', "XX000"),
            Redaction.Clean(fields.GetValueOrDefault('M', "no message")),
            Redaction.CleanOrNull(fields.GetValueOrDefault('D')),
            Redaction.CleanOrNull(fields.GetValueOrDefault('H')),
            fields.GetValueOrDefault('R'),
            fields.GetValueOrDefault('s'));
    }
}
