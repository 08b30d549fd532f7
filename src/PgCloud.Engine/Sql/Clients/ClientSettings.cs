// SPDX-License-Identifier: MIT

using System.Globalization;
using PgCloud.Contracts;

namespace PgCloud.Engine.Sql.Clients;

/// <summary>A connection in libpq's words; never its password.</summary>
internal static class ClientSettings
{
    // Where systems keep the public authorities that they trust. What libpq 16 and newer calls "system" older ones take for a file's name.
    private static readonly string[] Bundles =
        ["/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/ca-bundle.pem", "/etc/ssl/cert.pem"];

    /// <summary>The keywords of "Parameter Key Words" in libpq's documentation, in the order in which people read them.</summary>
    internal static IReadOnlyList<KeyValuePair<string, string>> Of(SqlTarget target, string? certificatePath)
    {
        List<KeyValuePair<string, string>> settings =
        [
            new("host", target.HostName),
            new("port", target.Port.ToString(CultureInfo.InvariantCulture)),
            new("dbname", target.Database),
        ];
        if (target.UserName.Length > 0)
        {
            settings.Add(new("user", target.UserName));
        }

        settings.Add(new("sslmode", TlsModeWord.Of(target.TlsMode)));
        if (RootOf(target, certificatePath) is { } root)
        {
            settings.Add(new("sslrootcert", root));
        }

        return settings;
    }

    /// <summary>The file with the authority to trust; <see langword="null"/> where none is checked.</summary>
    internal static string? RootOf(SqlTarget target, string? certificatePath) => target.TlsMode is PgTlsMode.VerifyFull or PgTlsMode.VerifyCA
        ? certificatePath ?? Bundles.FirstOrDefault(File.Exists) ?? "system"
        : null;
}
