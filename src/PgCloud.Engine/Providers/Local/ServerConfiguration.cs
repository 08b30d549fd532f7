// SPDX-License-Identifier: MIT

using System.Globalization;
using System.Text;

namespace PgCloud.Engine.Providers.Local;

/// <summary>The settings that PgCloud gives a server, in a file of their own that postgresql.conf includes.</summary>
internal static class ServerConfiguration
{
    private const string FileName = "pgcloud.conf";

    /// <summary>Writes the settings and has postgresql.conf include them.</summary>
    internal static void Write(InstanceDirectory directory, InstanceRecord record, ServerAccount? account)
    {
        string settings = string.Create(
            CultureInfo.InvariantCulture,
            $"""
            # Written by PgCloud; put your own settings into postgresql.conf, after the line that includes this file.
            cluster_name = {Literal(directory.Name)}
            listen_addresses = {Literal(record.ListenAddresses)}
            port = {record.Port}
            unix_socket_directories = ''
            password_encryption = 'scram-sha-256'
            ssl = on
            ssl_cert_file = {Literal(directory.ServerCertificate)}
            ssl_key_file = {Literal(directory.ServerKey)}
            ssl_min_protocol_version = 'TLSv1.2'

            """);
        AtomicFile.Write(Path.Combine(directory.Data, FileName), Encoding.UTF8.GetBytes(settings), account);

        string main = Path.Combine(directory.Data, "postgresql.conf");
        string include = $"include '{FileName}'";
        if (!File.ReadLines(main).Contains(include))
        {
            File.AppendAllText(main, $"\n{include}\n");
        }
    }

    private static string Literal(string value) => $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";
}
