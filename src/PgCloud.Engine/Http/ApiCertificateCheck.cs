// SPDX-License-Identifier: MIT

using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace PgCloud.Engine.Http;

/// <summary>
///   Refuses whatever the runtime would refuse, and says which check it was. There is no way to take a certificate nevertheless.
/// </summary>
internal static class ApiCertificateCheck
{
    /// <summary>For <see cref="SslClientAuthenticationOptions.RemoteCertificateValidationCallback"/>.</summary>
    /// <exception cref="ApiCertificateException">What is wrong with it.</exception>
    internal static bool Validate(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) =>
        CertificateFlaw.Find(certificate, chain, errors) is { } flaw ? throw new ApiCertificateException(flaw) : errors == SslPolicyErrors.None;

    /// <summary>The outcome of a call whose handshake failed so; <see langword="null"/> where it failed otherwise.</summary>
    internal static ApiAnswer? AnswerOf(Exception failure)
    {
        for (Exception? cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (cause is ApiCertificateException { Flaw: var flaw })
            {
                return new ApiAnswer(OutcomeOf(flaw.Kind)) { Detail = flaw.Detail };
            }
        }

        return null;
    }

    private static ApiOutcome OutcomeOf(CertificateFlawKind kind) => kind switch
    {
        CertificateFlawKind.SelfSigned => ApiOutcome.CertificateSelfSigned,
        CertificateFlawKind.Untrusted => ApiOutcome.CertificateUntrusted,
        CertificateFlawKind.Expired => ApiOutcome.CertificateExpired,
        CertificateFlawKind.NameMismatch => ApiOutcome.CertificateNameMismatch,
        _ => ApiOutcome.TlsFailed,
    };
}

/// <summary>A server's certificate was refused.</summary>
internal sealed class ApiCertificateException(CertificateFlaw flaw) : AuthenticationException(flaw.Detail)
{
    internal CertificateFlaw Flaw { get; } = flaw;
}
