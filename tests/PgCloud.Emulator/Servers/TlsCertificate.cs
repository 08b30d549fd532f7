// SPDX-License-Identifier: MIT

using System.Security.Cryptography.X509Certificates;

namespace PgCloud.Emulator.Servers;

/// <summary>Loads a certificate with its key so that it can be served.</summary>
internal static class TlsCertificate
{
    internal static X509Certificate2 Load(string certificatePem, string keyPem)
    {
        using var pem = X509Certificate2.CreateFromPem(certificatePem, keyPem);
        return new X509Certificate2(pem.Export(X509ContentType.Pkcs12));
    }
}
