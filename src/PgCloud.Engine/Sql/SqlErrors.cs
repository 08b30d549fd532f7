// SPDX-License-Identifier: MIT

using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text.RegularExpressions;
using Npgsql;
using PgCloud.Contracts;
using PgCloud.Engine.Sql.Connections;
using PgCloud.Errors;

namespace PgCloud.Engine.Sql;

/// <summary>
///   The one place where a failure of the server, the network or Npgsql becomes an error with an id. A server's exception is not kept as
///   the inner one: its fields may quote a statement.
/// </summary>
internal static class SqlErrors
{
    /// <summary>Whether the caller's own cancellation is all that happened.</summary>
    internal static bool IsCancellation(Exception exception, CancellationToken cancellation) =>
        exception is OperationCanceledException && cancellation.IsCancellationRequested;

    /// <summary>Whether the connection broke, so that the outcome of what was under way is not known.</summary>
    internal static bool IsConnectionLost(PgCloudException exception) => exception.ErrorId == "PgCloud.Connection.Lost";

    /// <summary>What a failure to open a connection means.</summary>
    internal static PgCloudException WhileOpening(Exception exception, SqlTarget target)
    {
        string where = target.ToString();
        if (exception is NpgsqlException { InnerException: { } handshake }
            && exception.Message.Contains("SSL handshake", StringComparison.Ordinal))
        {
            return PgErrors.TlsFailed(where, (handshake.InnerException ?? handshake).Message, handshake);
        }

        switch (Cause(exception))
        {
            case PgCloudException own:
                return own;
            case PostgresException server:
                return WhileOpening(ServerError.From(server), target, null);
            case SocketException socket:
                return FromSocket(socket, target);
            case AuthenticationException tls:
                return PgErrors.TlsFailed(where, (tls.InnerException ?? tls).Message, tls);
            case TimeoutException or OperationCanceledException:
                return PgErrors.ConnectTimeout(where, target.ConnectTimeout, exception);
            case IOException broken:
                return PgErrors.ConnectionLost(where, broken.Message, broken);
            case NpgsqlException { Message: var message } when message.StartsWith("SSL connection requested", StringComparison.Ordinal):
                return PgErrors.TlsNotOffered(where);
            case NpgsqlException { Message: var message } when message.StartsWith("Received unknown response", StringComparison.Ordinal):
                return PgErrors.TlsFailed(where, WireProbe.NotPostgres);
            case NpgsqlException npgsql when npgsql.Message.Contains("password", StringComparison.OrdinalIgnoreCase)
                || npgsql.Message.Contains("SASL", StringComparison.Ordinal)
                || npgsql.Message.Contains("SCRAM", StringComparison.Ordinal):
                return PgErrors.LoginRejected(where, npgsql.Message.TrimEnd('.'), npgsql);
            case NpgsqlException npgsql:
                return PgErrors.ConnectionLost(where, npgsql.Message, npgsql);
            default:
                return PgErrors.Unexpected(exception, where);
        }
    }

    /// <summary>What an ErrorResponse to a start-up or login means.</summary>
    /// <param name="error">What the server said.</param>
    /// <param name="target">The target.</param>
    /// <param name="clientAddress">This client's address on the connection, where it is known.</param>
    internal static PgCloudException WhileOpening(ServerError error, SqlTarget target, IPAddress? clientAddress)
    {
        string where = target.ToString();
        string message = error.Message.TrimEnd('.');
        return error.SqlState switch
        {
            // The name of the file is the same in every language the server may speak.
            "28000" when message.Contains("pg_hba.conf", StringComparison.Ordinal) =>
                NotAuthorised(error, target, ClientAddress(message) ?? clientAddress?.ToString()),
            "28000" or "28P01" => PgErrors.LoginRejected(where, message, null),
            "3D000" => PgErrors.DatabaseNotFound(where, message, null),
            // 55000: the database does not allow connections.
            "42501" or "55000" => PgErrors.DatabaseRefused(where, message, null),
            "53300" => PgErrors.TooManyConnections(where, message, null),
            "57P03" or "57P01" or "57P02" => PgErrors.ServerNotReady(where, message),
            _ => PgErrors.SqlFailed(where, error.SqlState, WithDetail(error), error.Hint, null),
        };
    }

