// SPDX-License-Identifier: MIT

using System.Security;

namespace PgCloud.Contracts;

/// <summary>What the user of a session says about its calls of the cloud's API. What is <see langword="null"/> is the engine's own choice.</summary>
public sealed record CallSettings
{
    /// <summary>What one attempt may take.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>What a call may take in all, with its retries and the pauses between them.</summary>
    public TimeSpan? RetryTimeout { get; init; }

    /// <summary>How often a call is repeated at most.</summary>
    public int? Retries { get; init; }

    /// <summary>The proxy; without one the environment decides.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>Who calls, for the proxy.</summary>
    public string? ProxyUser { get; init; }

    /// <summary>What proves that to it.</summary>
    public SecureString? ProxyPassword { get; init; }

    /// <summary>Nothing secret.</summary>
    public override string ToString() => Proxy is null ? "calls" : $"calls by {Proxy.GetLeftPart(UriPartial.Authority)}";
}
