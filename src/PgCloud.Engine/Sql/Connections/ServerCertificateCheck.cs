// SPDX-License-Identifier: MIT

using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using PgCloud.Contracts;
using PgCloud.Errors;

namespace PgCloud.Engine.Sql.Connections;

/// <summary>
///   Checks the server's certificate for one TLS handshake and remembers which check failed, so that sessions and the connection test end
///   in the same precise error.
/// </summary>
internal sealed class ServerCertificateCheck
{
    private static int IsWarm;

    private readonly SqlTarget _target;
    private readonly X509Certificate2Collection _authorities = [];

    /// <summary>Reads the target's authority.</summary>
    /// <exception cref="PgCloudException"><c>PgCloud.Connection.CaCertificateInvalid</c> or <c>….CaCertificateMissing</c>.</exception>
    internal ServerCertificateCheck(SqlTarget target)
    {
        _target = target;
        if (!VerifiesChain)
        {
            return;
        }

        if (string.IsNullOrWhiteSpace(target.CaCertificate))
        {
            if (target.IsPinned)
            {
                throw PgErrors.CaCertificateMissing(target.ToString(), target.InstanceName);
            }

            return;
        }

        try
        {
            _authorities.ImportFromPem(target.CaCertificate);
        }
        catch (CryptographicException exception)
        {
            throw PgErrors.CaCertificateInvalid(target.ToString(), exception);
        }

        if (_authorities.Count == 0)
        {
            throw PgErrors.CaCertificateInvalid(target.ToString());
        }
    }

    /// <summary>Why the certificate was refused; <see langword="null"/> where it was not.</summary>
    internal PgCloudException? Failure { get; private set; }

    private bool VerifiesChain => _target.TlsMode is PgTlsMode.VerifyFull or PgTlsMode.VerifyCA;

    /// <summary>
    ///   Begins, beside the making of the connection, with what the first handshake of a process would wait for: on Linux the runtime reads
    ///   the machine's whole trust store before it builds any chain, even one to an authority of our own.
    /// </summary>
    internal void WarmUp()
    {
        if (_authorities.Count > 0 && Interlocked.Exchange(ref IsWarm, 1) == 0)
        {
            _ = Task.Run(BuildChain);
        }
    }

    /// <summary>Puts the check into the options of a handshake.</summary>
    internal void Apply(SslClientAuthenticationOptions options)
    {
        options.TargetHost = _target.HostName;
        options.EnabledSslProtocols = CertificateFlaw.Protocols;
        options.RemoteCertificateValidationCallback = Validate;
        options.CertificateRevocationCheckMode = X509RevocationMode.NoCheck;
        if (VerifiesChain && _authorities.Count == 0)
        {
            return;
        }

        // The runtime builds the chain before it asks the callback, and so must know the authority beforehand.
        options.CertificateChainPolicy = Policy();
    }

    /// <summary>What a failed handshake means: the failed check, or else what the handshake itself said.</summary>
    internal PgCloudException Explain(Exception exception) => Failure
        ?? PgErrors.TlsFailed(
            _target.ToString(),
            (exception is AuthenticationException { InnerException: { } inner } ? inner : exception).Message,
            exception);

    private X509ChainPolicy Policy()
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.AddRange(_authorities);
        return policy;
    }

    private void BuildChain()
    {
        try
        {
            using var chain = new X509Chain { ChainPolicy = Policy() };
            chain.Build(_authorities[0]);
        }
        catch (CryptographicException)
        {
            // The handshake will say so.
        }
    }

    private bool Validate(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (!VerifiesChain)
        {
            return true;
        }

        Failure = CertificateFlaw.Find(certificate, chain, errors) is not { } flaw ? null : flaw.Kind switch
        {
            CertificateFlawKind.SelfSigned => PgErrors.CertificateSelfSigned(_target.ToString(), flaw.Detail),
            CertificateFlawKind.Untrusted => PgErrors.CertificateUntrusted(_target.ToString(), flaw.Detail),
            CertificateFlawKind.Expired => PgErrors.CertificateExpired(_target.ToString(), flaw.Detail),
            CertificateFlawKind.NameMismatch when _target.TlsMode == PgTlsMode.VerifyCA => null,
            CertificateFlawKind.NameMismatch => PgErrors.CertificateNameMismatch(_target.ToString(), _target.HostName, flaw.Detail),
            _ => PgErrors.TlsFailed(_target.ToString(), flaw.Detail + "."),
        };
        return Failure is null;
    }
}
