// SPDX-License-Identifier: MIT

using Newtonsoft.Json;

namespace PgCloud.Engine.Providers.Ovh.Api;

/// <summary>What the token URL answers.</summary>
internal sealed class OvhToken
{
    [JsonProperty("access_token")]
    internal string AccessToken { get; set; } = string.Empty;

    /// <summary>In seconds.</summary>
    [JsonProperty("expires_in")]
    internal double ExpiresIn { get; set; }
}
