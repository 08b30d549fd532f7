// SPDX-License-Identifier: MIT

using System.Globalization;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace PgCloud.Engine;

/// <summary>Why a server's certificate is not taken.</summary>
internal enum CertificateFlawKind
{
    /// <summary>It signed itself.</summary>
    SelfSigned,

    /// <summary>Whoever signed it is not trusted.</summary>
    Untrusted,

    /// <summary>It, or its authority's, is out of date.</summary>
    Expired,

    /// <summary>It is for another host.</summary>
    NameMismatch,

    /// <summary>There is none, or something else about it does not hold.</summary>
    Other,
}

/// <summary>What is wrong with a server's certificate, for an API and for PostgreSQL alike.</summary>
/// <param name="Kind">What.</param>
/// <param name="Detail">The authority, the dates, the names, or what the runtime says.</param>
internal sealed record CertificateFlaw(CertificateFlawKind Kind, string Detail)
{
    /// <summary>What may be spoken at all: a machine's openssl.cnf may allow less, for the sake of something else that runs there.</summary>
    internal const SslProtocols Protocols = SslProtocols.Tls12 | SslProtocols.Tls13;

    private const X509ChainStatusFlags UntrustedFlags = X509ChainStatusFlags.UntrustedRoot
        | X509ChainStatusFlags.PartialChain
        | X509ChainStatusFlags.NotSignatureValid
        | X509ChainStatusFlags.ExplicitDistrust;

    /// <summary>What is wrong; <see langword="null"/> for nothing.</summary>
    internal static CertificateFlaw? Find(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is not X509Certificate2 leaf || chain is null)
        {
            return new CertificateFlaw(CertificateFlawKind.Other, "the server sent no certificate");
        }

        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors))
        {
            X509ChainStatusFlags found = chain.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, one) => all | one.Status);

            // An unknown authority comes first: what a stranger says of dates and names means nothing.
            return (found & UntrustedFlags) != 0
                ? new CertificateFlaw(IsSelfSigned(leaf) ? CertificateFlawKind.SelfSigned : CertificateFlawKind.Untrusted, $"'{Visible(leaf.Issuer)}'")
                : found.HasFlag(X509ChainStatusFlags.NotTimeValid) ? new CertificateFlaw(CertificateFlawKind.Expired, Validity(leaf, chain))
                : new CertificateFlaw(CertificateFlawKind.Other, $"the server's certificate does not hold: {found}");
        }

        return errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) ? new CertificateFlaw(CertificateFlawKind.NameMismatch, Names(leaf))
            : errors == SslPolicyErrors.None ? null
            : new CertificateFlaw(CertificateFlawKind.Other, $"the server's certificate does not hold: {errors}");
    }

    private static bool IsSelfSigned(X509Certificate2 leaf) => leaf.SubjectName.RawData.AsSpan().SequenceEqual(leaf.IssuerName.RawData);

    private static string Validity(X509Certificate2 leaf, X509Chain chain)
    {
        X509Certificate2 culprit = chain.ChainElements
            .Where(element => element.ChainElementStatus.Any(status => status.Status.HasFlag(X509ChainStatusFlags.NotTimeValid)))
            .Select(element => element.Certificate)
            .LastOrDefault(leaf);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"'{Visible(culprit.Subject)}' is valid from {culprit.NotBefore.ToUniversalTime():yyyy-MM-dd HH:mm}Z "
            + $"to {culprit.NotAfter.ToUniversalTime():yyyy-MM-dd HH:mm}Z");
    }

    private static string Names(X509Certificate2 leaf)
    {
        var names = new List<string>();
        foreach (X509SubjectAlternativeNameExtension alternatives in leaf.Extensions.OfType<X509SubjectAlternativeNameExtension>())
        {
            names.AddRange(alternatives.EnumerateDnsNames().Select(Visible));
            names.AddRange(alternatives.EnumerateIPAddresses().Select(address => address.ToString()));
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
