// SPDX-License-Identifier: MIT

using System.Net;
using PgCloud.Contracts;

namespace PgCloud.Engine.Http;

/// <summary>How patient a client is, and how hasty at most.</summary>
internal sealed record ApiClientOptions
{
    /// <summary>What one attempt may take, its body included; the same as in OVHcloud's own clients.</summary>
    internal TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(180);

    /// <summary>What a call may take in all: its attempts, and the pauses between them.</summary>
    internal TimeSpan CallTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>What a TCP connection with TLS may take.</summary>
    internal TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How often a call is repeated at most.</summary>
    internal int Retries { get; init; } = 5;

    /// <summary>The first pause; each next one is about twice as long.</summary>
    internal TimeSpan FirstDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest pause of our own choice.</summary>
    internal TimeSpan LongestDelay { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The longest pause the API may ask for; where it wants more, that is an error at once.</summary>
    internal TimeSpan LongestRetryAfter { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long before its end an access token is no longer used.</summary>
    internal TimeSpan TokenMargin { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How many objects are read at once where a list gives ids only.</summary>
    internal int Parallelism { get; init; } = 16;

    /// <summary>How many calls an account may make at once after a rest, before <see cref="CallsPerSecond"/> holds.</summary>
    internal int Burst { get; init; } = 300;

    /// <summary>How many calls an account makes in a second, all sessions of this process together.</summary>
    internal int CallsPerSecond { get; init; } = 200;

    /// <summary>How many failures in a row there are before an endpoint is given a break.</summary>
    internal int BreakAfterFailures { get; init; } = 5;

    /// <summary>How long such a row lasts at least.</summary>
    internal TimeSpan BreakAfter { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long the break is.</summary>
    internal TimeSpan BreakDuration { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>The proxy; <see langword="null"/> for what HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY say.</summary>
    internal IWebProxy? Proxy { get; init; }

    /// <summary>The clock of circuits.</summary>
    internal TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Where the circuits of endpoints are shared.</summary>
    internal ApiCircuitRegistry Circuits { get; init; } = ApiCircuitRegistry.OfThisProcess;

    /// <summary>Where the pace of an account is shared.</summary>
    internal ApiPaceRegistry Paces { get; init; } = ApiPaceRegistry.OfThisProcess;

    /// <summary>The same with what the user of a session says about its calls.</summary>
    internal ApiClientOptions With(CallSettings settings) => this with
    {
        AttemptTimeout = settings.Timeout ?? AttemptTimeout,
        CallTimeout = settings.RetryTimeout ?? CallTimeout,
        Retries = settings.Retries ?? Retries,
        Proxy = settings.Proxy is null ? Proxy : ApiProxy.Of(settings),
    };
}
