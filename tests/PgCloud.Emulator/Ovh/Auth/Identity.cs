// SPDX-License-Identifier: MIT

using Microsoft.AspNetCore.Http.Features;
using PgCloud.Emulator.Hosting;

namespace PgCloud.Emulator.Ovh.Auth;

/// <summary>Who calls: a consumer key or an OAuth2 client.</summary>
internal sealed record Identity(Credential? Credential, ServiceAccount? ServiceAccount)
{
    /// <summary>Who makes this call, which must be one that asks for it.</summary>
    internal static Identity Of(HttpContext context) => context.Features.GetRequiredFeature<Identity>();
}

/// <summary>One thing a consumer key may do.</summary>
internal sealed record AccessRule(string Method, string Path)
{
    internal bool Allows(string method, string path) => method == Method && Wildcard.IsMatch(Path, path);
}

/// <summary>A consumer key.</summary>
internal sealed class Credential
{
    internal required long Id { get; init; }

    internal required string ConsumerKey { get; init; }

    internal required IReadOnlyList<AccessRule> Rules { get; set; }

    internal IReadOnlyList<string>? AllowedIPs { get; init; }

    internal string? Redirection { get; init; }

    internal string Token { get; } = Secrets.New(64);

    /// <summary>pendingValidation, validated, refused or expired.</summary>
    internal required string State { get; set; }

    internal DateTimeOffset Creation { get; } = DateTimeOffset.UtcNow;

    internal DateTimeOffset? Expiration { get; init; }

    internal DateTimeOffset? LastUse { get; set; }

    internal string StateNow => State == "validated" && Expiration < DateTimeOffset.UtcNow ? "expired" : State;
}

/// <summary>An OAuth2 client.</summary>
internal sealed class ServiceAccount
{
    internal required string ClientId { get; init; }

    internal required string ClientSecret { get; init; }

    /// <summary>IAM actions, with wildcards, that no policy allows it.</summary>
    internal IReadOnlyList<string> DeniedActions { get; set; } = [];

    /// <summary>How long a token of this client is good for.</summary>
    internal TimeSpan TokenLife { get; set; } = TimeSpan.FromHours(1);
}
