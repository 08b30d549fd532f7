// SPDX-License-Identifier: MIT

using System.Globalization;
using Npgsql;
using PgCloud.Contracts;

namespace PgCloud.Engine.Sql.Clients;

/// <summary>A connection as a text that a program takes; never its password.</summary>
internal static class ClientText
{
    /// <summary>The text.</summary>
    internal static string Of(SqlTarget target, PgConnectionFormat format, string? certificatePath) => format switch
    {
        PgConnectionFormat.Keyword => string.Join(' ', ClientSettings.Of(target, certificatePath).Select(s => $"{s.Key}={Quoted(s.Value)}")),
        PgConnectionFormat.Jdbc => Url("jdbc:postgresql://", string.Empty, target, certificatePath, "user"),
        PgConnectionFormat.Npgsql => Npgsql(target, certificatePath),
        _ => Url("postgresql://", target.UserName.Length == 0 ? string.Empty : Uri.EscapeDataString(target.UserName) + "@", target, certificatePath),
    };

    private static string Url(string scheme, string user, SqlTarget target, string? certificatePath, params string[] alsoAsked)
    {
        string host = target.HostName.Contains(':', StringComparison.Ordinal) ? $"[{target.HostName}]" : target.HostName;
        IEnumerable<string> query = ClientSettings.Of(target, certificatePath)
            .Where(s => s.Key is "sslmode" or "sslrootcert" || alsoAsked.Contains(s.Key))
            .Select(s => $"{s.Key}={Uri.EscapeDataString(s.Value)}");
        return string.Create(
            CultureInfo.InvariantCulture, $"{scheme}{user}{host}:{target.Port}/{Uri.EscapeDataString(target.Database)}?{string.Join('&', query)}");
    }

    private static string Npgsql(SqlTarget target, string? certificatePath)
    {
        var builder = new NpgsqlConnectionStringBuilder
        {
            Host = target.HostName,
            Port = target.Port,
            Database = target.Database,
            SslMode = target.TlsMode switch
            {
                PgTlsMode.VerifyFull => SslMode.VerifyFull,
                PgTlsMode.VerifyCA => SslMode.VerifyCA,
                PgTlsMode.Require => SslMode.Require,
                _ => SslMode.Disable,
            },
        };
        if (target.UserName.Length > 0)
        {
            builder.Username = target.UserName;
        }

        // Of public authorities the driver asks .NET, which knows those of the machine.
        if (certificatePath is not null && ClientSettings.RootOf(target, certificatePath) is { } root)
        {
            builder.RootCertificate = root;
        }

        return builder.ConnectionString;
    }

    private static string Quoted(string value) => value.Length > 0 && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or '/' or ':')
        ? value
        : $"'{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";
}
