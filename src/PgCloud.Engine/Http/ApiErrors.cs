// SPDX-License-Identifier: MIT

using System.Text.RegularExpressions;
using PgCloud.Errors;

namespace PgCloud.Engine.Http;

/// <summary>Makes an error of what an API answered, or of its silence.</summary>
/// <param name="mask">Takes the secrets that were sent out of a text.</param>
internal abstract partial class ApiErrors(Func<string, string> mask)
{
    /// <summary>The error of a call that failed.</summary>
    internal PgCloudException Of(ApiCall call, ApiAnswer answer)
    {
        ApiFault fault = FaultOf(call, answer);
        return answer.Outcome switch
        {
            ApiOutcome.ServerFault or ApiOutcome.Unreadable or ApiOutcome.Cut or ApiOutcome.TimedOut when !call.IsRepeatable =>
                PgErrors.OutcomeUnknown(fault),
            ApiOutcome.RateLimited => PgErrors.RateLimited(fault, answer.RetryAfter),
            ApiOutcome.ServerFault => OfServerFault(call, answer, fault),
            ApiOutcome.Unreadable => PgErrors.AnswerInvalid(fault),
            ApiOutcome.Cut => PgErrors.CloudUnavailable(fault, StatusPage),
            ApiOutcome.TimedOut => PgErrors.CloudTimeout(fault),
            ApiOutcome.NotConnected or ApiOutcome.NameNotResolved => PgErrors.CloudUnreachable(fault),
            ApiOutcome.TlsFailed => PgErrors.CloudTlsFailed(fault),
            ApiOutcome.CertificateSelfSigned => PgErrors.CloudCertificateSelfSigned(fault),
            ApiOutcome.CertificateUntrusted => PgErrors.CloudCertificateUntrusted(fault),
            ApiOutcome.CertificateExpired => PgErrors.CloudCertificateExpired(fault),
            ApiOutcome.CertificateNameMismatch => PgErrors.CloudCertificateNameMismatch(fault, call.Url.Host),
            ApiOutcome.Redirected => PgErrors.CloudRedirected(fault),
            ApiOutcome.ProxyRefused => PgErrors.ProxyRefused(fault),
            ApiOutcome.CircuitOpen => PgErrors.CircuitOpen(fault, StatusPage),
            _ => OfRefusal(call, answer, fault),
        };
    }

    /// <summary>The error of an answer that is JSON, but not what was asked for.</summary>
    internal PgCloudException Unusable(ApiCall call, ApiAnswer answer, string flaw)
    {
        ApiFault fault = FaultOf(call, answer) with { Class = null, Message = flaw };
        return call.IsRepeatable ? PgErrors.AnswerInvalid(fault) : PgErrors.OutcomeUnknown(fault);
    }

    /// <summary>The text without anything that proves who calls: an API may echo what it was sent.</summary>
    internal string Clean(string text) => Proof().Replace(mask(text), "***");

    /// <summary>The answer as an error carries it, without secrets.</summary>
    internal virtual ApiFault FaultOf(ApiCall call, ApiAnswer answer) => new(
        call.ToString(), answer.Status, CleanOrNull(answer.Class), CleanOrNull(answer.Message), CleanOrNull(answer.QueryId));

    /// <summary>Where the cloud says what is wrong with it.</summary>
    protected abstract string StatusPage { get; }

    /// <summary>The error of a call that the API said no to.</summary>
    protected abstract PgCloudException OfRefusal(ApiCall call, ApiAnswer answer, ApiFault fault);

    /// <summary>The error of a call that the API failed at, and that may be repeated.</summary>
    protected virtual PgCloudException OfServerFault(ApiCall call, ApiAnswer answer, ApiFault fault) =>
        PgErrors.CloudUnavailable(fault, StatusPage);

    /// <summary>Without secrets, where there is a text.</summary>
    protected string? CleanOrNull(string? text) => text is null ? null : Clean(text);

    // A signature; a token by its form; what follows the names of headers and fields in which secrets go.
    [GeneratedRegex(
        @"\$1\$[0-9a-fA-F]{40}"
        + @"|(?<=\b(?:Basic|Bearer)\s+)\S{16,}"
        + @"|\beyJ[\w-]{8,}(?:\.[\w-]+){1,2}"
        + @"|(?<=\b(?:apikey|passcode|access_token|refresh_token|client_secret|password)(?:[""']\s*:|=)\s*[""']?)[^\s&""',;}]+",
        RegexOptions.IgnoreCase)]
    private static partial Regex Proof();
}
