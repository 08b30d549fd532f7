// SPDX-License-Identifier: MIT

using System.Globalization;
using System.Text;

namespace PgCloud.Engine.Providers.Local;

/// <summary>The settings that PgCloud gives a server, in a file of their own that postgresql.conf includes.</summary>
internal static class ServerConfiguration
{
    private const string MainFile = "postgresql.conf";
    private const string FileName = "pgcloud.conf";
    private const string Include = $"include '{FileName}'";

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
            log_timezone = 'UTC'

            """);
        ServerFile.Write(Path.Combine(directory.Data, FileName), Encoding.UTF8.GetBytes(settings), account);

        string main = Path.Combine(directory.Data, MainFile);
        if (!File.ReadLines(main).Contains(Include))
        {
            File.AppendAllText(main, $"\n{Include}\n");
        }
    }

    /// <summary>All lines of the settings, in the order in which the server reads them: of two of one name the later counts.</summary>
    internal static IEnumerable<string> Lines(InstanceDirectory directory) =>
        Lines(directory, MainFile)
            .SelectMany(line => line == Include ? Lines(directory, FileName) : [line])
            .Concat(Lines(directory, "postgresql.auto.conf"));

    private static string[] Lines(InstanceDirectory directory, string file) =>
        Path.Combine(directory.Data, file) is var path && File.Exists(path) ? File.ReadAllLines(path) : [];

    private static string Literal(string value) => $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";
}
