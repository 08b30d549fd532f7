// SPDX-License-Identifier: MIT

using System.Data;
using System.Net;
using System.Net.Sockets;
using System.Security;
using Npgsql;
using PgCloud.Contracts;
using PgCloud.Engine.Sql.Credentials;
using PgCloud.Engine.Sql.Queries;
using PgCloud.Errors;

namespace PgCloud.Engine.Sql.Connections;

/// <summary>One connection by Npgsql, with nothing that a single connection has no use for.</summary>
internal sealed class SqlLink : IAsyncDisposable
{
    private readonly SqlTarget _target;

    // It lives as long as the connection: cancelling a statement opens another connection, with the same check.
    private readonly ServerCertificateCheck? _check;

    private SqlLink(SqlTarget target, ServerCertificateCheck? check, NpgsqlConnection connection)
    {
        _target = target;
        _check = check;
        Connection = connection;
    }

    /// <summary>The connection.</summary>
    internal NpgsqlConnection Connection { get; }

    /// <summary>Opens a connection.</summary>
    /// <exception cref="PgCloudException"><c>PgCloud.Connection.*</c>.</exception>
    internal static async Task<SqlLink> OpenAsync(SqlTarget target, CancellationToken cancellation)
    {
        if (target.HostName.Length == 0 || target.HostName.Contains(',', StringComparison.Ordinal))
        {
            // Npgsql would take a comma for a list of hosts.
            throw PgErrors.NameNotResolved(target.ToString(), target.HostName);
        }

        ServerCertificateCheck? check = target.TlsMode == PgTlsMode.Disable ? null : new ServerCertificateCheck(target);
        check?.WarmUp();
        // As nothing is pooled, the source holds nothing that would have to be closed with the connection.
        NpgsqlDataSource source = CreateSource(target, check);
        return new SqlLink(target, check, await OpenAsync(source.OpenConnection, target, check, cancellation));
    }

    /// <summary>Opens again after a failure that closed it, so that the next work does not fail for the last one's reason.</summary>
    /// <exception cref="PgCloudException"><c>PgCloud.Connection.*</c>.</exception>
    internal async ValueTask ReopenAsync(CancellationToken cancellation)
    {
        if (Connection.State != ConnectionState.Open)
        {
            await OpenAsync(Reopen, _target, _check, cancellation);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Connection.DisposeAsync();

    private NpgsqlConnection Reopen()
    {
        Connection.Close();
        Connection.Open();
        return Connection;
    }

    /// <summary>
    ///   Opens, on a thread of its own. Npgsql's synchronous path is taken because in a fresh shell it is a third faster: of the
    ///   asynchronous one hundreds of generic methods must be compiled at run time, which no precompilation reaches. And it ends at once
    ///   on cancellation, which while it waits for the answer to its SSLRequest Npgsql does not do.
    /// </summary>
    private static async Task<NpgsqlConnection> OpenAsync(
        Func<NpgsqlConnection> open, SqlTarget target, ServerCertificateCheck? check, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        Task<NpgsqlConnection> opening = Task.Factory.StartNew(
            open, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            return await opening.WaitAsync(cancellation);
        }
        catch (OperationCanceledException) when (!opening.IsCompleted)
        {
            _ = CloseWhenOpenAsync(opening);
            throw;
        }
        catch (Exception exception)
        {
            throw check?.Failure ?? SqlErrors.WhileOpening(exception, target);
        }
    }

    private static async Task CloseWhenOpenAsync(Task<NpgsqlConnection> opening)
    {
        try
        {
            await (await opening).DisposeAsync();
        }
        catch (Exception exception)
            when (exception is NpgsqlException or TimeoutException or OperationCanceledException or SocketException or IOException)
        {
            // Nobody waits for it any longer.
        }
    }

    private static NpgsqlDataSource CreateSource(SqlTarget target, ServerCertificateCheck? check)
    {
        var builder = new NpgsqlSlimDataSourceBuilder();
        NpgsqlConnectionStringBuilder settings = builder.ConnectionStringBuilder;
        // Npgsql splits a port off a host with one colon; an IPv6 address in brackets is left whole.
        settings.Host = IPAddress.TryParse(target.HostName, out IPAddress? address) ? address.ToString() : target.HostName;
        settings.Port = target.Port;
        settings.Username = target.UserName;
        settings.Database = target.Database;
        settings.ApplicationName = "PgCloud";
        settings.Pooling = false;
        settings.Timeout = (int)Math.Clamp(Math.Ceiling(target.ConnectTimeout.TotalSeconds), 1, 1024);
        // How long a statement may take is the caller's to say; a COPY has no other place where Npgsql could be told.
        settings.CommandTimeout = 0;
        // Errors show it only after ServerError has cleaned it.
        settings.IncludeErrorDetail = true;
        settings.IncludeFailedBatchedCommand = true;
        settings.GssEncryptionMode = GssEncryptionMode.Disable;
        // Npgsql refuses a validation of one's own with the Verify modes: for it the mode is Require, and the check below verifies.
        settings.SslMode = check is null ? SslMode.Disable : SslMode.Require;

        // Types are never loaded: that would be a query over the whole of pg_type, and values are read as text (see ColumnTypes).
        builder.ConfigureTypeLoading(static types => types.EnableTypeLoading(false));
        builder.EnableArrays();
#pragma warning disable NPG9001 // see Utf8Text
        builder.AddTypeInfoResolverFactory(new Utf8Text.Factory());
#pragma warning restore NPG9001
        if (check is not null)
        {
            builder.EnableTransportSecurity();
            builder.UseSslClientAuthenticationOptionsCallback(check.Apply);
        }

        // By a provider, so that the password is in no connection string; and so that PGPASSWORD and .pgpass, which may be another user's,
        // are never read in its place.
        SecureString? password = target.Password;
        string Reveal() => password is null ? string.Empty : Passwords.ForLogin(password);
        builder.UsePasswordProvider(_ => Reveal(), (_, _) => ValueTask.FromResult(Reveal()));
        return builder.Build();
    }
}
