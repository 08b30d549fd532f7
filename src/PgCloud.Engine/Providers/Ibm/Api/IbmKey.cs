// SPDX-License-Identifier: MIT

using Newtonsoft.Json;
using PgCloud.Engine.Http;

namespace PgCloud.Engine.Providers.Ibm.Api;

/// <summary>Whether a key is there.</summary>
internal enum IbmKeyState
{
    Active,
    Inactive,
    Failed,
    Removed,
}

/// <summary>A resource key: IBM's name for a service credential, which is a user of the database.</summary>
internal sealed class IbmKey
{
    /// <summary>The CRN.</summary>
    public string Id { get; init; } = string.Empty;

    public string Guid { get; init; } = string.Empty;

    public string Crn { get; init; } = string.Empty;

    public string Name { get; init; } = string.Empty;

    public ApiEnum<IbmKeyState> State { get; init; }

    /// <summary>The CRN of the instance.</summary>
    public string? SourceCrn { get; init; }

    /// <summary>The role it was made with, where the service tells it.</summary>
    public string? Role { get; init; }

    public string? ResourceGroupId { get; init; }

    public string? CreatedBy { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    public DateTimeOffset? UpdatedAt { get; init; }

    public DateTimeOffset? DeletedAt { get; init; }

    [JsonProperty("onetime_credentials")]
    public bool OneTimeCredentials { get; init; }

    /// <summary>How to get in with it; <see langword="null"/> where the answer has none.</summary>
    [JsonConverter(typeof(IbmConnectionConverter))]
    public IbmConnection? Credentials { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Name} ({Guid})";
}
