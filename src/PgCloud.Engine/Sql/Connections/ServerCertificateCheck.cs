// SPDX-License-Identifier: MIT

using System.Globalization;
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
    /// <exception cref="PgCloudException"><c>PgCloud.Connection.CaCertificateInvalid</c>.</exception>
    internal ServerCertificateCheck(SqlTarget target)
    {
        _target = target;
        if (!VerifiesChain || string.IsNullOrWhiteSpace(target.CaCertificate))
        {
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

        Failure = certificate is not X509Certificate2 leaf || chain is null
            ? PgErrors.TlsFailed(_target.ToString(), "the server sent no certificate.")
            : FindFailure(leaf, chain, errors);
        return Failure is null;
    }

    private PgCloudException? FindFailure(X509Certificate2 leaf, X509Chain chain, SslPolicyErrors errors)
    {
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors))
        {
            const X509ChainStatusFlags untrusted = X509ChainStatusFlags.UntrustedRoot
                | X509ChainStatusFlags.PartialChain
                | X509ChainStatusFlags.NotSignatureValid
                | X509ChainStatusFlags.ExplicitDistrust;
            X509ChainStatusFlags found = X509ChainStatusFlags.NoError;
            foreach (X509ChainStatus status in chain.ChainStatus)
            {
                found |= status.Status;
            }

            // An unknown authority comes first: what a stranger says of dates and names means nothing.
            return (found & untrusted) != 0 ? PgErrors.CertificateUntrusted(_target.ToString(), $"'{Visible(leaf.Issuer)}'")
                : found.HasFlag(X509ChainStatusFlags.NotTimeValid) ? PgErrors.CertificateExpired(_target.ToString(), Validity(leaf, chain))
                : PgErrors.TlsFailed(_target.ToString(), $"the server's certificate does not hold: {found}.");
        }

        return errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) && _target.TlsMode == PgTlsMode.VerifyFull
            ? PgErrors.CertificateNameMismatch(_target.ToString(), _target.HostName, Names(leaf))
            : null;
    }

    private static string Validity(X509Certificate2 leaf, X509Chain chain)
    {
        X509Certificate2 culprit = leaf;
        foreach (X509ChainElement element in chain.ChainElements)
        {
            foreach (X509ChainStatus status in element.ChainElementStatus)
            {
                if (status.Status.HasFlag(X509ChainStatusFlags.NotTimeValid))
                {
                    culprit = element.Certificate;
                }
            }
        }

        return string.Create(
            CultureInfo.InvariantCulture,
            $"'{Visible(culprit.Subject)}' is valid from {culprit.NotBefore.ToUniversalTime():yyyy-MM-dd HH:mm}Z "
            + $"to {culprit.NotAfter.ToUniversalTime():yyyy-MM-dd HH:mm}Z");
    }

    private static string Names(X509Certificate2 leaf)
    {
        var names = new List<string>();
        foreach (X509Extension extension in leaf.Extensions)
        {
            if (extension is X509SubjectAlternativeNameExtension alternatives)
            {
                names.AddRange(alternatives.EnumerateDnsNames().Select(Visible));
                names.AddRange(alternatives.EnumerateIPAddresses().Select(address => address.ToString()));
            }
        }

        return names.Count > 0 ? string.Join(", ", names) : $"'{Visible(leaf.Subject)}'";
    }

    /// <summary>What a server wrote into its certificate goes to a terminal: no control characters, and no novels.</summary>
    private static string Visible(string text)
    {
        string visible = string.Concat(text.Select(c => char.IsControl(c) ? '?' : c));
        return visible.Length > 200 ? visible[..200] + '…' : visible;
    }
}