    /// <summary>What a failure in an open session means.</summary>
    internal static PgCloudException InSession(Exception exception, SqlTarget target)
    {
        string where = target.ToString();
        return Cause(exception) switch
        {
            PgCloudException own => own,
            PostgresException server => InSession(ServerError.From(server), target),
            TimeoutException or OperationCanceledException => PgErrors.SqlTimeout(where, exception),
            SocketException or IOException => PgErrors.ConnectionLost(where, Cause(exception).Message, exception),
            NpgsqlException npgsql => PgErrors.ConnectionLost(where, npgsql.Message, npgsql),
            NotSupportedException copy when copy.Message.Contains("COPY", StringComparison.Ordinal) => PgErrors.CopyNotSupported(where),
            InvalidOperationException { Source: "Npgsql" } closed => PgErrors.ConnectionLost(where, closed.Message, closed),
            _ => PgErrors.Unexpected(exception, where),
        };
    }

    /// <summary>What an ErrorResponse to a statement means.</summary>
    internal static PgCloudException InSession(ServerError error, SqlTarget target)
    {
        string where = target.ToString();
        string message = error.Message.TrimEnd('.');
        return error.SqlState switch
        {
            "42501" => PgErrors.PermissionDenied(where, message, MissingRight(error), null),
            "0LP01" when error.Routine == "AddRoleMems" => PgErrors.MembershipLoopAtServer(where, message),
            "57014" when message.Contains("timeout", StringComparison.OrdinalIgnoreCase) => PgErrors.SqlTimeout(where, null),
            "57014" => PgErrors.SqlCancelled(where, message),
            "55P03" => PgErrors.LockTimeout(where, message),
            "40001" or "40P01" => PgErrors.SqlConflict(where, error.SqlState, message),
            "XX000" when IsConcurrentUpdate(error) => PgErrors.SqlConflict(where, error.SqlState, message),
            "57P01" or "57P02" or "57P03" or "57P04" or "57P05" or "25P03" or "25P04" =>
                PgErrors.ConnectionLost(where, message + ".", null),
            "53300" => PgErrors.TooManyConnections(where, message, null),
            "25006" => PgErrors.SqlReadOnly(where, error.SqlState, message),
            // BEGIN READ WRITE on a replica: the check of transaction_read_only, a setting that is true or false.
            "0A000" when error.Routine == "call_bool_check_hook" => PgErrors.SqlReadOnly(where, error.SqlState, message),
            ['0', '8', ..] => PgErrors.ConnectionLost(where, message + ".", null),
            _ => PgErrors.SqlFailed(where, error.SqlState, WithDetail(error), error.Hint, null),
        };
    }

    /// <summary>
    ///   Whether the failure comes from another session's writing the same catalog rows at the same time: what was tried was rolled back,
    ///   and may succeed when it is inspected and tried again.
    /// </summary>
    internal static bool IsConflict(Exception exception) => Cause(exception) is PostgresException server && server.SqlState switch
    {
        "40001" or "40P01" => true,
        "XX000" => IsConcurrentUpdate(ServerError.From(server)),
        // Made or dropped by another session between inspection and writing; below 16 two sessions may also insert the same membership.
        "42710" => true,
        // That there is no such configuration parameter is no other session's doing.
        "42704" => server.Routine is not ("find_option" or "assignable_custom_variable_name"),
        "23505" => server.SchemaName == "pg_catalog",
        _ => false,
    };

