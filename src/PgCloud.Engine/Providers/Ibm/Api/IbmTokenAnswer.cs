// SPDX-License-Identifier: MIT

namespace PgCloud.Engine.Providers.Ibm.Api;

/// <summary>What IAM answers to who wants an access token.</summary>
internal sealed class IbmTokenAnswer
{
    /// <summary>What stands in place of a refresh token where there is none.</summary>
    internal const string NoRefresh = "not_supported";

    public string AccessToken { get; init; } = string.Empty;

    public string? RefreshToken { get; init; }

    /// <summary>In seconds.</summary>
    public double ExpiresIn { get; init; }
}
