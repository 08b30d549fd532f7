// SPDX-License-Identifier: MIT

using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace PgCloud.Engine.Tests.Sql.Servers;

/// <summary>A certificate authority of its own, and server certificates from it.</summary>
internal sealed class TestCertificates
{
    private readonly X509Certificate2 _authority;

    internal TestCertificates(string name = "PgCloud test authority", DateTimeOffset? notAfter = null)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        DateTimeOffset until = notAfter ?? DateTimeOffset.UtcNow.AddDays(2);
        _authority = request.CreateSelfSigned(until.AddDays(-30), until);
    }

    /// <summary>The authority, in PEM.</summary>
    internal string AuthorityPem => _authority.ExportCertificatePem();

    /// <summary>A server certificate and its key, in PEM.</summary>
    internal (string Certificate, string Key) Issue(string[] dnsNames, string[] addresses, DateTimeOffset? notAfter = null)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=PgCloud test server", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        foreach (string name in dnsNames)
        {
            names.AddDnsName(name);
        }

        foreach (string address in addresses)
        {
            names.AddIpAddress(IPAddress.Parse(address));
        }

        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        DateTimeOffset until = notAfter ?? DateTimeOffset.UtcNow.AddDays(1);
        DateTimeOffset from = until.AddDays(-10) < _authority.NotBefore ? _authority.NotBefore : until.AddDays(-10);
        using X509Certificate2 certificate = request.Create(_authority, from, until, RandomNumberGenerator.GetBytes(8));
        return (certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }
}
