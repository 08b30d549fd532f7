// SPDX-License-Identifier: MIT

namespace PgCloud.Contracts;

/// <summary>What consumer key to ask OVHcloud for.</summary>
/// <param name="Account">The application, and where the API is.</param>
public sealed record ConsumerKeyRequest(CloudAccountRequest Account)
{
    /// <summary>The id of the one project it shall be good for; <see langword="null"/> for all of the account.</summary>
    public string? ProjectId { get; init; }

    /// <summary>Whether it shall read only.</summary>
    public bool IsReadOnly { get; init; }

    /// <summary>Ranges from which it shall be good, in CIDR notation; none for everywhere.</summary>
    public IReadOnlyList<string> AllowedIps { get; init; } = [];

    /// <summary>Where the browser goes when the owner has answered; <see langword="null"/> to stay.</summary>
    public string? RedirectUrl { get; init; }
}
