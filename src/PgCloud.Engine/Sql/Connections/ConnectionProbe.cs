// SPDX-License-Identifier: MIT

using System.Globalization;
using System.Net;
using System.Net.Security;
using Npgsql;
using PgCloud.Contracts;
using PgCloud.Errors;

namespace PgCloud.Engine.Sql.Connections;

/// <summary>Tries the steps of a connection one by one, so that the one that fails can be named.</summary>
public static class ConnectionProbe
{
    /// <summary>Tests a connection. Failing to connect is an answer; only the caller's cancellation is thrown.</summary>
    public static async Task<PgConnectionTest> TestAsync(ConnectionTestRequest request, IReporter reporter, CancellationToken cancellation)
    {
        SqlTarget target = request.Target with { ConnectTimeout = request.Timeout };
        var steps = new ProbeSteps(target, request.Timeout, reporter);
        if (await OnTheWireAsync(target, request.SourceAddress, steps, cancellation))
        {
            await LogInAsync(target, request.SourceAddress, steps, cancellation);
        }

        return new PgConnectionTest { Target = target.ToString(), Step = steps.Finish() };
    }

    private static async Task<bool> OnTheWireAsync(
        SqlTarget target, IPAddress? source, ProbeSteps steps, CancellationToken cancellation)
    {
        await using var probe = new WireProbe(target);
        IPAddress[] addresses = [];
        bool passed = await steps.TryAsync(PgConnectionStep.NameResolution, async token =>
        {
            addresses = await ResolveAsync(target, token);
            return string.Join(", ", addresses.Select(address => address.ToString()));
        }, cancellation);

        passed = passed && await steps.TryAsync(PgConnectionStep.Tcp, async token =>
        {
            IPEndPoint endPoint = await probe.ConnectAsync(addresses, source, token);
            return $"connected to {endPoint} from {probe.LocalAddress}";
        }, cancellation);

        if (target.TlsMode == PgTlsMode.Disable)
        {
            steps.Skip(PgConnectionStep.Tls, "The connection does without TLS: everything travels in clear text.");
        }
        else
        {
            passed = passed && await steps.TryAsync(PgConnectionStep.Tls, async token =>
            {
                SslStream secured = await probe.SecureAsync(new ServerCertificateCheck(target), token);
                return $"{secured.SslProtocol}, {secured.NegotiatedCipherSuite}; {Checked(target)}";
            }, cancellation);
        }

        return passed && await steps.TryAsync(PgConnectionStep.AuthorisedAddress, async token =>
            await probe.StartAsync(token) is { } error
                ? throw SqlErrors.WhileOpening(error, target, probe.LocalAddress)
                : $"the server lets {probe.LocalAddress} in", cancellation);
    }

    private static async Task LogInAsync(SqlTarget target, IPAddress? source, ProbeSteps steps, CancellationToken cancellation)
    {
        string? reason = source is not null ? "With -SourceAddress the test ends before the login."
            : target.Password is null ? "The connection carries no password."
            : null;
        if (reason is not null)
        {
            steps.SkipRest(reason);
            return;
        }

        SqlLink? link = null;
        try
        {
            PgCloudException? databaseFailure = null;
            bool passed = await steps.TryAsync(PgConnectionStep.Login, async token =>
            {
                try
                {
                    link = await SqlLink.OpenAsync(target, token);
                }
                catch (PgCloudException exception) when (IsAboutDatabase(exception))
                {
                    // The server looks for the database only after it has let the user in.
                    databaseFailure = exception;
                }

                return $"logged in as {target.UserName}";
            }, cancellation);

            passed = passed && await steps.TryAsync(
                PgConnectionStep.Database,
                _ => databaseFailure is null
                    ? Task.FromResult($"opened {target.Database} (in the same round trip as the login)")
                    : throw databaseFailure,
                cancellation);

            if (passed)
            {
                await steps.TryAsync(PgConnectionStep.Query, token => QueryAsync(link!.Connection, target, token), cancellation);
            }
        }
        finally
        {
            if (link is not null)
            {
                await link.DisposeAsync();
            }
        }
    }

    private static async Task<IPAddress[]> ResolveAsync(SqlTarget target, CancellationToken cancellation)
    {
        if (target.HostName.Length == 0)
        {
            throw PgErrors.NameNotResolved(target.ToString(), target.HostName);
        }

        IPAddress[] addresses = IPAddress.TryParse(target.HostName, out IPAddress? address)
            ? [address]
            : await Dns.GetHostAddressesAsync(target.HostName, cancellation);
        return addresses.Length > 0 ? addresses : throw PgErrors.NameNotResolved(target.ToString(), target.HostName);
    }

    private static async Task<string> QueryAsync(NpgsqlConnection connection, SqlTarget target, CancellationToken cancellation)
    {
        try
        {
            await using var command = new NpgsqlCommand("SELECT 1", connection);
            await command.ExecuteScalarAsync(cancellation);
            return string.Create(CultureInfo.InvariantCulture, $"PostgreSQL {connection.PostgreSqlVersion.ToString(2)} answers");
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw SqlErrors.InSession(exception, target);
        }
    }

    private static bool IsAboutDatabase(PgCloudException exception) =>
        exception.ErrorId is "PgCloud.Connection.DatabaseNotFound" or "PgCloud.Connection.DatabaseRefused";

    private static string Checked(SqlTarget target) => target.TlsMode switch
    {
        PgTlsMode.VerifyFull => "authority and name of the certificate verified",
        PgTlsMode.VerifyCA => "authority of the certificate verified, its name not",
        _ => "the certificate was not verified",
    };
}