    /// <summary>The failure itself, out of what Npgsql and tasks wrap around it.</summary>
    internal static Exception Cause(Exception exception)
    {
        // Of an AggregateException, InnerException is the first.
        for (Exception? inner = exception; inner is not null; inner = inner.InnerException)
        {
            if (inner is PgCloudException or PostgresException or SocketException or AuthenticationException or TimeoutException)
            {
                return inner;
            }
        }

        // An IOException may hold the socket's own failure, which was looked for first.
        for (Exception? inner = exception; inner is not null; inner = inner.InnerException)
        {
            if (inner is IOException)
            {
                return inner;
            }
        }

        return exception;
    }

    /// <summary>What a failure of the socket means.</summary>
    internal static PgCloudException FromSocket(SocketException socket, SqlTarget target) => socket.SocketErrorCode switch
    {
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain or SocketError.NoRecovery =>
            PgErrors.NameNotResolved(target.ToString(), target.HostName, socket),
        SocketError.TimedOut => PgErrors.ConnectTimeout(target.ToString(), target.ConnectTimeout, socket),
        SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown =>
            PgErrors.ConnectionLost(target.ToString(), socket.Message, socket),
        _ => PgErrors.Refused(target.ToString(), socket.Message, socket),
    };

    // "tuple concurrently updated" and "… deleted" are raised by elog, which is never translated.
    private static bool IsConcurrentUpdate(ServerError error) =>
        error.Message.StartsWith("tuple concurrently ", StringComparison.Ordinal);

    private static PgCloudException NotAuthorised(ServerError error, SqlTarget target, string? address) =>
        target.TlsMode == PgTlsMode.Disable
            ? PgErrors.ClearTextNotAuthorised(target.ToString(), address, target.InstanceName)
            : PgErrors.AddressNotAuthorised(target.ToString(), address, target.InstanceName, error.Message.TrimEnd('.'), null);

    /// <summary>The client's address as the server sees it, which behind a NAT is the one to authorise.</summary>
    private static string? ClientAddress(string message)
    {
        if (Regex.Match(message, "host \"([^\"]+)\"", RegexOptions.CultureInvariant) is { Success: true } english
            && IPAddress.TryParse(english.Groups[1].Value, out IPAddress? address))
        {
            return address.ToString();
        }

        // Other languages quote in other ways; the address is what looks like one.
        foreach (Match token in Regex.Matches(message, @"[0-9A-Fa-f:.%]{3,}", RegexOptions.CultureInvariant))
        {
            string text = token.Value.TrimEnd('.', ':');
            bool isWhole = text.Count(c => c == '.') == 3 || text.Count(c => c == ':') >= 2;
            if (isWhole && IPAddress.TryParse(text, out address))
            {
                return address.ToString();
            }
        }

        return null;
    }

    private static string WithDetail(ServerError error) => string.Concat(
        error.Message.TrimEnd('.'),
        error.Place is null ? null : $" ({error.Place})",
        error.Detail is null ? null : $": {error.Detail.TrimEnd('.')}");

    // From 16 on the server names the missing right in the detail; before it leaves the reader to guess.
    private static string? MissingRight(ServerError error) => (error.Detail ?? error.Hint) is { } reason
        ? $"{reason.TrimEnd('.')}. Connect as a role that has this right, or have it granted."
        : error.Message switch
        {
            _ when error.Message.StartsWith("must be superuser to ", StringComparison.Ordinal) =>
                "Only a superuser may do that, and no managed cloud gives one away.",
            _ when error.Message.StartsWith("permission denied to set parameter", StringComparison.Ordinal) =>
                "Only a superuser may set it, or from PostgreSQL 15 on whom a superuser let: GRANT SET ON PARAMETER … TO ….",
            _ when error.Message.StartsWith("must have admin option on role", StringComparison.Ordinal) =>
                "Have the role granted to you WITH ADMIN OPTION, or connect as a user that has CREATEROLE.",
            _ when error.Message.StartsWith("permission denied to create role", StringComparison.Ordinal) =>
                "Connect as a user that has CREATEROLE: New-PgManagerUser makes one.",
            _ => null,
        };
}
