// SPDX-License-Identifier: MIT

using System.Globalization;
using Newtonsoft.Json.Linq;

namespace PgCloud.Engine.Http;

/// <summary>The end of one attempt: the answer, or what came in its place.</summary>
internal sealed record ApiAnswer(ApiOutcome Outcome)
{
    /// <summary>The HTTP status; 0 where there was no answer.</summary>
    internal int Status { get; init; }

    /// <summary>The body, where it is JSON.</summary>
    internal JToken? Json { get; init; }

    /// <summary>What went wrong, where there is no JSON that says so.</summary>
    internal string? Detail { get; init; }

    /// <summary>The API's own name for the error.</summary>
    internal string? Class { get; init; }

    /// <summary>The API's own words for it.</summary>
    internal string? Words { get; init; }

    /// <summary>The id by which the cloud's support finds the call.</summary>
    internal string? QueryId { get; init; }

    /// <summary>The version of the object, to be sent along with a change of it.</summary>
    internal string? ETag { get; init; }

    /// <summary>How long the API asks to wait.</summary>
    internal TimeSpan? RetryAfter { get; init; }

    /// <summary>What there is to say about an error.</summary>
    internal string? Message => Words ?? Detail;

    /// <summary>In a few words, for a retry's report.</summary>
    public override string ToString() => Outcome switch
    {
        ApiOutcome.Cut => "the connection was cut",
        ApiOutcome.TimedOut => "no answer came in time",
        ApiOutcome.NotConnected => "no connection could be made",
        ApiOutcome.CircuitOpen => "it was not sent, for the endpoint is given a break",
        ApiOutcome.ProxyRefused => "the proxy refused it",
        ApiOutcome.Unreadable => "the answer was no JSON",
        _ => string.Create(CultureInfo.InvariantCulture, $"it answered {Status}{(Class is null ? string.Empty : " " + Class)}"),
    };
}
