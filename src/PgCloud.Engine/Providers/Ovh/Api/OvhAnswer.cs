// SPDX-License-Identifier: MIT

using System.Globalization;
using Newtonsoft.Json.Linq;

namespace PgCloud.Engine.Providers.Ovh.Api;

/// <summary>How one attempt at a call ended.</summary>
internal enum OvhOutcome
{
    /// <summary>With 2xx and, where there is a body, JSON in it.</summary>
    Done,

    /// <summary>The API said no: 4xx, or a redirection, which nobody follows with a signature.</summary>
    Refused,

    /// <summary>429.</summary>
    RateLimited,

    /// <summary>5xx or 408: it may have been done nevertheless.</summary>
    ServerFault,

    /// <summary>2xx, but the body is no JSON.</summary>
    Unreadable,

    /// <summary>The connection ended before the answer did.</summary>
    Cut,

    /// <summary>There was no whole answer in time.</summary>
    TimedOut,

    /// <summary>No connection was made: the API has not seen the call.</summary>
    NotConnected,

    /// <summary>The host name is not known.</summary>
    NameNotResolved,

    /// <summary>TLS failed, a certificate for example.</summary>
    TlsFailed,
}

/// <summary>The end of one attempt: the answer, or what came in its place.</summary>
internal sealed record OvhAnswer(OvhOutcome Outcome)
{
    /// <summary>The HTTP status; 0 where there was no answer.</summary>
    internal int Status { get; init; }

    /// <summary>The body, where it is JSON.</summary>
    internal JToken? Json { get; init; }

    /// <summary>What went wrong, where there is no JSON that says so.</summary>
    internal string? Detail { get; init; }

    /// <summary>The id by which OVHcloud's support finds the call.</summary>
    internal string? QueryId { get; init; }

    /// <summary>How long the API asks to wait.</summary>
    internal TimeSpan? RetryAfter { get; init; }

    /// <summary>The class of the error, in either of the two shapes, or OAuth2's.</summary>
    internal string? Class => Text("class") ?? Text("errorCode") ?? Text("error");

    /// <summary>The API's own words.</summary>
    internal string? Message => Text("message") ?? Text("error_description") ?? Detail;

    /// <summary>IAM's reason: the actions that the caller may not do.</summary>
    internal string? MissingActions =>
        (Json as JObject)?["details"] is JObject details
            ? (string?)details["unauthorizedActionsByIAM"] ?? (string?)details["unauthorizedActionsByAuthentication"]
            : null;

    /// <summary>In a few words, for a retry's report.</summary>
    public override string ToString() => Outcome switch
    {
        OvhOutcome.Cut => "the connection was cut",
        OvhOutcome.TimedOut => "no answer came in time",
        OvhOutcome.NotConnected => "no connection could be made",
        OvhOutcome.Unreadable => "the answer was no JSON",
        _ => string.Create(CultureInfo.InvariantCulture, $"it answered {Status}{(Class is null ? string.Empty : " " + Class)}"),
    };

    private string? Text(string field) => (Json as JObject)?[field] is JValue { Type: JTokenType.String } value ? (string?)value : null;
}
