// SPDX-License-Identifier: MIT

using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace PgCloud.Engine.Providers.Local;

/// <summary>
///   Makes an authority for one instance and the server's certificate. The authority's key is thrown away: nothing else can ever be signed
///   with it.
/// </summary>
internal sealed record ServerCertificates(string CaPem, string CertificatePem, string KeyPem)
{
    private static readonly TimeSpan Life = TimeSpan.FromDays(10 * 365);

    /// <summary>Makes them for a server that is reached by the given addresses and by this machine's names.</summary>
    internal static ServerCertificates Make(string instanceName, IEnumerable<string> listenAddresses)
    {
        DateTimeOffset from = DateTimeOffset.UtcNow.AddMinutes(-5);
        DateTimeOffset until = from + Life;

        using var caKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var caRequest = new CertificateRequest($"CN=PgCloud Local CA ({instanceName})", caKey, HashAlgorithmName.SHA256);
        caRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        caRequest.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        caRequest.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(caRequest.PublicKey, false));
        using X509Certificate2 ca = caRequest.CreateSelfSigned(from, until);

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={instanceName}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, false));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        request.CertificateExtensions.Add(Names(listenAddresses));
        using X509Certificate2 certificate = request.Create(ca, from, until, RandomNumberGenerator.GetBytes(16));

        return new ServerCertificates(ca.ExportCertificatePem(), certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }

    private static X509Extension Names(IEnumerable<string> listenAddresses)
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        if (Uri.CheckHostName(Environment.MachineName) == UriHostNameType.Dns && Environment.MachineName != "localhost")
        {
            names.AddDnsName(Environment.MachineName);
        }

        IEnumerable<IPAddress> given = listenAddresses.Select(a => IPAddress.TryParse(a, out IPAddress? ip) ? ip : IPAddress.Loopback);
        foreach (IPAddress address in given.Append(IPAddress.Loopback).Append(IPAddress.IPv6Loopback).Distinct())
        {
            names.AddIpAddress(address);
        }

        return names.Build();
    }
}
